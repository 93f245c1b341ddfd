"""A year closes once all its months are, by the same two signatures: its hash is that of its months' hashes."""

import hashlib
import uuid
from datetime import date, timedelta

import pytest

import db
from db import append_only
from db.models import Account, Device, RoleEnd, RoleGrant, YearClose, YearFall, YearSignature
from pwa.domain import NotFound
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import closes, signed_twice, year_closes
from pwa.domain.fund.statement_balances import Said
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from tests.closing_books import AT, BANK, ON, officed, write
from tests.domain.test_closes import refused
from tests.small_fund import NOW

YEAR, NEXT = date(2026, 9, 30), date(2027, 9, 30)


@pytest.fixture
def fund(kept_fund):
    """Its books begin in August, so its first fiscal year has two months."""
    made = officed(kept_fund)
    for day in (date(2026, 8, 20), date(2026, 9, 3)):
        write(made, "income", 100, day, code="4040", source="bank", bank="ออมสิน 001")
    return made


def close_month(fund, at=AT, on=ON):
    through = closes.due(fund.fund, at=at, on=on)
    booked = {BANK: Said(200_00 if through.month == 9 else 100_00 if through.month == 8 else 700_00)}
    made = closes.begin(fund.fund, through, booked, by=fund.people["treasurer"], device=None, at=at, on=on)
    closes.sign(made, by=fund.people["auditor"], device=None, at=at)
    return made


def begin(fund, through=YEAR, by="treasurer", at=AT):
    return year_closes.begin(fund.fund, through, by=fund.people[by], device=fund.phones["treasurer"].id, at=at)


def sign(fund, close, by="auditor", phone="auditor", at=AT):
    return year_closes.sign(close, by=Account.get_by_id(fund.people[by].id), device=fund.phones[phone].id, at=at)


@pytest.fixture
def closed(fund):
    """The fund with all months of the year closed."""
    assert [close_month(fund).through for _ in range(2)] == [date(2026, 8, 31), YEAR]
    return fund


def test_a_year_waits_for_all_of_its_months(fund):
    assert year_closes.due(fund.fund, at=AT) is None
    close_month(fund)
    assert year_closes.due(fund.fund, at=AT) is None
    assert refused(begin, fund).message == year_closes.NOTHING
    close_month(fund)
    assert year_closes.due(fund.fund, at=AT).through == YEAR
    assert refused(begin, fund, NEXT).message == year_closes.NOTHING


def test_two_sign_it_and_its_hash_is_that_of_plain_lines(closed):
    made = begin(closed)
    assert begin(closed) == made and YearClose.select().count() == 1
    for _ in range(2):
        sign(closed, made)
    assert year_closes.state(made).is_done and year_closes.last_done(closed.fund).close == made
    rows = db.database.execute_sql(
        "SELECT m.through, m.set_hash FROM month_close m JOIN close_signature s ON s.close_id = m.id"
        " WHERE s.turn = 'auditor' AND m.through BETWEEN '2025-10-01' AND '2026-09-30' ORDER BY m.through"
    ).fetchall()
    text = "".join(f"{str(day)[:7]} {sha256}\n" for day, sha256 in rows)
    assert len(rows) == 2 and hashlib.sha256(text.encode()).hexdigest() == made.set_hash
    assert year_closes.due(closed.fund, at=AT) is None
    close_month(closed)
    assert year_closes.due(closed.fund, at=AT) is None
    assert refused(begin, closed, NEXT).message == year_closes.NOTHING
    assert promises.check() == []


def test_nobody_signs_it_for_both_not_even_on_two_devices(closed):
    made = begin(closed)
    assert refused(sign, closed, made, "treasurer").message == signed_twice.NOT_YOURS
    assert refused(sign, closed, made, phone="treasurer").message == signed_twice.OWN_PHONE
    people = [closed.people[who].id for who in ("treasurer", "auditor")]
    Account.update(person=uuid.UUID(int=9)).where(Account.id.in_(people)).execute()
    made = YearClose.get_by_id(made.id)
    assert refused(sign, closed, made).message == signed_twice.NOT_YOURS
    assert not year_closes.state(made).is_done


def test_only_who_keeps_the_books_of_this_fund_begins_it(closed):
    with pytest.raises(NotFound):
        begin(closed, by="auditor")
    with pytest.raises(NotFound):
        year_closes.find(begin(closed).id, seen_by=closed.people["zone-leader"])


def test_an_auditor_who_leaves_in_between_signs_no_more_and_the_next_one_does(closed):
    made, gone = begin(closed), closed.people["auditor"]
    RoleEnd.create(grant=RoleGrant.get(RoleGrant.account == gone), account=gone, at=AT, reason="ย้าย")
    assert refused(sign, closed, made).message == signed_twice.NOT_YOURS
    assert year_closes.waiting(gone, at=AT) == []
    after = accounts.add("auditor-2", name="auditor-2", unit=closed.units["town"], role="auditor", at=NOW)
    closed.people["auditor-2"] = after
    closed.phones["auditor-2"] = Device.get_by_id(Phone(after, at=NOW).device.id)
    assert [one.close for one in year_closes.waiting(after, at=AT)] == [made]
    sign(closed, made, "auditor-2", "auditor-2")
    assert year_closes.state(made).is_done


def test_it_falls_after_72_hours_and_is_signed_anew(closed):
    made, later = begin(closed), AT + timedelta(hours=72)
    assert year_closes.due(closed.fund, at=AT) is None
    assert refused(sign, closed, made, at=later).message == year_closes.FELL
    again = begin(closed, at=later)
    assert (again.n, YearFall.get().close, YearFall.get().account) == (2, made, None)
    about = dict(by=closed.people["auditor"], at=later)
    assert refused(year_closes.decline, again, reason=" ", **about).field == "reason"
    for _ in range(2):
        year_closes.decline(again, reason="เดือนกันยายนต้องดูใหม่", **about)
    assert year_closes.state(again).fall.reason == "เดือนกันยายนต้องดูใหม่"
    assert refused(sign, closed, again, at=later).message == year_closes.FELL
    assert YearSignature.select().count() == 2


def test_check_tells_of_a_year_that_was_changed_below_the_app(closed):
    made = begin(closed)
    sign(closed, made)
    append_only.thaw(db.database.obj, "year_close")
    YearClose.update(set_hash="0" * 64).where(YearClose.id == made.id).execute()
    assert [one for one in promises.check() if "the year through 2026-09-30" in one]
    YearClose.update(set_hash=made.set_hash).where(YearClose.id == made.id).execute()
    append_only.freeze(db.database.obj, "year_close")
