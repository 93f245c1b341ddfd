"""The cases that lie beside a template, asked of a draft: which come out as they say, and what the others give here.

They are written in the words of `ombun explain`, so they are read as it reads them.
"""

import json
from datetime import date
from typing import NamedTuple

from pwa.domain.fund import documents, rule_drafts
from pwa.domain.fund.answers import NOT_ENTITLED
from pwa.domain.fund.terms import Regulation


class Published(NamedTuple):
    """`then` is what the case says in satang, `now` what the draft gives; None where that cannot be told."""

    title: str
    is_same: bool
    then: int | None
    now: int | None


def of(name, version, code):
    """[Published] of one benefit; [] where no such cases are."""
    return [told for case in _cases(name) if case["benefit"] == code and (told := _asked(case, version, code))]


def units(name):
    """{benefit: how many nights or pieces its first case has that gives something} of a template's cases: its standard event."""
    found = {}
    for case in _cases(name):
        told = case["facts"]
        n = int(told.get("quantity", "0"))
        if told.get("admit") and told.get("discharge"):
            n = (date.fromisoformat(told["discharge"]) - date.fromisoformat(told["admit"])).days
        if n > 0 and case["outcome"] == "entitled":
            found.setdefault(case["benefit"], n)
    return found


def _cases(name):
    path = documents.FOLDER / f"{name}.cases.json"
    return json.loads(path.read_text("utf-8")) if name in dict(rule_drafts.templates()) and path.is_file() else []


def words(facts):
    """The facts of a case as arguments of `ombun explain`: {name: its words}."""
    from pwa import cli_explain

    told = dict.fromkeys(name.replace("-", "_") for name in cli_explain.ONE) | dict.fromkeys(cli_explain.SEVERAL, ())
    told |= {name.replace("-", "_"): value for name, value in facts.items()}
    told.setdefault("non_member", False)
    for name in cli_explain.SEVERAL:
        told[name] = (told[name],) if isinstance(told[name], str) else tuple(told[name])
    return told


def _asked(case, version, code):
    from pwa import cli_explain  # it knows the whole app, which knows this
    from pwa.terminal import Sorry

    always = Regulation(version.regulation, (version,))
    try:
        answer, _ = cli_explain.ask(always, code, words(case["facts"]))
    except Sorry:  # a fact of the case is none of the draft's any more
        return Published(case["title"], False, case["amount_satang"], None)
    now = 0 if answer.outcome == NOT_ENTITLED else answer.amount_satang
    is_same = (answer.outcome, now) == (case["outcome"], case["amount_satang"])
    return Published(case["title"], is_same, case["amount_satang"], now)
