"""The bench's villages: what is written many at once is what the verbs write one by one, and every promise holds of it."""

import pytest
from peewee import AutoField

import db
from bench import grow
from db.models import (
    Application,
    Approval,
    Bearer,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    NamePart,
    Notice,
    Person,
    Untold,
)
from pwa import config, demo, open_data, web
from pwa.domain.crypto import keyring
from pwa.domain.operations import promises
from tests import databases

HOUSES = 40
SEALED = {"id_index", "value", "key"}
"""What is keyed afresh in each village."""
NUMBERED = {"admission"}
MODELS = (Household, Person, NamePart, Application, Approval, Membership, Notice, Untold)


@pytest.mark.slow
def test_a_village_grown_at_once_is_one_grown_by_the_verbs(engine, tmp_path):
    at = web.system_clock()
    ways = {"at once": grow.in_bulk, "by verbs": grow.by_verb}
    found = {name: hamlet(tmp_path / name.replace(" ", "-"), at, decide) for name, decide in ways.items()}
    for what in found["at once"]:
        assert found["at once"][what] == found["by verbs"][what], what


def hamlet(folder, at, decide):
    """Everything in it that can be read, after its promises were checked."""
    where = {"data": folder, "database_url": databases.address(folder), "origin": "http://localhost"}
    open_data(config.from_environment({}, **where))
    db.migrate()
    try:
        with db.database.connection_context():
            keyring.prepare(at=at)
            demo.build(at=at, visits=1)
            grow.grow(HOUSES, at=at, decide=decide)
            assert promises.check() == []
            counts = {model.__name__: model.select().count() for model in (Fact, HealthFact, Likeness, Bearer)}
            return counts | {f"rows of {model.__name__}": rows(model) for model in MODELS}
    finally:
        databases.drop(folder)


def rows(model):
    """Without the numbers that a table gives."""
    named = [field for field in model._meta.sorted_fields if not isinstance(field, AutoField)]
    fields = [field for field in named if field.name not in SEALED | NUMBERED]
    return sorted(map(repr, model.select(*fields).tuples()))
