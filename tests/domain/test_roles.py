"""The table of roles says of every role that the database knows what it may, and every word in it is asked by somebody."""

import ast

import pytest

from db.models.people import ROLES
from pwa.domain.people import roles
from pwa.domain.people.roles import may
from tests.sources import PYTHON, ROOT, tree


def asked():
    """The rights that the app's own code asks for."""
    for path in PYTHON:
        if path.is_relative_to(ROOT / "pwa"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("may", "roles.may"):
                    yield from (one.value for one in node.args)


def test_every_role_of_the_database_has_its_line():
    assert list(roles.MAY) == list(ROLES)


def test_no_right_is_given_that_nobody_asks_for():
    given = {right for words in roles.MAY.values() for right in words.split()}
    assert given == set(asked())


def test_it_answers_in_the_order_of_the_table():
    assert may("record") == ("volunteer", "zone_leader", "registrar")
    assert may("check", "oversee") == ("zone_leader", "registrar")
    with pytest.raises(KeyError):
        may("fly")
