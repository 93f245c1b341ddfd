"""Conditions about the member as a member: being one, for how long, paid through when, in what standing, and whose event it is."""

from collections.abc import Iterator
from datetime import date, timedelta

from pwa.domain import N_
from pwa.domain.fund.answers import Condition
from pwa.domain.fund.asking import FINAL, Asking
from pwa.domain.fund.case import IN_ORDER, NOT_TOLD, Fact, Step
from pwa.domain.fund.sentences import Sentence, Span
from pwa.domain.fund.terms import Rule
from pwa.domain.text.dates import complete_on

STANDINGS = {
    "deceased": N_("deceased"),
    "expelled": N_("expelled"),
    "resigned": N_("resigned"),
    "transferred": N_("transferred to another fund"),
    "lapsed": N_("membership lapsed"),
    "suspended": N_("rights suspended"),
    "arrears": N_("in arrears"),
    "waiting": N_("in the waiting time"),
    "active": N_("in good standing"),
}
WITHOUT_RIGHTS = ("deceased", "expelled", "resigned", "transferred", "lapsed", "suspended")
SUBJECTS = {
    "member": N_("the member"),
    "child": N_("a child of the member"),
    "household": N_("the household"),
    "spouse": N_("the member's spouse"),
    "parent": N_("a parent of the member"),
    "beneficiary": N_("the beneficiary"),
    "host": N_("who arranges the funeral"),
    "guardian": N_("the guardian"),
    "community": N_("the community"),
}
MEMBER = Sentence(N_("A member on the day of the event"))
ONLY_MEMBERS = Sentence(N_("only members receive it"))
NO_MEMBER = Sentence(N_("no member on that day"))
NOT_BEGUN = Sentence(N_("the tenure has not begun"))
ASK = Sentence(N_("not known yet; it is asked for"))
TOO_LATE = Sentence(N_("what is paid after the event does not count for it"))
NEVER = Sentence(N_("nothing can change this"))
PAID = Sentence(N_("Contributions paid through the day"))
IN_FORCE = Sentence(N_("A standing that keeps the rights"))


def told(asking: Asking) -> Iterator[Condition]:
    """member, tenure, paid, lapse and standing of a member; for somebody else where anyone receives, nothing of it."""
    if not asking.outsider:
        yield member(asking)
        waiting = asking.benefit.waiting
        if isinstance(waiting, Rule):
            yield tenure(asking, waiting.span, waiting.clause)
        yield from paid(asking)
        yield standing(asking)
    if asking.benefit.subjects is not None:
        yield subject(asking)


def member(asking: Asking) -> Condition:
    periods, clause = asking.case.periods, asking.benefit.clause
    if periods.value is None:
        return Condition("member", None, MEMBER, clause, source=periods.source, remedy=ASK, asks=("joined",))
    if asking.period:
        fact = Sentence(N_("member since %(day)s"), {"day": asking.period.joined})
        return Condition("member", True, MEMBER, clause, fact, periods.source)
    coming = [one.joined for one in periods.value if one.joined > asking.on]
    remedy = Sentence(N_("from %(day)s on"), {"day": min(coming)}) if coming else ONLY_MEMBERS
    return Condition("member", False, MEMBER, clause, NO_MEMBER, periods.source, min(coming, default=None), remedy)


def tenure(asking: Asking, span: Span, clause: str) -> Condition:
    """So long a member. The day on which it is complete counts already."""
    says = Sentence(N_("A member for %(span)s"), {"span": span})
    given = asking.case.tenure_from
    source = (given or asking.case.periods).source
    if not asking.knows_since:
        return Condition("tenure", None, says, clause, source=source, remedy=ASK, asks=("joined",))
    if asking.since is None:
        return Condition("tenure", False, says, clause, NOT_BEGUN, source)
    whole = complete(asking.since, span)
    fact = Sentence(N_("counted from %(since)s, complete on %(day)s"), {"since": asking.since, "day": whole})
    if asking.day("tenure") >= whole:
        return Condition("tenure", True, says, clause, fact, source)
    if whole == date.max:
        return Condition("tenure", False, says, clause, fact, source, remedy=NEVER)
    met_on = whole + (asking.on - asking.day("tenure"))
    remedy = Sentence(N_("from %(day)s on"), {"day": met_on})
    return Condition("tenure", False, says, clause, fact, source, met_on, remedy)


def paid(asking: Asking) -> Iterator[Condition]:
    """Paid through the judged day where the document says that this matters, and not beyond the days after which rights end."""
    settings = asking.settings
    grace = settings.grace if isinstance(settings.grace, Rule) else None
    if settings.grace is not None or settings.paid_matters is not None:
        says = PAID
        if grace:
            says = Sentence(N_("Contributions paid through the day, with %(span)s of grace"), {"span": grace.span})
        clause = grace.clause if grace else settings.paid_matters or asking.benefit.clause
        yield _covered(asking, "paid", says, clause, grace.span if grace else Span(0, "day"))
    if isinstance(settings.lapse, Rule):
        says = Sentence(N_("Not in arrears for more than %(span)s"), {"span": settings.lapse.span})
        yield _covered(asking, "lapse", says, settings.lapse.clause, settings.lapse.span)


def _covered(asking: Asking, code: str, says: Sentence, clause: str, span: Span) -> Condition:
    coverage = asking.case.coverage
    if coverage is None:
        return Condition(code, True, says, clause, IN_ORDER, IN_ORDER)
    if coverage.value is None:
        return Condition(code, None, says, clause, source=coverage.source, remedy=ASK, asks=("paid_through",))
    day = asking.day("paid")
    through = paid_through(asking, day)
    if through is None and asking.case.periods.value is None:  # nobody knows from when it was due
        return Condition(code, None, says, clause, source=coverage.source, remedy=ASK, asks=("joined",))
    if through is None:
        return Condition(code, False, says, clause, Sentence(N_("nothing paid")), coverage.source, remedy=TOO_LATE)
    fact = Sentence(N_("paid through %(day)s"), {"day": through})
    if day <= complete(through, span):
        return Condition(code, True, says, clause, fact, coverage.source)
    again = [
        step.counts_on
        for step in coverage.value
        if step.counts_on > day and step.counts_on <= complete(step.through, span)
    ]
    met_on = again[0] + (asking.on - day) if again else None
    return Condition(code, False, says, clause, fact, coverage.source, met_on, TOO_LATE)


def paid_through(asking: Asking, day: date) -> date | None:
    """Through when it was paid as of a day: only what counted by then. Nothing yet: the day before the first that is due."""
    coverage: Fact[tuple[Step, ...]] = asking.case.coverage or Fact()
    steps = [step.through for step in coverage.value or () if step.counts_on <= day]
    if steps:
        return steps[-1]
    return asking.period.joined - timedelta(days=1) if asking.period else None


def standing(asking: Asking) -> Condition:
    """Who left, lapsed or is suspended has no rights, unless the document keeps them for a suspended member."""
    fact, clause = asking.case.standing, asking.benefit.clause
    if fact.value is None:
        return Condition("standing", None, IN_FORCE, clause, source=fact.source, remedy=ASK, asks=("standing",))
    ended = fact.value in WITHOUT_RIGHTS and fact.value not in asking.settings.keeps_rights
    passed = not ended or (fact.value == "deceased" and asking.benefit.event in FINAL)
    shown = Sentence(STANDINGS[fact.value])
    return Condition("standing", passed, IN_FORCE, clause, shown, fact.source, remedy=None if passed else NEVER)


def subject(asking: Asking) -> Condition:
    fact, wanted = asking.case.subject, asking.benefit.subjects or ()
    says = Sentence(N_("It happened to: %(who)s"), {"who": [who(one) for one in wanted]})
    if fact.value is None:
        return Condition("subject", None, says, asking.benefit.clause, source=NOT_TOLD, remedy=ASK, asks=("subject",))
    passed = fact.value in wanted
    remedy = None if passed else NEVER
    return Condition("subject", passed, says, asking.benefit.clause, who(fact.value), fact.source, remedy=remedy)


def who(code: str) -> Sentence | str:
    return Sentence(SUBJECTS[code]) if code in SUBJECTS else code


def complete(start: date, span: Span) -> date:
    """`complete_on`, where the calendar ends too: what is complete after the year 9999 never is."""
    try:
        return complete_on(start, span.n, span.unit)
    except (OverflowError, ValueError):
        return date.max
