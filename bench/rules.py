"""How long one answer of the rules takes: the outcome alone, and with the first day and the tree as JSON."""

import time
from datetime import date

from pwa import spoken
from pwa.domain.fund import benefits, documents, outlook, regulation
from pwa.domain.fund.case import Case, Fact, Period, Used

ROUNDS, SHORT = 10_000, 10
MEMBER = Fact((Period(date(2010, 1, 1)),), "")
CASES = {
    "death": Case(date(2025, 5, 1), MEMBER),
    "illness": Case(
        date(2025, 5, 1),
        MEMBER,
        admit_on=date(2025, 4, 25),
        discharge_on=date(2025, 5, 1),
        used=(Used(date(2025, 1, 1), 100_000, 5, "illness"),),
    ),
}


def measure(server):
    """(what, µs of this process, budget) for each kind of question; the server is not asked."""
    known = regulation.load((documents.FOLDER / "example-all-shapes.json").read_bytes())
    version, say = known.versions[0], spoken.speaker()
    for code, case in CASES.items():
        yield f"{code}: outcome", timed(lambda c=code, k=case: benefits.outcome(version, c, k)), "≤ 60 µs"
        yield f"{code}: with tree", timed(lambda c=code, k=case: benefits.answer(version, c, k)), "≤ 300 µs"
        whole = timed(lambda c=code, k=case: benefits.answer(version, c, k).to_json(say))
        yield f"{code}: in words, as JSON", whole, ""
    ahead = timed(lambda: outlook.of(known, CASES["death"], today=date(2025, 5, 1)), rounds=500)
    yield f"{len(version.benefits)} benefits, 400 days ahead", ahead, ""


def timed(question, rounds=ROUNDS):
    """The least of many short rounds: what else the machine does only adds to it."""
    return f"{min(_round(question) for _ in range(rounds // SHORT)) / SHORT * 1e6:.0f} µs"


def _round(question):
    start = time.process_time()
    for _ in range(SHORT):
        question()
    return time.process_time() - start
