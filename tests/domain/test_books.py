"""What the register knows of a member becomes rows with their sources; the demo's members, and the fund's own rules of the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.models import Application, Fund, Membership
from pwa.domain import NotFound
from pwa.domain.fund import books, facts, rulings, versions
from pwa.domain.fund.coverage import Line
from pwa.domain.fund.sentences import Span
from pwa.domain.fund.standing import Rules
from pwa.domain.fund.terms import Rule
from tests.statements import listening

OLD, NEW = "เดิม-88", "00001"


def book_of(number, fund="F1"):
    found = books.member(versions.fund_of(fund), number)
    return books.of([found.id])[found.id]


def stands(number, on, fund="F1"):
    book = book_of(number, fund)
    return books.standing_of(book, books.ruling_of(book, on), on)


def test_a_passbook_tells_through_when_it_is_paid(app):
    found = stands(OLD, date(2026, 11, 22))
    assert (found.standing, found.paid_through) == ("arrears", date(2026, 10, 31))
    assert (found.arrears_days, found.arrears_satang) == (22, 3000)
    assert found.lapse_due_on == date(2027, 1, 30)
    assert found.covered == ((date(2019, 3, 5), date(2026, 10, 31)),)
    assert book_of(OLD).paid_source.msgid == books.PASSBOOK
    assert book_of(OLD).paid_source.values["name"] == "วิไล ทองแท้"


def test_nobody_owes_what_nobody_wrote_down(app):
    found = stands(NEW, date(2026, 11, 22))
    assert (found.paid_through, found.lapse_due_on, found.arrears_days, found.arrears_satang) == (None, None, 0, 0)
    assert (found.standing, found.covered) == ("waiting", ())
    assert book_of(NEW).paid_source == books.NO_RECEIPTS


def test_the_waiting_time_is_the_regulations(app):
    start = book_of(NEW).terms[0].counted_from
    assert stands(NEW, start + timedelta(179)).standing == "waiting"
    assert stands(NEW, start + timedelta(180)).standing == "active"


def test_without_a_regulation_the_fund_is_asked_for_what_it_wrote_down(app):
    fund = versions.fund_of("F1")
    ruling = rulings.of(fund, date(2010, 1, 1))
    assert (ruling.version, ruling.rules, ruling.clause) == (None, Rules(waiting=(180, "day")), "ข้อ 17.1")
    today = rulings.of(fund, date(2026, 11, 22))
    assert (today.version.version, today.rules.lapse, today.clause) == (2, (90, "day"), "ข้อ 17.1")
    assert {plan.amount_satang for _, plan in today.plans} == {3000}
    assert rulings.of(versions.fund_of("F2"), date(2026, 11, 22)).rules == Rules((6, "month"), None, "continue")


def test_tenure_by_the_application_says_so(app):
    member = Membership.select().join(Fund).where(Fund.code == "F2").first()
    page = books.of([member.id])[member.id]
    assert page.terms[0].counted_from == member.tenure_from < member.joined_on == page.terms[0].joined
    assert page.tenure_source.msgid == books.APPLIED


@pytest.mark.parametrize("number", ["99999", "", "เดิม-90", "'; DROP TABLE membership"])
def test_who_is_no_member_has_no_number(app, number):
    """เดิม-90 waits for the registrar."""
    with pytest.raises(NotFound):
        books.member(versions.fund_of("F1"), number)


def test_a_number_may_come_in_thai_digits(app):
    assert books.member(versions.fund_of("F1"), " ๐๐๐๐๑ ").number == NEW


def test_receipts_plug_in_as_rows(app):
    """As they will come: the old book to the day before the cut-over, then money; each day as of itself."""
    page, on = book_of(OLD), date(2026, 12, 31)
    lines = (Line(date(2026, 11, 20), 3000, "M1-1"), Line(date(2026, 12, 2), 6000, "M1-2"))
    page = books.Book(**{**vars(page), "lines": lines})
    ruling = books.ruling_of(page, on)
    told = books.steps(page, ruling, on)
    assert [(step.counts_on, step.through) for step in told] == [
        (date.min, date(2026, 10, 31)),
        (date(2026, 11, 20), date(2026, 11, 30)),
        (date(2026, 12, 2), date(2027, 1, 31)),
    ]
    assert books.steps(page, ruling, date(2026, 11, 19)) == told[:1]
    unknown = books.Book(**{**vars(page), "brought": None})
    assert [step.through for step in books.steps(unknown, ruling, on)] == [date(2019, 4, 4), date(2019, 6, 4)]
    assert books.covered(page, ruling, on).paid_through == date(2027, 1, 31)


def test_what_is_paid_late_waits_for_the_cure(app):
    """Paid through 31 October; 90 days later the rights end, and a payment after that counts a week later."""
    page, on = book_of(OLD), date(2027, 3, 31)
    page = books.Book(**{**vars(page), "lines": (Line(date(2027, 2, 1), 15000, "M1-1"),)})
    ruling = books.ruling_of(page, on)
    settings = replace(ruling.version.settings, cure=Rule(Span(7, "day"), "ข้อ 8"))
    cured = replace(ruling, version=replace(ruling.version, settings=settings))
    assert [step.counts_on for step in books.steps(page, ruling, on)] == [date.min, date(2027, 2, 1)]
    assert [step.counts_on for step in books.steps(page, cured, on)] == [date.min, date(2027, 2, 8)]
    assert books.standing_of(page, cured, date(2027, 2, 1)).paid_through == date(2027, 3, 31)


def test_many_members_cost_no_more_queries_than_one(app):
    every = [row.id for row in Membership.select().order_by(Membership.number)]
    assert len(every) > 10
    facts.of(every[:1])
    with listening() as one:
        facts.of(every[:1])
    with listening() as all_of_them:
        found = facts.of(every)
    assert set(found) == set(every)
    assert len(one) == len(all_of_them) == 7


def test_a_case_says_where_each_fact_stands(app):
    member = books.member(versions.fund_of("F1"), OLD)
    known = facts.of([member.id])[member.id]
    case = facts.case(known, event_on=date(2026, 11, 22))
    assert case.periods.value[0].joined == date(2019, 3, 5)
    assert case.coverage.value == books.steps(known.book, books.ruling_of(known.book, case.event_on), case.event_on)
    assert (case.standing.value, case.used, case.used_source) == ("arrears", (), facts.NONE_DECIDED)
    assert case.born.value
    assert (case.born.source.msgid, case.born.source.values["name"]) == (facts.REGISTER, "บุญมี แสนสุข")
    unpaid = books.member(versions.fund_of("F1"), NEW)
    case = facts.case(facts.of([unpaid.id])[unpaid.id], event_on=date(2026, 11, 22))
    assert (case.coverage.value, case.coverage.source) == (None, books.NO_RECEIPTS)
    before = facts.case(known, event_on=date(2018, 1, 1))
    assert (before.tenure_from.value, before.standing.value) == (None, None)


def test_what_is_not_in_the_register_is_unknown(app):
    asked = {row.person for row in Application.select()}
    assert asked
    for known in facts.of([row.id for row in Membership.select()]).values():
        for fact in (known.born, known.sex):
            assert (fact.value is None) == (fact == facts.Fact())
        assert known.sex.value in ("m", "f", None)
