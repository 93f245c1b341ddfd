"""Conditions of the claim itself: received only once, claimed in time, with its papers, and from a pot that holds the money."""

from collections.abc import Iterator
from datetime import date

from pwa.domain import N_
from pwa.domain.fund.answers import Condition
from pwa.domain.fund.asking import Asking
from pwa.domain.fund.case import ALL_PAPERS, ON_THE_DAY, Fact
from pwa.domain.fund.membership import ASK, NEVER, complete
from pwa.domain.fund.periods import most_used, year_of
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.domain.fund.terms import Rule

ONCE = {
    "period": Sentence(N_("Only once a year")),
    "life": Sentence(N_("Only once in a life")),
    "level": Sentence(N_("Only once for a school level")),
}
LEVEL = "level"
"""The fact that tells school levels apart, where a benefit is given once for each."""
ENOUGH = Sentence(N_("assumed: the pot holds enough"))
IN_POT = {
    "stop": Sentence(N_("The pot holds enough")),
    "queue": Sentence(N_("Where the pot is short, it is paid when there is money again")),
    "up_to_pot": Sentence(N_("Where the pot is short, what it holds is paid")),
}


def told(asking: Asking) -> Iterator[Condition]:
    if asking.benefit.once:
        yield once(asking, asking.benefit.once)
    if isinstance(asking.benefit.window, Rule):
        yield window(asking, asking.benefit.window)
    if asking.benefit.evidence:
        yield evidence(asking, asking.benefit.evidence)


def once(asking: Asking, scope: str) -> Condition:
    case, benefit = asking.case, asking.benefit
    mine = [one for one in case.used if one.benefit in (benefit.code, "")]
    before = case.times_before.value or 0
    met_on: date | None = None
    if scope == "period":
        year = year_of(benefit.period, asking.on, asking.since)
        anchor = case.anchor_on or case.event_on
        if benefit.period == "rolling":
            as_units = [one._replace(units=one.times) for one in mine]
            before = most_used(as_units, asking.on, 0, before if anchor == asking.on else 0)[1]
        else:
            before = before if anchor in year else 0
            before += sum(one.times for one in mine if one.on in year)
            met_on = year.until if before else None
    elif scope == "level":
        level = case.facts.get(LEVEL, Fact()).value
        before += sum(one.times for one in mine if one.key and one.key == level)
    else:
        before += sum(one.times for one in mine)
    fact = Sentence(N_("received %(n)s times"), {"n": before})
    remedy = Sentence(N_("from %(day)s on"), {"day": met_on}) if met_on else NEVER if before else None
    source = case.used_source if case.used else case.times_before.source
    return Condition("once", not before, ONCE[scope], benefit.clause, fact, source, met_on, remedy)


def window(asking: Asking, rule: Rule) -> Condition:
    """Claimed when so many days after the event are complete, at the latest."""
    filed = asking.case.filed_on or Fact(asking.on, ON_THE_DAY)
    says = Sentence(N_("Claimed within %(span)s"), {"span": rule.span})
    if filed.value is None:
        return Condition("window", None, says, rule.clause, source=filed.source, remedy=ASK, asks=("filed",))
    last = complete(asking.on, rule.span)
    passed = filed.value <= last
    fact = Sentence(N_("claimed on %(day)s, last day %(last)s"), {"day": filed.value, "last": last})
    return Condition("window", passed, says, rule.clause, fact, filed.source, remedy=None if passed else NEVER)


def evidence(asking: Asking, papers: tuple[str, ...]) -> Condition:
    given = asking.case.evidence
    lacking = [paper for paper in papers if given.get(paper) is False]
    says = Sentence(N_("Papers: %(papers)s"), {"papers": list(papers)})
    remedy = Sentence(N_("bring: %(papers)s"), {"papers": lacking}) if lacking else None
    return Condition(
        "evidence", not lacking, says, asking.benefit.clause, None, ALL_PAPERS if not given else "", remedy=remedy
    )


def pot(asking: Asking, satang: int | None) -> Iterator[Condition]:
    """Whether the pot can pay, where the document says what follows if it cannot."""
    short = asking.benefit.when_short
    if not short:
        return
    fact, clause = asking.case.pot_satang, asking.benefit.clause
    if fact is None:
        yield Condition("pot", True, IN_POT[short], clause, source=ENOUGH)
    elif fact.value is None:
        yield Condition("pot", None, IN_POT[short], clause, source=fact.source, remedy=ASK, asks=("pot",))
    else:
        empty = fact.value == 0 and short != "queue"
        passed = not empty and (short != "stop" or satang is None or satang <= fact.value)
        shown = Sentence(N_("the pot holds %(amount)s"), {"amount": Satang(fact.value)})
        waits = Sentence(N_("when the pot holds enough again"))
        yield Condition(
            "pot",
            passed,
            IN_POT[short],
            clause,
            shown,
            fact.source,
            remedy=None if passed else waits,
            left_satang=fact.value,
        )


def within_pot(asking: Asking, satang: int | None) -> int | None:
    fact = asking.case.pot_satang
    if asking.benefit.when_short != "up_to_pot" or fact is None or fact.value is None or satang is None:
        return satang
    return min(satang, fact.value)


def unsaid(asking: Asking) -> Iterator[str]:
    """What the document does not say and this case would need to know."""
    if len(asking.case.periods.value or ()) > 1 and asking.settings.restart is None and asking.case.tenure_from is None:
        yield "restart"
    if asking.case.pot_satang is not None and not asking.benefit.when_short:
        yield "pot"
