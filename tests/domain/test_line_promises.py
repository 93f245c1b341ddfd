"""What a row says beside a sealed line, changed by hand: the line itself is opened and tells."""

import uuid

import pytest

import db
from db import append_only
from db.models import Entry, Opening
from pwa.domain.operations import promises
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def entry(bare_fund):
    phone = small_fund.phone(bare_fund)
    return [phone.record("household", small_fund.household(str(n)), at=NOW, place="canal") for n in range(2)][1]


def change(model, row, **values):
    with append_only.lifted(db.database.obj):
        model.update(values).where(model.id == row).execute()


@pytest.mark.parametrize(
    ("column", "value"),
    [("author", uuid.uuid4()), ("author", None), ("device", uuid.uuid4()), ("seq", 7), ("prev", ""), ("kid", "seal-x")],
)
def test_it_names_the_entry_and_what_is_another(entry, column, value):
    change(Entry, entry.id, **{column: value})
    assert f"The entry {entry.entry_id} (row {entry.id}) has another {column} than its line." in promises.check()


def test_an_id_that_was_changed_breaks_receipt_and_seal(entry):
    other = uuid.uuid4()
    change(Entry, entry.id, entry_id=other)
    assert f"The line of {other} is not the one that was received." in promises.check()


@pytest.mark.parametrize(
    ("column", "value"),
    [("subject", uuid.uuid4()), ("kind", "correction"), ("form", "other@1"), ("recorded_at", "x"), ("replaces", uuid.uuid4())],
)  # fmt: skip
def test_it_names_the_opening_too(entry, column, value):
    opening = Opening.get(Opening.entry == entry)
    change(Opening, opening.id, **{column: value})
    said = f"The opening of {entry.entry_id} (row {opening.id}) has another {column} than its payload."
    assert said in promises.check()
