"""Regulations and cases for tests of the rules: the published templates, and small documents told in a line."""

import copy
import json
from datetime import date
from functools import cache

from pwa.domain.fund import benefits, documents, regulation
from pwa.domain.fund.case import Case, Fact, Period

TEMPLATES = ("sadao-2568", "chamuang-2556", "example-all-shapes")
CLAUSE = "ข้อ 1"


@cache
def template(name):
    return regulation.load((documents.FOLDER / f"{name}.json").read_bytes()).versions[0]


def document(*told, **more):
    """A document with these benefits; each is {code} and what differs from one baht for everybody."""
    whole = {"form": "regulation@1", "code": "small", "name": "ระเบียบเล็ก", "version": 1, "official": False}
    whole |= {"source": {"title": "ทดสอบ"}, "settings": {}, "benefits": [benefit(**one) for one in told or [{}]]}
    return copy.deepcopy(whole | more)


def benefit(code="gift", amounts=None, **more):
    one = {"code": code, "name": code, "category": 1, "clause": CLAUSE, "event": "other"}
    one["clauses"] = [{"clause": CLAUSE, "amounts": amounts or [{"code": code, "type": "fixed", "satang": 100}]}]
    return one | more


def version(*told, **more):
    return regulation.load(json.dumps(document(*told, **more))).versions[0]


def rule(n, unit="day"):
    return {"n": n, "unit": unit, "clause": CLAUSE}


def day(text):
    return date.fromisoformat(text)


def case(event, joined="2020-01-01", **more):
    periods = Fact((Period(day(joined)),), "สมุด") if joined else Fact((), "สมุด")
    return Case(day(event), periods, **more)


def ask(version, benefit, event, joined="2020-01-01", **more):
    return benefits.answer(version, benefit, case(event, joined, **more))


def failed(answer):
    return [one.code for one in answer.conditions if one.passed is False]
