"""A claim's payload beside the register and the books: what the rules answer, and what a stranger gets."""

import uuid
from datetime import date

import pytest

from pwa.domain.fund import claim_cases
from tests.claiming import TODAY, birth, member, stay


def answer(payload):
    return claim_cases.proposal(payload, filed_on=TODAY).answer


def failed(payload):
    return {one.code for one in answer(payload).conditions if one.passed is False}


@pytest.mark.parametrize(
    "nights, satang", [(("2026-10-14", "2026-10-15"), 20000), (("2026-10-12", "2026-10-15"), 60000), (("2026-10-01", "2026-10-15"), 60000)]
)  # fmt: skip
def test_nights_are_paid_up_to_the_cap_of_a_stay(app, nights, satang):
    assert answer(stay(admit_on=nights[0], event_on=nights[1])).amount_satang == satang


def test_the_day_of_the_event_picks_the_version(app):
    known = claim_cases.proposal(stay(admit_on="2025-10-01", event_on="2025-10-15"), filed_on=date(2025, 10, 20))
    assert (known.version.version, known.answer.amount_satang) == (1, 50000)


def test_what_is_missing_is_told(app):
    assert failed(stay(evidence=[])) == {"evidence"}
    assert "tenure" in failed(stay(admit_on="2019-03-05", event_on="2019-03-07"))
    assert answer(birth()).amount_satang == 100000


def test_nobody_of_the_register_is_no_member(app):
    known = claim_cases.proposal(stay() | {"member": str(uuid.uuid4())}, filed_on=TODAY)
    assert (known.membership, known.answer.outcome, known.answer.amount_satang) == (None, "not_entitled", 0)
    assert known.answer.conditions[0].source == claim_cases.NO_MEMBER


@pytest.mark.parametrize("more", [{"fund": "F9"}, {"benefit": "luck"}, {"event_on": "1999-01-01", "admit_on": None}])
def test_what_no_rule_is_about_has_no_answer(app, more):
    assert answer(stay() | more) is None


def test_it_is_the_membership_of_the_right(app):
    assert claim_cases.proposal(stay(), filed_on=TODAY).membership == member()
