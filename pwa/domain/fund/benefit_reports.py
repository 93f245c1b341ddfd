"""Benefits by the 15 categories under which every fund reports them: people and money, and never what the benefit was for.

Money is what the books say of the category. People are those of whose claims something was paid in the time, came back not whole,
and stands; whoever got two benefits of one category is one. What belongs to no claim (typed by hand) is money without a person.
"""

import re
import uuid
from collections import Counter
from dataclasses import dataclass

from db.models import Claim, ClaimAct, Fund, LedgerAccount, LedgerTransaction, Person, Posting, Voucher
from pwa.domain.fund import chart, moved, pots
from pwa.domain.fund.report_periods import Period

OF_A_VOUCHER = re.compile(r"(?:^|/)voucher/(\d+)$")
OF_A_CLAIM = re.compile(r"(?:claw_back|waive)/([0-9a-f-]{36})/\d+$")


@dataclass(frozen=True)
class Row:
    category: int
    satang: int
    people: int
    old: int

    @property
    def code(self):
        return f"50{self.category:02d}"


@dataclass(frozen=True)
class Given:
    """What somebody got of a category in the time by one voucher, less what of it came back. `person` None: of no claim."""

    person: uuid.UUID | None
    name: str
    voucher: int | None
    satang: int


@dataclass(frozen=True)
class Report:
    """`people` counts each person once, whatever they got."""

    rows: list[Row]
    people: int

    @property
    def satang(self):
        return sum(one.satang for one in self.rows)

    @property
    def old(self):
        return any(one.old for one in self.rows)


def of(fund: Fund, period: Period, sums: moved.Moved | None = None) -> Report:
    sums = sums or moved.of(fund, period.first, period.to)
    got = _got(fund, period)
    people = {
        code: {who for (one, who), satang in got.items() if one == code and satang > 0} for code in chart.BENEFITS
    }
    rows = [
        Row(category, sums.of(code), len(people[code] - {None}), sums.of(code, old=True))
        for code, category in chart.BENEFITS.items()
    ]
    return Report(rows, len(set().union(*people.values()) - {None}))


def recipients(fund, code, period):
    """[Given] of a category in a time, by name; together they are the category's money and its people."""
    sums = Counter()
    for of_code, person, satang, voucher in _postings(fund, period):
        if of_code == code:
            sums[person, voucher] += satang
    known = {one.id: one for one in Person.select().where(Person.id.in_({one for one, _ in sums if one}))}
    found = [Given(one, _name(known.get(one)), voucher, satang) for (one, voucher), satang in sums.items()]
    return sorted(found, key=lambda one: (one.person is None, one.name, one.voucher or 0))


def many(given):
    """How many people [Given] are, each once: those to whom something was given that stands."""
    sums = Counter()
    for one in given:
        sums[one.person] += one.satang
    return sum(satang > 0 for person, satang in sums.items() if person)


def _got(fund, period):
    """{(code, person or None): satang}"""
    found = Counter()
    for code, person, satang, _ in _postings(fund, period):
        found[code, person] += satang
    return found


def _postings(fund, period):
    """[(code, person or None, satang, voucher's number or None)] of each posting to a benefit in the time."""
    query = Posting.select(LedgerAccount.code, LedgerTransaction.source, Posting.amount_satang)
    query = query.join(LedgerTransaction).switch(Posting).join(LedgerAccount)
    within = LedgerTransaction.posted_on.between(period.first, period.to)
    is_ours = (LedgerTransaction.fund == fund) & (LedgerAccount.type == "benefit") & (Posting.pot != pots.BEFORE)
    rows = list(query.where(is_ours, within).tuples())
    numbers = {int(found[1]) for _, source, _ in rows if (found := OF_A_VOUCHER.search(source))}
    claims = {uuid.UUID(found[1]) for _, source, _ in rows if (found := OF_A_CLAIM.search(source))}
    by_voucher, by_claim = _of_vouchers(fund, numbers), dict(_people(Claim.id.in_(claims))) if claims else {}
    for code, source, satang in rows:
        paper, claim = OF_A_VOUCHER.search(source), OF_A_CLAIM.search(source)
        number = int(paper[1]) if paper else None
        person = by_voucher.get(number) if paper else by_claim.get(uuid.UUID(claim[1])) if claim else None
        yield code, person, int(satang), number


def _of_vouchers(fund, numbers):
    """{number of a voucher: whose claim it paid}"""
    query = ClaimAct.select(Voucher.n, Claim.person).join(Voucher).switch(ClaimAct).join(Claim)
    query = query.where(ClaimAct.kind == "pay", Voucher.fund == fund, Voucher.n.in_(numbers))
    return dict(query.tuples()) if numbers else {}


def _people(condition):
    return Claim.select(Claim.id, Claim.person).where(condition).tuples()


def _name(person):
    return f"{person.title}{person.first_name} {person.last_name}".strip() if person else ""
