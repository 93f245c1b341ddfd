"""People are counted by whose right was paid: once a category, once in all, and not where the money came back."""

from pwa.domain.fund import benefit_reports, claim_payments, report_periods, versions
from tests.claim_paying import BANK, paid, pay, payment
from tests.claiming import AT, TODAY, birth, decided, stay

MONTH = report_periods.asked("2026-11", on=TODAY)


def given(treasurer, payload):
    one = decided(payload)
    claim_payments.hold(payment(one), by=treasurer, at=AT)
    pay(payment(one), treasurer, BANK)


def told():
    """{category: (people, satang)} of those with any, and (people, satang) in all."""
    found = benefit_reports.of(versions.fund_of("F1"), MONTH)
    return {one.category: (one.people, one.satang) for one in found.rows if one.satang or one.people}, (
        found.people,
        found.satang,
    )


def test_two_benefits_of_one_person_are_one_person_in_all(treasurer):
    given(treasurer, stay())
    given(treasurer, stay(admit_on="2026-09-01", event_on="2026-09-02"))
    given(treasurer, birth())
    assert told() == ({1: (1, 100000), 2: (1, 80000)}, (1, 180000))


def test_who_gave_it_back_is_not_counted(treasurer):
    one, _ = paid(treasurer)
    assert told() == ({2: (1, 60000)}, (1, 60000))
    claim_payments.bring_back(payment(one), reason="ไม่อยู่บ้าน", by=treasurer, at=AT, today=TODAY)
    assert told() == ({}, (0, 0))
    found = benefit_reports.recipients(versions.fund_of("F1"), "5002", MONTH)
    assert ([one.satang for one in found], benefit_reports.many(found)) == ([0], 0)
