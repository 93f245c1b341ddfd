"""The rules that forms say in their schemas: each has a value that keeps it and one that does not, and the phone is asked the same."""

import json

import pytest

from pwa.domain.kinds import forms, rules
from tests import rule_cases

GOLDEN = json.loads(rule_cases.GOLDEN.read_text())
SCHEMAS = rule_cases.forms()


def test_the_golden_file_is_made_from_the_forms():
    assert rule_cases.made() == GOLDEN, "run python -m tests.rule_cases"


def test_every_rule_has_a_value_that_keeps_it_and_one_that_does_not():
    judged = {(case["form"], json.dumps(case["rule"])): set() for case in GOLDEN}
    for case in GOLDEN:
        judged[case["form"], json.dumps(case["rule"])].add(bool(case["problems"]))
    asked = {(name, json.dumps(rule)) for name, schema in SCHEMAS.items() for rule in schema["x-rules"]}
    assert all(judged[key] == {True, False} for key in asked) and set(judged) == asked
    assert {rules.name_of(case["rule"]) for case in GOLDEN} == set(rules.JUDGES)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_forms_rules_speak_of_its_fields(name):
    """Of paths that its schema has, in words that the house has."""
    for rule in SCHEMAS[name]["x-rules"]:
        around = f"{rule['each']}." if "each" in rule else ""
        of, to = rule.get(rules.name_of(rule)), rule.get("to")
        paths = [
            *(of if isinstance(of, list) else [of]),
            *rule.get("when", {}),
            *([to] if isinstance(to, str) and "sums" in rule else []),
        ]
        for path in [*(f"{around}{path}" for path in paths), *([to] if "refers" in rule else [])]:
            assert field(SCHEMAS[name], path), path
        assert set(rule) <= {"each", "when", "is", "to", "say", *rules.JUDGES}
    assert all(key in forms.SENTENCES for keys in rules.KEYS.values() for key in keys)


def field(schema, path):
    for step in path.split("."):
        schema = schema["items"] if step == "*" else schema["properties"].get(step)
    return schema


def test_it_takes_whatever_comes():
    for schema in SCHEMAS.values():
        for odd in rule_cases.ODD:
            rules.broken(schema["x-rules"], odd)


def test_a_rule_begins_at_each_item_of_a_list():
    rule = {"each": "people.*", "when": {"told": "said"}, "needs": ["name"], "say": "name"}
    payload = {"people": [{"id": "a", "told": "yes"}, {"id": "b"}, {"id": "c", "told": "no", "name": "มาลี"}]}
    assert rules.broken([rule], payload) == [("people.a.name", "name")]
    total = {"each": "people.*", "sums": "parts.*.amount", "to": "total"}
    payload = {
        "people": [
            {"id": "a", "total": 3, "parts": [{"id": "x", "amount": 1}, {"id": "y", "amount": 1}]},
            {"id": "b", "total": 5},
        ]
    }
    assert rules.broken([total], payload) == [("people.a.parts.y.amount", "sums")]


def test_the_page_asks_for_what_the_schema_requires(monkeypatch):
    schema = SCHEMAS["note@1"] | {
        "properties": SCHEMAS["note@1"]["properties"] | {"way": {"type": "object", "required": ["km"]}}
    }
    monkeypatch.setattr(forms, "schema", lambda form: schema)
    required = [rule for rule in forms.rules_on_page("note@1") if "say" not in rule and "needs" in rule]
    assert required == [
        {"needs": ["text"]},
        {"each": "goers.*", "needs": ["name"]},
        {"when": {"way": "said"}, "needs": ["way.km"]},
    ]
