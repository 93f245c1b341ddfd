"""What everybody may read of a fund: sums of closed months, and nothing that tells of few people, not even by subtraction."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import (
    Admission,
    Claim,
    ClaimAct,
    CloseFigure,
    Entry,
    Membership,
    MembershipAct,
    Receipt,
    ReceiptLine,
    ReceiptStep,
    Resolution,
    Voucher,
)
from pwa.domain.fund import closes, holders, ledger, public_figures
from pwa.domain.fund.statement_balances import Said
from tests.closing_books import AT, BANK, officed
from tests.collecting import collector, gift, told
from tests.small_fund import NOW

PEOPLE = [uuid.UUID(int=n) for n in range(1, 30)]


@pytest.fixture
def fund(bare_fund):
    made = officed(bare_fund)
    told(collector(made), gift())
    made.entry = Entry.select().order_by(Entry.id).first()
    made.numbers = iter(range(100, 900))
    return made


def put_in(fund, day, **sums):
    """A checked receipt a person: {p1: baht}."""
    for who, baht in sums.items():
        n, satang = next(fund.numbers), baht * 100
        hand = holders.hand_of(fund.fund, fund.people["treasurer"])
        lines = [
            ledger.Line(hand, satang),
            ledger.Line(ledger.account(fund.fund, "4010"), -satang, "สวัสดิการ"),
        ]
        about = dict(kind="approved", occurred_on=day, on=day, at=NOW)
        booked = ledger.post(fund.fund, source=f"approved/M9/{n}/0", lines=lines, **about)
        row = Receipt.create(
            fund=fund.fund, book="M9", no=n, paid_on=day, told_on=day, hand=hand, payer_kind="self",
            total_satang=satang, said="", entry=fund.entry, at=NOW,
        )  # fmt: skip
        person = PEOPLE[int(who[1:])]
        ReceiptLine.create(receipt=row, place=0, person=person, kind="contribution", amount_satang=satang)
        ReceiptStep.create(receipt=row, n=0, state="approved", on=day, transaction=booked, at=NOW)


def pay_out(fund, day, **sums):
    """A benefit paid to each person: {p1: baht}."""
    by, hand = fund.people["treasurer"], holders.hand_of(fund.fund, fund.people["treasurer"])
    for who, baht in sums.items():
        n, satang = next(fund.numbers), baht * 100
        lines = [ledger.Line(ledger.account(fund.fund, "5004"), satang, "สวัสดิการ"), ledger.Line(hand, -satang)]
        about = dict(kind="expense", occurred_on=day, on=day, at=NOW)
        booked = ledger.post(fund.fund, source=f"voucher/{n}", lines=lines, **about)
        paper = Voucher.create(
            fund=fund.fund, n=n, command_id=uuid.uuid4(), kind="expense", on=day, payee="x", ground="x", source=hand,
            amount_satang=satang, transaction=booked, account=by, said="", at=NOW,
        )  # fmt: skip
        claim = Claim.create(
            id=uuid.uuid4(), fund=fund.fund, person=PEOPLE[int(who[1:])], event_on=day, said=b"", at=NOW
        )
        ClaimAct.create(claim=claim, n=1, kind="pay", payee=0, voucher=paper, account=by, at=NOW)


def close(fund, baht=500):
    at = AT + timedelta(days=400)
    on = (at + timedelta(days=1)).date()
    through = closes.due(fund.fund, at=at, on=on)
    said = {BANK: Said(baht * 100)}
    made = closes.begin(fund.fund, through, said, by=fund.people["treasurer"], device=None, at=at, on=on)
    closes.sign(made, by=fund.people["auditor"], device=None, at=at)
    return public_figures.of(fund.fund)


def members(fund, many, joined=date(2026, 10, 5)):
    by = fund.people["registrar"]
    about = dict(fund=fund.fund, account=by, at=NOW)
    resolution = Resolution.create(board="1", meeting="1", resolved_on=joined, **about)
    for n in range(many):
        admission = Admission.create(person=PEOPLE[n], kind="new", resolution=resolution, accepted=True, **about)
        Membership.create(
            id=uuid.uuid4(), person=PEOPLE[n], fund=fund.fund, number=str(n), joined_on=joined, admission=admission
        )
    return resolution


@pytest.mark.parametrize(
    ("sums", "enough"),
    [
        ([], True),
        ([100, 100], False),
        ([100, 100, 100], True),
        ([900, 50, 50], True),
        ([901, 50, 49], False),
        ([10**9], False),
    ],
)
def test_money_is_told_of_three_of_whom_nobody_has_more_than_nine_tenths(sums, enough):
    assert public_figures.are_enough(dict(enumerate(sums))) is enough


def test_nothing_is_told_before_a_month_is_closed(fund):
    assert public_figures.of(fund.fund) is None


def test_sums_are_those_of_the_last_closed_month(fund):
    put_in(fund, date(2026, 10, 7), p1=365, p2=365, p3=100)
    pay_out(fund, date(2026, 10, 20), p1=200, p2=100, p4=100)
    put_in(fund, date(2026, 11, 3), p9=1)
    told = close(fund)
    assert told.close.through == date(2026, 10, 31) and not told.is_behind
    found = told.sums
    assert (found.put_in_satang, found.paid_out_satang) == (83000, 40000)
    assert (found.year_put_in_satang, found.year_paid_out_satang) == (83000, 40000)
    assert found.held_satang == 50000 + 83000 - 40000


def test_one_funeral_is_told_only_together_with_what_others_got(fund):
    put_in(fund, date(2026, 10, 7), p1=365, p2=365, p3=100)
    assert close(fund).sums.put_in_satang == 83000
    put_in(fund, date(2026, 11, 7), p1=365, p2=365, p3=100)
    pay_out(fund, date(2026, 11, 20), p1=20000)
    told = close(fund)
    assert told.is_behind and told.sums.close.through == date(2026, 10, 31)
    assert (told.sums.put_in_satang, told.sums.paid_out_satang) == (83000, 0)
    pay_out(fund, date(2026, 12, 20), p2=3000, p3=500)
    told = close(fund)
    assert not told.is_behind and told.sums.paid_out_satang == 2350000


def test_the_sums_of_a_year_wait_where_the_year_before_would_show_one_by_subtraction(fund):
    put_in(fund, date(2026, 10, 7), p1=365, p2=365, p3=100)
    for _ in range(10):
        close(fund)
    put_in(fund, date(2027, 8, 7), p1=365)
    pay_out(fund, date(2027, 9, 7), p1=365)
    assert close(fund).is_behind and close(fund).is_behind
    put_in(fund, date(2027, 10, 7), p1=365, p2=365, p3=100)
    pay_out(fund, date(2027, 10, 7), p2=200, p3=200)
    told = close(fund)
    assert told.close.through == date(2027, 10, 31) and not told.is_behind
    assert told.sums.year_put_in_satang is None and told.sums.put_in_satang == 83000 * 2 + 36500


def test_few_members_are_not_counted_in_public(fund):
    resolution = members(fund, 12)
    told = close(fund)
    assert told.members == 12
    first = Membership.select().order_by(Membership.number).first()
    other = Membership.select().order_by(Membership.number.desc()).first()
    more = Membership.get(Membership.number == "5")
    about = dict(kind="end", why="resigned", resolution=resolution, account=fund.people["registrar"], at=NOW)
    MembershipAct.create(membership=first, first=date(2026, 11, 30), **about)
    MembershipAct.create(membership=other, first=date(2026, 12, 1), **about)
    undone = MembershipAct.create(membership=more, first=date(2026, 11, 5), **about)
    MembershipAct.create(
        membership=more, kind="undo", undoes=undone, first=date(2026, 11, 5), account=fund.people["registrar"], at=NOW
    )
    assert public_figures.members(fund.fund, date(2026, 11, 29)) == 12
    assert public_figures.members(fund.fund, date(2026, 11, 30)) == 11
    assert public_figures.members(fund.fund, date(2026, 12, 1)) == 10
    for number in ("1", "2"):
        MembershipAct.create(membership=Membership.get(Membership.number == number), first=date(2026, 11, 6), **about)
    assert close(fund).members is None and CloseFigure.select().order_by(CloseFigure.id.desc()).first().members == 9
