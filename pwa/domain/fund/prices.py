"""What a benefit gives, said without anybody's case: "200 baht a night", "1,500 to 20,000 baht by years of membership".

A sum that the clause needs and does not give is said to be missing, never guessed.
"""

from collections.abc import Iterator
from typing import Any

from pwa.domain import N_
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.domain.fund.terms import UNPUBLISHED, Benefit, Part

MISSING = Sentence(N_("the regulation does not give the sum"))
ITS_UNIT = {
    "night": N_("%(sum)s a night"),
    "day": N_("%(sum)s a day"),
    "child": N_("%(sum)s a child"),
    "item": N_("%(sum)s a piece"),
    "month": N_("%(sum)s a month"),
}
EACH = {
    "event": N_("%(sum)s each time"),
    "child": N_("%(sum)s a child"),
    "delivery": N_("%(sum)s a delivery"),
    "household": N_("%(sum)s a household"),
}
AGAIN = {"month": N_("%(sum)s a month"), "year": N_("%(sum)s a year")}
ONE, RANGE, MOST = N_("%(sum)s"), N_("%(least)s to %(most)s"), N_("up to %(sum)s")
BY = {"tiers": N_("%(sum)s by time of membership"), "matrix": N_("%(sum)s by age and time of membership")}

ORDER = (1, 3, 2, 4, 5)
"""เกิด แก่ เจ็บ ตาย and the funeral, then the other reporting categories."""


def place(benefit: Benefit) -> tuple[int, int]:
    """Where a benefit stands among the others wherever they are listed."""
    return (ORDER.index(benefit.category) if benefit.category in ORDER else len(ORDER), benefit.category)


def of(benefit: Benefit) -> list[Sentence]:
    """Each thing that it gives, in the order of its clauses; said once where several clauses give the same."""
    found: list[Sentence] = []
    for part in (part for clause in benefit.clauses for part in clause.parts):
        told = price(part, benefit)
        if told not in found:
            found.append(told)
    return found


def price(part: Part, benefit: Benefit) -> Sentence:
    """One part of a clause."""
    if part.kind == "in_kind":
        return _said(N_("%(item)s, %(count)s pieces"), item=part.item, count=part.count)
    if part.kind == "discretionary":
        return _each(_most(part.max_satang), benefit)
    if part.kind == "percent":
        return _percent(part)
    if part.kind in BY:
        sums = _range(_sums(part))
        return MISSING if sums == MISSING else _again(_said(BY[part.kind], sum=sums), benefit)
    if part.satang is None:
        return MISSING
    plain = _said(ONE, sum=Satang(part.satang))
    if part.kind == "per_unit":
        return _said(ITS_UNIT[part.unit or "item"], sum=plain)
    return _again(plain, benefit) if benefit.recurs else _each(plain, benefit)


def _said(msgid: str, **values: Any) -> Sentence:
    return Sentence(msgid, values)


def _sums(part: Part) -> Iterator[int | None]:
    yield from (row.satang for row in part.rows)
    if part.then and part.then.max_satang is not None:
        yield part.then.max_satang


def _range(sums: Iterator[int | None]) -> Sentence:
    known = [one for one in sums if one is not None]
    if not known:
        return MISSING
    least, most = min(known), max(known)
    if least == most:
        return _said(ONE, sum=Satang(least))
    return _said(RANGE, least=Satang(least), most=Satang(most))


def _percent(part: Part) -> Sentence:
    told = _said(N_("%(share)s percent"), share=f"{part.share / 100:g}")
    if part.max_satang is None:
        return told
    return _said(N_("%(sum)s, %(most)s"), sum=told, most=_most(part.max_satang))


def _most(satang: int | None) -> Sentence:
    return MISSING if satang in (None, UNPUBLISHED) else _said(MOST, sum=Satang(satang))


def _each(told: Sentence, benefit: Benefit) -> Sentence:
    return _said(EACH[benefit.per], sum=told) if benefit.per in EACH and told != MISSING else told


def _again(told: Sentence, benefit: Benefit) -> Sentence:
    return _said(AGAIN[benefit.recurs], sum=told) if benefit.recurs else told
