"""The cases beside each template, which a villager can read: each comes out as it says, and together they cover every clause and shape."""

import json
from functools import cache

import pytest
from click.testing import CliRunner

from pwa import cli_explain
from pwa.domain.fund import documents, regulation
from pwa.domain.fund.terms import Group, Rule
from tests.rules_at_hand import TEMPLATES, template

TOLD = ("units", "earliest_on", "payee", "missing", "max_satang", "in_kind")


def cases_of(name):
    return json.loads((documents.FOLDER / f"{name}.cases.json").read_text("utf-8"))


def words(facts):
    for name, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            yield from [f"--{name}"] if one is True else [f"--{name}", one]


@cache
def answered(name):
    """[(case, what `ombun explain` answers)]"""
    return [(case, answer(name, case)) for case in cases_of(name)]


def answer(name, case):
    done = CliRunner().invoke(cli_explain.explain, [name, case["benefit"], *words(case["facts"]), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_case_comes_out_as_it_says(name):
    for case, told in answered(name):
        found = {"outcome": told["outcome"], "amount_satang": told["amount_satang"]}
        found["failed"] = [one["code"] for one in told["conditions"] if one["passed"] is False]
        found |= {field: told[field] for field in TOLD if field in case}
        assert found == {field: case.get(field, []) for field in found}, case["title"]
        assert case["title"], case
        assert case["why"], case


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_clause_gives_in_one_case_and_does_not_in_another(name):
    gives, refuses = set(), set()
    for case, told in answered(name):
        if told["outcome"] == "not_entitled":
            refuses.add(case["benefit"])
        gives |= {(case["benefit"], part["code"]) for part in told["parts"]}
    version = template(name)
    clauses = [(one.code, clause) for one in version.benefits.values() for clause in one.clauses]
    assert not [clause for code, clause in clauses if not all((code, part.code) in gives for part in clause.parts)]
    assert version.benefits.keys() == refuses


@pytest.mark.parametrize("name", TEMPLATES)
def test_whatever_a_benefit_itself_asks_refuses_in_one_case(name):
    """What the fund asks of all its benefits refuses somewhere; what one benefit asks refuses there. A cap of one event never does."""
    refused = {}
    for case, told in answered(name):
        failed = (one["code"] for one in told["conditions"] if one["passed"] is False)
        refused.setdefault(case["benefit"], set()).update(failed)
    version = template(name)
    lacking = {one.code: own(one, version.settings) - refused[one.code] for one in version.benefits.values()}
    assert {code: sorted(codes) for code, codes in lacking.items() if codes} == {}


def own(benefit, settings):
    """The codes of the conditions that stand in the benefit's own text."""
    codes = {f"cap_{cap.scope}" for cap in benefit.caps if cap.scope != "event"}
    codes |= {"once"} if benefit.once else set()
    codes |= {"subject"} if benefit.subjects else set()
    codes |= {"evidence"} if benefit.evidence else set()
    codes |= {"window"} if isinstance(benefit.window, Rule) and benefit.window != settings.window else set()
    parts = [part for clause in benefit.clauses for part in clause.parts]
    rows = any(part.rows for part in parts)
    codes |= (
        {"tenure"} if rows or (isinstance(benefit.waiting, Rule) and benefit.waiting != settings.waiting) else set()
    )
    codes |= {"age"} if any(row.age for part in parts for row in part.rows) else set()
    codes |= {"units"} if any(part.min_units > 1 for part in parts) else set()
    codes |= {"pot"} if benefit.when_short in ("stop", "up_to_pot") else set()
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses for node in clause.when)]
    return codes | set(asked(nodes))


def asked(nodes):
    """What conditions compare; a number that the text does not give refuses nobody."""
    for node in nodes:
        if isinstance(node, Group):
            yield from [f"fact:{node.name}"] if node.any else asked(node.parts)
        elif node.published:
            yield node.fact if node.fact in ("age", "sex", "tenure", "subject") else f"fact:{node.fact}"


def test_every_condition_of_the_example_holds_once_and_fails_once():
    seen = {}
    for _, told in answered("example-all-shapes"):
        for one in told["conditions"]:
            seen.setdefault(one["code"], set()).add(one["passed"])
    codes = "member tenure paid lapse standing subject sex age once window evidence units cap_period cap_household cap_life pot"
    assert not [code for code in codes.split() if not {True, False} <= seen[code]]
    assert "cap_event" in seen, "it never refuses: an event has not used itself up"


def test_all_22_shapes_are_there_with_one_that_passes_and_one_that_fails():
    outcomes = {}
    for case in cases_of("example-all-shapes"):
        for shape in case["shapes"]:
            outcomes.setdefault(shape, set()).add(case["outcome"])
    assert sorted(outcomes) == list(range(1, 23))
    assert not [shape for shape, values in outcomes.items() if not {"entitled", "not_entitled"} <= values]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_published_and_is_not_official(name):
    raw = (documents.FOLDER / f"{name}.json").read_bytes()
    assert regulation.check(regulation.load(raw)) == []
    version = template(name)
    assert not version.official
    assert version.example is (name == "example-all-shapes")


def test_templates_hold_what_is_published_and_no_more():
    sadao, chamuang = template("sadao-2568"), template("chamuang-2556")
    assert list(sadao.benefits) == ["death", "illness", "birth", "disaster"]
    assert list(chamuang.benefits) == ["birth", "illness", "scholarship", "elderly", "death"]
    assert [
        part.satang for code in ("illness", "birth", "disaster") for part in sadao.benefits[code].clauses[0].parts
    ] == [None] * 3
    assert chamuang.settings == type(chamuang.settings)(), "not one of the general rules is published"
