"""The golden cases of the rules that forms say in their schemas, made from the forms themselves: for each rule the form's last example, which keeps
it, and the same broken. `python -m tests.rule_cases` writes tests/golden/rules.json, by which server and phone are held to one answer.
"""

import copy
import json
from pathlib import Path

from pwa.domain.kinds import rules

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "pwa" / "forms", ROOT / "tests" / "new_kind" / "tree" / "pwa" / "forms")
GOLDEN = ROOT / "tests" / "golden" / "rules.json"
ODD = [
    *(None, 3, "x", [], {}, [None], True),
    *(
        {"told_by": odd, "told_by_name": odd, "goers": odd, "begins": odd}
        for odd in (None, 3, "x", [], {}, True, False)
    ),
    *(
        {"goers": [odd], "told_by": ["neighbour"]}
        for odd in (None, 3, [], {"id": 5, "leads": True}, {"blob": "x", "share": 1.0})
    ),
    {
        "goers": [{"leads": True}, {"leads": 1}, {"leads": True, "share": 99, "name": "\u200b"}, {"share": 2}],
        "begins": "",
    },
]
"""Payloads that no form writes: nobody stumbles over them, and both sides say the same."""
NO_NAMES = ("ไม่ทราบ", "สม@ศรี")


def forms():
    """{name: schema} of every form with rules of its own, also that of the kind which tests add."""
    found = {path.stem: json.loads(path.read_text()) for folder in FOLDERS for path in sorted(folder.glob("*.json"))}
    return {name: schema for name, schema in found.items() if schema.get("x-rules")}


def made():
    """[{form, rule, payload, problems}] of them all."""
    return [
        {"form": name, "rule": rule, "payload": payload, "problems": dict(rules.broken([rule], payload))}
        for name, schema in forms().items()
        for rule in schema["x-rules"]
        for payload in payloads(rule, schema["examples"][-1])
    ]


def payloads(rule, example):
    """The example, and what breaks the rule in it."""
    yield example
    for change in BREAKS[rules.name_of(rule)](rule, example):
        broken = copy.deepcopy(example)
        change(broken)
        yield broken


def silent(rule, example):
    """What is needed is not said; and the same where nothing asks for it."""
    (needed, *_) = places(rule, example, rule["needs"][0])
    yield lambda payload: put(payload, needed, None)
    if "when" in rule:
        yield lambda payload: [put(payload, path, None) for path in (needed, *places(rule, example, *rule["when"]))]


def second(rule, example):
    """A second place says so too."""
    first, *others = places(rule, example, *rule["at_most_one"])
    yield lambda payload: put(payload, others[0], at(payload, first))


def more(rule, example):
    (first, *_) = places(rule, example, rule["sums"])
    yield lambda payload: put(payload, first, at(payload, first) + 1)


def gone(rule, example):
    (first, *_) = places(rule, example, rule["refers"])
    yield lambda payload: put(payload, first, "nobody")


def nameless(rule, example):
    for path in places(rule, example, *rule["is_name"]):
        for name in NO_NAMES:
            yield lambda payload, path=path, name=name: put(payload, path, name)


BREAKS = {"needs": silent, "at_most_one": second, "sums": more, "refers": gone, "is_name": nameless}


def places(rule, payload, *paths):
    """The paths with ids that a rule's paths stand for."""
    around = f"{rule['each']}." if "each" in rule else ""
    return [place for path in paths for place, _ in rules.places(payload, around + path)]


def at(payload, path):
    for step in path.split("."):
        payload = inner(payload, step)
    return payload


def put(payload, path, value):
    """Say something at a path with ids; None takes it out."""
    around, _, name = path.rpartition(".")
    part = at(payload, around) if around else payload
    part[name] = value
    if value is None:
        del part[name]


def inner(part, step):
    if not isinstance(part, list):
        return part.get(step)
    return part[int(step)] if step.isdigit() else next(item for item in part if item["id"] == step)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n")
