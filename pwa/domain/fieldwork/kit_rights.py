"""What a volunteer may tell at the door of each member's rights, without a signal: days, sums and sentences, and nothing of health.

Members are marked by what their rights rest on, never by the rights themselves: a day that passes changes no mark, and where nothing
changed nothing is computed.
"""

import base64
import hashlib
from functools import cache, partial

from db.models import Membership
from pwa.domain.custody import states
from pwa.domain.fieldwork.assignments import LONGEST
from pwa.domain.fund import facts, outlook, rulings, versions
from pwa.domain.fund.terms import Regulation

AHEAD = outlook.AHEAD + LONGEST
"""A kit lives no longer than an assignment, so on its last day still as much lies ahead as a phone is to know."""
MARK = 8
"""Letters of six bits: two of 10,000 members are taken for one another once in six million kits."""


class Members:
    """Those of some people who are in a fund with a regulation. `marks`: {person: what their rights rest on, as a short name}."""

    def __init__(self, people):
        """`people` by their ids, or a query of these."""
        mine = Membership.select(Membership.id).where(Membership.person.in_(people), states.standing(Membership))
        held, known = {}, {}
        for one in facts.of([row for (row,) in mine.order_by(Membership.joined_on, Membership.id).tuples()]).values():
            fund = one.book.membership.fund
            if fund.id not in known:
                known[fund.id] = versions.effective(fund)
            if known[fund.id]:
                held.setdefault(one.book.membership.person, []).append((one, known[fund.id]))
        self.marks = {person: _mark(mine) for person, mine in held.items()}
        self._held = {self.marks[person]: mine for person, mine in held.items()}

    def told(self, marks, *, on):
        """What the marks stand for on a day: ({mark: number of its rows}, tables).

        `tables` has "rows" [[benefit, day ("" from the beginning), satang, sentence], …] by these numbers, and "benefits" (category,
        name), "codes" (fund, benefit) and "sentences" by the numbers in the rows. The phone takes the last row that has begun; of a
        month alone, when it is over.
        """
        rows, benefits, sentences, ruling = Table(), Table(), Table(), cache(partial(rulings.of, on=on))
        numbers = {mark: rows.number([*_rows(self._held[mark], on, ruling, benefits, sentences)]) for mark in marks}
        named = [about for _, _, *about in benefits.values]
        codes = [[fund, code] for fund, code, *_ in benefits.values]
        return numbers, {"rows": rows.values, "benefits": named, "codes": codes, "sentences": sentences.values}


class Table:
    """Values, each of them once and known by its number."""

    def __init__(self):
        self.values, self._places = [], {}

    def number(self, value):
        place = self._places.setdefault(repr(value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place


def _rows(mine, on, ruling, benefits, sentences):
    for one, known in mine:
        fund, regulation = one.book.membership.fund, Regulation(known[0].regulation, tuple(known))
        case = facts.case(one, event_on=max(on, *(term.joined for term in one.book.terms)), ruling=ruling(fund))
        seen = outlook.of(regulation, case, today=case.event_on, ahead=AHEAD, kit=True, may_see_paid=False)
        says = [sentences.number(sentence) for sentence in seen.sentences]
        for code, day, satang, sentence in seen.rows:
            benefit = next(version.benefits[code] for version in reversed(known) if code in version.benefits)
            place = benefits.number((fund.code, code, benefit.category, benefit.name))
            yield place, day if day > case.event_on.isoformat() else "", satang, says[sentence]


def _mark(mine):
    """All of a member and of the fund's regulation that `_rows` asks; not the day."""
    told = [
        (
            one.book.membership.fund_id,
            one.book.terms,
            one.book.acts.suspensions(),
            one.born.value,
            one.sex.value,
            [(version.version, version.in_force_from) for version in known],
        )
        for one, known in mine
    ]
    return base64.urlsafe_b64encode(hashlib.sha256(repr(told).encode()).digest())[:MARK].decode()
