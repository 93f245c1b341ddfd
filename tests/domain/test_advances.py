"""What applicants paid in advance becomes income when they are admitted, and is to be given back when they are not."""

from datetime import timedelta

import pytest

from db.models import Application
from pwa.domain.fund import books
from pwa.domain.review import admission_slips, admissions, counter_decisions, review
from tests import small_fund
from tests.collecting import TODAY, balances, collector, receipt, told
from tests.small_fund import MINUTE, NOW

SITTING = dict(board="3", meeting="9/2569", resolved_on=TODAY)
DAY = timedelta(days=1)


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def applicant(fund):
    """Somebody of the register who applied; and the registrar who records resolutions."""
    payload = small_fund.household()
    payload["people"][0] |= small_fund.APPLIES
    phone = collector(fund)
    picture = phone.picture(b"\xff\xd8\xff hand", "signature", at=NOW)
    payload["people"][0]["application"]["signature"]["blob"] = picture["sha256"]
    entry = phone.record("household", payload, at=NOW, place="canal", pictures=[picture])
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    application = Application.get()
    application.phone = phone
    return application


def paid(fund, applicant, kind="contribution", no=1):
    lines = [{"person": str(applicant.person), "kind": kind, "amount_satang": 3000}]
    payer = {"type": "self", "person": str(applicant.person)}
    entry = told(applicant.phone, receipt(no, payer=payer, lines=lines))
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    return entry


def resolve(fund, accepted, at=NOW, reason=""):
    waiting = admissions.waiting(fund.fund)
    about = dict(accepted=accepted, by=fund.people["registrar"], at=at, reason=reason)
    admissions.resolve(fund.fund, waiting, **about, **SITTING)


def test_admission_makes_income_of_it_and_cover(fund, applicant):
    paid(fund, applicant), paid(fund, applicant, "entry_fee", 2)
    assert balances() == {"1000-volunteer": 6000, "2100": -6000}
    resolve(fund, True)
    assert balances() == {"1000-volunteer": 6000, "4010 main": -3000, "4110 main": -3000}
    [member] = books.of([books.member(fund.fund, "fund-0001").id]).values()
    assert [(line.counts_on, line.amount_satang) for line in member.lines] == [(TODAY, 3000)]


def test_what_was_paid_by_who_was_refused_is_to_be_given_back(fund, applicant):
    paid(fund, applicant)
    resolve(fund, False, reason="อยู่นอกเขต")
    assert balances() == {"1000-volunteer": 3000, "2200": -3000}


def test_a_slip_at_the_meeting_takes_it_back_and_it_may_come_again(fund, applicant):
    paid(fund, applicant)
    resolve(fund, True)
    last = admission_slips.last(fund.people["registrar"], at=NOW + MINUTE)
    admission_slips.take_back(last.made.id, by=fund.people["registrar"], at=NOW + MINUTE, fund=fund.fund)
    assert balances() == {"1000-volunteer": 3000, "2100": -3000}
    resolve(fund, False, at=NOW + 2 * MINUTE, reason="อยู่นอกเขต")
    assert balances() == {"1000-volunteer": 3000, "2200": -3000}


def test_an_approval_that_is_undone_takes_its_advance_with_it(fund, applicant):
    entry = paid(fund, applicant)
    resolve(fund, True)
    counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW + MINUTE, reason="ยอดผิด")
    assert balances() == {"1000-volunteer": 3000, "2000": -3000}
    review.approve(entry, by=fund.people["zone-leader-2"], at=NOW + 2 * MINUTE)
    assert balances() == {"1000-volunteer": 3000, "4010 main": -3000}
