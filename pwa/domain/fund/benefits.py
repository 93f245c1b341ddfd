"""The engine: a version of a regulation, one of its benefits and a case give one answer. Pure, without a clock, in whole satang.

Any condition that is not met: not entitled, and every obstacle is told. Else any that is not known: undecided, and what is missing is
asked for. Else what the clause gives under its caps; where it does not publish its number, nobody can count it out.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pwa.domain import N_, Refusal
from pwa.domain.fund import amounts, caps, claiming, conditions, membership
from pwa.domain.fund.answers import ENTITLED, NOT_ENTITLED, UNDECIDED, Answer, Condition, Given
from pwa.domain.fund.asking import Asking
from pwa.domain.fund.case import Case, Used
from pwa.domain.fund.terms import Clause, Group, Version

NO_BENEFIT = N_("The regulation has no benefit “%(benefit)s”. It has: %(known)s")
LOOKS = 8
"""So often at most is a later day tried; each try is the first day that removes what stood in the way of the one before."""


def answer(version: Version, benefit_code: str, facts: Case) -> Answer:
    """What the version answers about a benefit. Refusal where it has no such benefit."""
    found = outcome(version, benefit_code, facts)
    if found.outcome != NOT_ENTITLED:
        return found
    return replace(found, earliest_on=_earliest(version, benefit_code, facts, found))


def outcome(version: Version, benefit_code: str, facts: Case) -> Answer:
    """The same without the first day on which time alone would remove every obstacle, which costs most."""
    benefit = version.benefits.get(benefit_code)
    if benefit is None:
        raise Refusal(NO_BENEFIT, benefit=benefit_code, known=", ".join(version.benefits))
    asking = Asking(version, benefit, facts)
    told = [*membership.told(asking), *conditions.told(benefit.conditions, asking)]
    clause, chosen = _clause(asking)
    told += chosen
    pieces: list[amounts.Piece] = []
    late: list[Condition] = []
    if clause:
        pieces, late = amounts.measured(asking, clause)
    paid, capped = caps.applied(asking, pieces or [amounts.Piece(benefit.clauses[0].parts[0], None, [(asking.on, 1)])])
    told += [one for one in late if not one.code.startswith("units")]
    told += claiming.told(asking)
    told += [one for one in late if one.code.startswith("units")]
    told += capped
    sums = _Sums(paid if pieces else [])
    told += claiming.pot(asking, sums.satang)
    return _answer(asking, sums, tuple(told))


class _Sums:
    """What all pieces come to. `satang` None where one of them cannot be counted out; `open`: only because a meeting says how much."""

    def __init__(self, paid: list[caps.Paid]) -> None:
        self.paid = paid
        self.unknown = [one for one in paid if one.satang is None]
        self.satang = None if self.unknown or not paid else sum(one.satang or 0 for one in paid)
        self.open = bool(self.unknown) and all(one.piece.discretionary and one.most is not None for one in self.unknown)
        self.most = sum((one.most or 0) if one.satang is None else one.satang for one in paid) if self.open else None
        counted = [one for one in paid if one.piece.counted]
        self.units = sum(one.units for one in counted) if counted else None

    def parts(self) -> Iterator[Given]:
        for piece in dict.fromkeys(id(one.piece) for one in self.paid):
            mine = [one for one in self.paid if id(one.piece) == piece]
            known = [one.satang for one in mine if one.satang is not None]
            satang = sum(known) if len(known) == len(mine) else None
            part = mine[0].piece.part
            units = sum(one.units for one in mine) if mine[0].piece.counted else None
            yield Given(part.code, units, satang, part.counts_toward)

    def uses(self, benefit: str) -> Iterator[Used]:
        """What a decision takes: the first counts as one time of its benefit."""
        times = 1
        for one in self.paid:
            units = one.units if one.piece.counted else min(one.units, 1)
            yield Used(one.day, one.satang or 0, units, one.piece.part.counts_toward, times)
            times = 0


def _answer(asking: Asking, sums: _Sums, told: tuple[Condition, ...]) -> Answer:
    benefit, version = asking.benefit, asking.version
    values = [one.passed for one in told]
    known: str
    if False in values:
        known = NOT_ENTITLED
    elif None in values or (sums.satang is None and not sums.open):
        known = UNDECIDED
    else:
        known = ENTITLED
    gives = known == ENTITLED
    satang = 0 if known == NOT_ENTITLED else claiming.within_pot(asking, sums.satang) if gives else None
    unsaid = [*benefit.unsaid, *claiming.unsaid(asking)]
    if known == UNDECIDED and None not in values:
        unsaid.append("rate")
    return Answer(
        regulation=version.regulation,
        benefit=benefit.code,
        version=version.version,
        outcome=known,
        amount_satang=satang,
        max_satang=sums.most if gives else None,
        units=sums.units,
        parts=() if known == NOT_ENTITLED else tuple(sums.parts()),
        payee=benefit.payees[0] if benefit.payees else None,
        in_kind=tuple((one.piece.part.item, one.piece.part.count) for one in sums.paid if one.piece.part.item)
        if gives
        else (),
        earliest_on=None,
        conditions=told,
        unsaid=tuple(unsaid),
        missing=tuple(dict.fromkeys(name for one in told for name in one.asks)) if known == UNDECIDED else (),
        uses=tuple(sums.uses(benefit.code)) if gives else (),
    )


def _clause(asking: Asking) -> tuple[Clause | None, list[Condition]]:
    """The clause that yields, and what decides it. Without an order no two yield for one case: publishing saw to that."""
    clauses = asking.benefit.clauses
    if len(clauses) == 1:
        return clauses[0], list(conditions.told(clauses[0].when, asking))
    tried: list[tuple[Clause, list[Condition], bool | None]] = []
    for clause in clauses:
        told = list(conditions.told(clause.when, asking))
        value = conditions.verdict([one.passed for one in told])
        if value and not (asking.benefit.ordered and any(before is None for _, _, before in tried)):
            return clause, told
        tried.append((clause, told, value))
    group = Group(True, tuple(Group(False, one.when, "", one.clause) for one in clauses), "", asking.benefit.clause)
    known = conditions.of(group, asking)
    open_ = any(value is None for _, _, value in tried)
    asks = dict.fromkeys(name for _, told, value in tried if value is None for one in told for name in one.asks)
    code = next((one.code for _, told, _ in tried for one in told), "units")
    return None, [known._replace(code=code, passed=None if open_ else False, asks=tuple(asks) if open_ else ())]


def _earliest(version: Version, code: str, case: Case, first: Answer) -> date | None:
    """The first day on which time alone removes every obstacle, all else staying as it is: looked for day by day of change."""
    found, shifted = first, case
    for _ in range(LOOKS):
        blocking = [one for one in found.conditions if one.passed is False]
        days = [one.met_on for one in blocking if one.met_on is not None and one.met_on > shifted.event_on]
        if len(days) < len(blocking):
            return None
        shifted = moved(case, max(days) - case.event_on)
        found = outcome(version, code, shifted)
        if not any(one.passed is False for one in found.conditions):
            return shifted.event_on if all(one.passed for one in found.conditions) else None
    return None


def moved(case: Case, by: timedelta) -> Case:
    """The same event so many days later: stay and filing move with it, what was told of the event's own period stays there."""
    filed = case.filed_on
    return replace(
        case,
        event_on=case.event_on + by,
        admit_on=case.admit_on and case.admit_on + by,
        discharge_on=case.discharge_on and case.discharge_on + by,
        filed_on=replace(filed, value=filed.value + by) if filed and filed.value else filed,
        anchor_on=case.anchor_on or case.event_on,
    )
