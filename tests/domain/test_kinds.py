"""The kinds of entries: every path of their forms has a name, and each says where it belongs and who may record it."""

from types import SimpleNamespace

import pytest

from pwa.domain import kinds
from pwa.domain.kinds import correction, draft, forms, household


def paths(schema, form, prefix=""):
    for name, rule in schema.get("properties", {}).items():
        rule = forms.schema(form)["$defs"][rule["$ref"].rpartition("/")[2]] | rule if "$ref" in rule else rule
        yield prefix + name
        yield from paths(rule, form, f"{prefix}{name}.")
        items = rule.get("items", {})
        items = forms.schema(form)["$defs"][items["$ref"].rpartition("/")[2]] if "$ref" in items else items
        if items.get("type") == "object":
            yield f"{prefix}{name}.*"
            yield from paths(items, form, f"{prefix}{name}.*.")


def test_every_field_has_a_name():
    for form in forms.NAMES:
        machine = {"id", "lat", "lng", "accuracy_m"}
        asked = {path for path in paths(forms.schema(form), form) if path.rpartition(".")[2] not in machine}
        assert asked == set(kinds.of(form.partition("@")[0]).labels)


def test_list_items_share_a_name():
    assert kinds.generic("people.a-b.application.beneficiaries.c.share") == "people.*.application.beneficiaries.*.share"
    assert kinds.generic("evidence.abc.role") == "evidence.*.role"
    assert kinds.generic("house.number") == "house.number"


def test_answers_are_found_by_path():
    assert kinds.choices("people.x.sex")["female"] == "Female"
    assert kinds.choices("house.number") == {}


def claim(*, named="", roles=(), own_house=None, within=()):
    return SimpleNamespace(
        named=named, home="HOME", roles=frozenset(roles), own_house=own_house, reaches=lambda code: code in within
    )


@pytest.mark.parametrize(
    "kind, about, place, refusal",
    [
        (household, claim(named="A", roles={1}, within={"A"}), "A", ""),
        (household, claim(roles={1}, within={"HOME"}), "HOME", ""),
        (household, claim(named="B", roles={1}, within={"A"}), "B", "no_right"),
        (household, claim(named="A", within={"A"}), "A", "no_role"),
        (correction, claim(named="A", own_house="C"), "C", ""),
        (correction, claim(named="A", roles={1}, within={"A"}), "A", "no_right"),
        (draft, claim(named="A"), "", ""),
    ],
)
def test_each_says_where_it_belongs_and_whether_its_author_may(kind, about, place, refusal):
    assert (kind.KIND.place(about), kind.KIND.refusal(about)) == (place, refusal)


def test_a_kind_that_is_not_known_is_judged_as_if_somebody_must_decide():
    kind = kinds.of("from_the_future")
    assert kind.checkers and kind.name not in kinds.CHECKED
    assert kind.refusal(claim(named="A", within={"A"})) == "no_role"


def test_only_a_correction_of_health_tells_of_health():
    assert correction.KIND.tells_health({"path": "people.x.health.groups"})
    assert not correction.KIND.tells_health({"path": "people.x.first_name"})
    assert not household.KIND.tells_health({"path": "people.x.health.groups"})
