"""What a fund gives somebody today: each benefit asked as if its event fell on this day, and what is to be said about the answer first.

It is an expectation and not a promise: by the version in force on the day, and the committee approves. Nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pwa.domain.fund import benefits, prices
from pwa.domain.fund.answers import ENTITLED, UNDECIDED, Answer, Condition
from pwa.domain.fund.case import Case, Fact
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import Benefit, Version
from pwa.domain.text.dates import complete_on, latest_birth

State = Literal["now", "later", "no", "ask", "depends", "unpublished"]
IN_REGISTER = ("born", "sex", "joined", "paid_through", "standing")
"""Facts that the register can learn before anything happens; all others belong to the event and are asked with the claim."""


@dataclass(frozen=True, slots=True)
class Right:
    """One benefit on one day. `prices`: what the clause gives anybody; `why`: the condition to be read first, None where all hold.

    `state`: now; later (time alone brings it, `begins_on`); no; ask (the register lacks `asked`); depends (on what only the
    event can tell); unpublished (the clause does not give a number that it needs). `since`: the first day of `now`.
    """

    benefit: Benefit
    answer: Answer
    state: State
    prices: list[Sentence]
    why: Condition | None
    asked: str | None
    since: date | None

    @property
    def begins_on(self) -> date | None:
        """The first day on which time alone has removed what stands in the way; what is not known may still stand there then."""
        failed = [one.met_on for one in self.answer.conditions if one.passed is False]
        known = [day for day in failed if day]
        return self.answer.earliest_on or (max(known) if known and len(known) == len(failed) else None)

    @property
    def is_counted(self) -> bool:
        """Whether the answer's own sum is what to show: not where it would be that of one night only."""
        kinds = {part.kind for clause in self.benefit.clauses for part in clause.parts}
        return self.state == "now" and self.answer.amount_satang is not None and not kinds & {"per_unit", "percent"}


def of(version: Version, case: Case) -> list[Right]:
    """Every benefit of the version for the person of this case, if it happened on the case's day."""
    return [right(version, benefit, case) for benefit in sorted(version.benefits.values(), key=prices.place)]


def right(version: Version, benefit: Benefit, case: Case) -> Right:
    """One of them, as if the least of its event fell on the day."""
    return asked(version, benefit, imagined(benefit, case))


def asked(version: Version, benefit: Benefit, case: Case) -> Right:
    """What the rules answer about a case as it is, and what is to be said first."""
    answer = benefits.answer(version, benefit.code, case)
    lacks, state = lacking(answer), state_of(answer)
    since = _since(answer, case) if state == "now" else None
    return Right(benefit, answer, state, prices.of(benefit), _first(answer, state), lacks, since)


def imagined(benefit: Benefit, case: Case) -> Case:
    """The case as this benefit's event would be, with the least of it: one night, one piece, the first of those whose event it may be."""
    subjects = benefit.subjects or ("member",)
    made = replace(case, subject=Fact("member" if "member" in subjects else subjects[0], case.subject.source))
    if benefit.event == "stay":
        return replace(made, admit_on=case.event_on - timedelta(days=1), discharge_on=case.event_on)
    return replace(made, quantity=case.quantity if case.quantity.value is not None else Fact(1, case.quantity.source))


def lacking(answer: Answer) -> str | None:
    """The first fact that an answer misses and the register can learn before anything happens."""
    return next((name for name in answer.missing if name in IN_REGISTER), None)


def state_of(answer: Answer) -> State:
    """What an answer is to somebody who reads it before anything happened (Right.state)."""
    if answer.outcome == ENTITLED:
        return (
            "now"
            if answer.amount_satang is not None or answer.max_satang is not None or answer.in_kind
            else "unpublished"
        )
    if answer.outcome == UNDECIDED:
        return "ask" if lacking(answer) else "depends" if answer.missing else "unpublished"
    return "later" if all(one.met_on for one in answer.conditions if one.passed is False) else "no"


def _first(answer: Answer, state: State) -> Condition | None:
    """The obstacle that stays longest: one that nothing removes, else the one whose day is last; of the unknown the first."""
    if state in ("later", "no"):
        failed = [one for one in answer.conditions if one.passed is False]
        return max(failed, key=lambda one: one.met_on or date.max, default=None)
    return next((one for one in answer.conditions if one.passed is None), None)


def _since(answer: Answer, case: Case) -> date | None:
    """The day on which the last of what only time brings was there: the membership, its length, the age."""
    days = [one.fact.values["day"] for one in answer.conditions if _is_of_time(one)]
    if case.born.value:
        born = latest_birth(case.born.value)
        ages = [one.says.values["n"] for one in answer.conditions if one.code == "age" and "n" in one.says.values]
        days += [complete_on(born, n, "year") for n in ages if complete_on(born, n, "year") <= case.event_on]
    return max(days, default=None)


def _is_of_time(one: Condition) -> bool:
    return one.code in ("member", "tenure") and isinstance(one.fact, Sentence) and "day" in one.fact.values


def asked_for(rights: Iterable[Right]) -> list[str]:
    """The facts that the register lacks and that would decide something, the one that decides most first."""
    names = [one.asked for one in rights if one.asked]
    return sorted(dict.fromkeys(names), key=names.count, reverse=True)
