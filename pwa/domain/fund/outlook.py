"""What a phone may show without an engine: for each benefit the days within 400 on which its answer changes, with sum and sentence.

Rows are [benefit, day, satang, number of its sentence], the first of today; the phone takes the last row that has begun. Only days on
which something can change are asked. For a kit: nothing that was used or is left, nothing of health, and of a day that rests on a
birthday its month alone, shown from the month after.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pwa.domain import N_
from pwa.domain.fund import benefits
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.case import NOTHING_USED, Case, Fact
from pwa.domain.fund.membership import complete
from pwa.domain.fund.periods import year_of
from pwa.domain.fund.rights import State, imagined, state_of
from pwa.domain.fund.sentences import Satang, Sentence, Span
from pwa.domain.fund.tenure import ENDS
from pwa.domain.fund.terms import Benefit, Compared, Group, Node, Regulation, Rule, Version
from pwa.domain.text.dates import complete_on, latest_birth

AHEAD = timedelta(days=400)
DAY = timedelta(days=1)
OF_HEALTH = (2, 6)
"""Categories of พอช. that tell of an illness or a disability by themselves."""
GIVES = N_("%(amount)s")
OPEN = N_("a meeting decides, at most %(amount)s")
NO_RULES = N_("No regulation is in force on this day.")
SAYS: dict[State, str] = {
    "later": N_("Not yet: %(obstacle)s"),
    "no": N_("Not now: %(obstacle)s"),
    "ask": N_("Not known yet: %(obstacle)s"),
    "depends": N_("Asked with the claim: %(obstacle)s"),
    "unpublished": N_("The regulation does not say how much."),
}
STATES: dict[str, State] = {msgid: state for state, msgid in SAYS.items()} | {GIVES: "now", OPEN: "now", NO_RULES: "no"}
"""{a sentence: the state that it tells of, as a member's page has it}."""
Row = tuple[str, str, int | None, int]


@dataclass(frozen=True, slots=True)
class Outlook:
    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...]


def of(
    regulation: Regulation,
    case: Case,
    *,
    today: date,
    ahead: timedelta = AHEAD,
    kit: bool = False,
    may_see_paid: bool = True,
) -> Outlook:
    """The outlook of one person for so long. `kit`: for the phone of somebody else; `may_see_paid`: they collect for this fund."""
    until = today + ahead
    if kit:
        case = replace(case, used=(), used_source=NOTHING_USED, times_before=Case(today).times_before)
        case = replace(case, used_satang=0, used_units=0, household_used_satang=0)
        case = case if may_see_paid else replace(case, coverage=None)
    rows: list[Row] = []
    table: dict[str, int] = {}
    sentences: list[Sentence] = []
    for code, shown in _benefits(regulation, until):
        if kit and is_ever_of_health(regulation, code):
            continue
        before: tuple[int | None, str] | None = None
        for day, on_birthday in _days(regulation, shown[1], case, today, until):
            satang, sentence = _told(regulation, code, case, day)
            if before == (satang, repr(sentence)):
                continue
            before = satang, repr(sentence)
            if before[1] not in table:
                table[before[1]] = len(sentences)
                sentences.append(sentence)
            text = day.isoformat()[:7] if kit and on_birthday and day > today else day.isoformat()
            rows.append((code, text, satang, table[before[1]]))
    return Outlook(tuple(rows), tuple(sentences))


def is_of_health(version: Version, benefit: Benefit) -> bool:
    """Whether its kind, a condition, or a part that counts toward such a benefit tells of somebody's health."""
    if benefit.category in OF_HEALTH or benefit.event in ("stay", "illness", "disability"):
        return True
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses for node in clause.when)]
    named = {test.fact for test in tests_of(nodes)}
    if any(version.facts[name].health for name in named & version.facts.keys()):
        return True
    return any(part.unit == "night" for clause in benefit.clauses for part in clause.parts)


def is_ever_of_health(regulation: Regulation, code: str) -> bool:
    """Whether some version tells of health under this code: what another version calls it does not hide that."""
    return any(is_of_health(one, one.benefits[code]) for one in regulation.versions if code in one.benefits)


def _benefits(regulation: Regulation, until: date) -> Iterator[tuple[str, tuple[Version, Benefit]]]:
    """Every benefit of a version in force between today and the end, as its last such version has it."""
    found: dict[str, tuple[Version, Benefit]] = {}
    for version in regulation.versions:
        if version.in_force_from is None or version.in_force_from <= until:
            found |= {code: (version, benefit) for code, benefit in version.benefits.items()}
    yield from found.items()


def _told(regulation: Regulation, code: str, case: Case, day: date) -> tuple[int | None, Sentence]:
    version = regulation.version_for(day)
    if version is None or code not in version.benefits:
        return 0, Sentence(NO_RULES)
    asked = imagined(
        version.benefits[code],
        replace(case, event_on=day, filed_on=None, anchor_on=case.event_on, standing=_standing(case, day)),
    )
    return _said(benefits.outcome(version, code, asked))


def _standing(case: Case, day: date) -> Fact[str]:
    """As it is today, but for the days on which rights rest."""
    known = case.standing
    if not case.rests or known.value in ENDS:
        return known
    rests = any(first <= day and (last is None or day <= last) for first, last in case.rests)
    return replace(known, value="suspended" if rests else "active" if known.value == "suspended" else known.value)


def _said(answer: Answer) -> tuple[int | None, Sentence]:
    state = state_of(answer)
    if state == "now" and answer.amount_satang is not None:
        return answer.amount_satang, Sentence(GIVES, {"amount": Satang(answer.amount_satang)})
    if state == "now" and answer.max_satang is not None:
        return None, Sentence(OPEN, {"amount": Satang(answer.max_satang)})
    if state in ("now", "unpublished"):
        return None, Sentence(SAYS["unpublished"])
    blocks = state in ("later", "no")
    obstacle = [one.says for one in answer.conditions if one.passed is (False if blocks else None)]
    return 0 if blocks else None, Sentence(SAYS[state], {"obstacle": obstacle})


def _days(regulation: Regulation, benefit: Benefit, case: Case, today: date, until: date) -> list[tuple[date, bool]]:
    """(a day on which the answer can change, whether it rests on a birthday), today first."""
    plain = {one.in_force_from for one in regulation.versions if one.in_force_from}
    plain |= {day for one in case.periods.value or () for day in (one.joined, one.left) if day}
    plain |= {day for first, last in case.rests for day in (first, last and last + DAY) if day}
    starts = {one.joined for one in case.periods.value or ()}
    starts |= {case.tenure_from.value} if case.tenure_from and case.tenure_from.value else set()
    spans = set(_spans(regulation, benefit, case, until))
    plain |= {complete(start, span) for start in starts for span in spans}
    for step in (case.coverage and case.coverage.value) or ():
        for version in regulation.versions:
            held = [one.span for one in (version.settings.grace, version.settings.lapse) if isinstance(one, Rule)]
            plain |= {step.counts_on, *(complete(step.through, span) + DAY for span in [Span(0, "day"), *held])}
            plain |= {step.through + (benefit.reduced.after_days + 1) * DAY} if benefit.reduced else set()
    for since in starts or {today}:
        year = year_of(benefit.period, today, since)
        plain |= {year.until, year_of(benefit.period, year.until, since).until}
    plain |= {complete_on(one.on, 12, "month") for one in case.used} if benefit.period == "rolling" else set()
    birthdays = set(_birthdays(benefit, case))
    if benefit.event == "stay":  # judged on the day before, perhaps, when somebody who leaves on this one came
        plain, birthdays = (days | {day + DAY for day in days} for days in (plain, birthdays))
    born = birthdays - plain
    inside = {day: day in born for day in plain | born if today < day <= until}
    return [(today, False), *sorted(inside.items())]


def _spans(regulation: Regulation, benefit: Benefit, case: Case, until: date) -> Iterator[Span]:
    """Every length of membership that the benefit names, in any version; of an increment each step that can come."""
    for version in regulation.versions:
        one = version.benefits.get(benefit.code)
        if one is None:
            continue
        yield from [one.waiting.span] if isinstance(one.waiting, Rule) else []
        nodes = [*one.conditions, *(node for clause in one.clauses for node in clause.when)]
        yield from (test.value for test in tests_of(nodes) if test.fact == "tenure" and test.published)
        for part in (part for clause in one.clauses for part in clause.parts):
            yield from (row.span for row in part.rows)
            if part.then:
                yield from _steps(part.then.after, part.then.every, case, until)


def _steps(after: Span, every: Span, case: Case, until: date) -> Iterator[Span]:
    unit = "day" if every.unit == "day" else "month"
    size = {"day": 1, "month": 1, "year": 12}
    first, step = after.n * size[after.unit], every.n * size[every.unit]
    oldest = min((one.joined for one in case.periods.value or ()), default=until)
    oldest = min(oldest, case.tenure_from.value) if case.tenure_from and case.tenure_from.value else oldest
    most = (until - oldest).days + 31 if unit == "day" else (until - oldest).days // 28 + 1
    yield from (Span(n, unit) for n in range(first, most, step))


def _birthdays(benefit: Benefit, case: Case) -> Iterator[date]:
    if case.born.value is None:
        return
    born = latest_birth(case.born.value)
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses for node in clause.when)]
    ages = {test.value for test in tests_of(nodes) if test.fact == "age" and test.published}
    ages |= {row.age for clause in benefit.clauses for part in clause.parts for row in part.rows if row.age is not None}
    for age in ages:
        yield complete_on(born, age, "year")
        yield complete_on(born, age + 1, "year")


def tests_of(nodes: list[Node]) -> Iterator[Compared]:
    """Every comparison in these conditions, however deep."""
    for node in nodes:
        if isinstance(node, Group):
            yield from tests_of(list(node.parts))
        else:
            yield node
