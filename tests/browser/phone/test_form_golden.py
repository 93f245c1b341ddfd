"""The rules on the phone give the answers of the golden files, as the server's do: the household's, and those that forms say themselves."""

import json
from pathlib import Path

from pwa.domain.kinds import rules
from tests import rule_cases

FOLDER = Path(__file__).parents[2] / "golden"
GOLDEN, RULES = (json.loads((FOLDER / f"{name}.json").read_text()) for name in ("forms", "rules"))
CHECK = """async (payloads) => {
  const { ofPayload } = await import(moduleOf("household-checks"));
  return payloads.map((payload) => Object.fromEntries(ofPayload(payload).map(({ path, key }) => [path, key])));
}"""


def test_it_finds_what_the_server_finds(page):
    by_clock = {"era"}  # what a phone writes whose clock runs in the Buddhist era, no form lets anybody type
    cases = [case for case in GOLDEN if not by_clock & {*case["problems"].values(), *case.get("odd", {}).values()}]
    answers = page.evaluate(CHECK, [case["payload"] for case in cases])
    assert dict(zip([case["name"] for case in cases], answers, strict=True)) == {
        case["name"]: case["problems"] | case.get("odd", {}) for case in cases
    }


def test_it_judges_the_rules_of_a_forms_schema_as_the_server_does(page):
    judged = """async (cases) => {
      const { broken } = await import(moduleOf("form-rules"));
      return cases.map(({ rule, payload }) => Object.fromEntries(broken([rule], payload).map(({ path, key }) => [path, key])));
    }"""
    assert page.evaluate(judged, RULES) == [case["problems"] for case in RULES]


def test_the_rules_take_whatever_comes(page):
    judged = """async ([rules, odd]) => {
      const { broken } = await import(moduleOf("form-rules"));
      return odd.map((payload) => broken(rules, payload).map(({ path, key }) => [path, key]));
    }"""
    rules_of_all = [rule for schema in rule_cases.forms().values() for rule in schema["x-rules"]]
    found = page.evaluate(judged, [rules_of_all, rule_cases.ODD])
    assert found == [[list(one) for one in rules.broken(rules_of_all, odd)] for odd in rule_cases.ODD]
