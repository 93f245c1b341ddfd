"""What the quarantine desk says of a form that cannot be used: field, value and why."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.desk import cases, faults
from pwa.domain.desk.faults import LONGEST_VALUE
from pwa.domain.kinds import forms
from tests import small_fund
from tests.small_fund import NOW

DAY = timedelta(days=1)


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def sent(fund, payload, at=NOW):
    return small_fund.phone(fund).record("household", payload, at=at, received_at=NOW, place="canal")


def said(payload):
    return {
        "kind": "household", "form": "household@1", "subject": str(uuid.uuid4()),
        "recorded_at": "2026-11-22T09:00:00+07:00", "payload": payload,
    }  # fmt: skip


def told(payload):
    return [(one.label, one.name, one.value, one.sentence) for one in faults.of(said(payload), NOW)]


def household(**person):
    one = {"id": str(uuid.uuid4()), "first_name": "บุญมา", "last_name": "ใจงาม", "relation": "head", "living_here": True}
    return {"house": {"number": "45/2"}, "visit": {"outcome": "interested"}, "people": [one | person]}


def test_it_names_field_person_and_value():
    assert told(household(phone="12")) == [("Phone", "บุญมา ใจงาม", "12", forms.SENTENCES["phone"])]
    assert told(household(birth_date="2031")) == [("Date of birth", "บุญมา ใจงาม", "2031", forms.SENTENCES["ahead"])]
    assert told(household()) == []


def test_it_shows_what_nobody_can_see():
    [(label, _, value, _)] = told(household(nickname="มา\u202eลี"))
    assert (label, value) == ("Nickname", "มา‹U+202E›ลี")


def test_it_is_short_and_keeps_health_to_itself():
    payload = household(consent={"health": True, "by": "self"}, health={"groups": ["unheard of"]}, first_name="ก" * 500)
    values = [value for _, _, value, _ in told(payload)]
    assert max(map(len, values)) == LONGEST_VALUE
    assert "unheard of" not in values and "…" in values


def test_it_names_the_part_around_the_answers(fund):
    content = said(household()) | {"place": 7}
    assert [(one.label, one.value) for one in faults.of(content, NOW)] == [(faults.OUTER, "place: 7")]


def test_the_desk_reads_what_never_became_an_entry(fund):
    phone = small_fund.phone(fund)
    line = phone.line("household", household(), at=NOW, place=7)
    [entry] = phone.deliver([line], at=NOW)
    assert entry.reason == "bad_payload"
    [case] = cases.of([entry])
    assert cases.said(case)["payload"]["house"] == {"number": "45/2"}


@pytest.mark.parametrize(
    "payload",
    [household(relation="child"), household(phone="0000000000"), household(first_name="ไม่ทราบ")],
    ids=["no head", "a number of nobody", "no name"],
)
def test_what_the_old_form_let_through_is_received(fund, payload):
    assert sent(fund, payload).outcome == "received"


@pytest.mark.parametrize(
    "payload",
    [household(birth_date="2031"), household(last_name="ใจ\u202eงาม"), household(nickname="นก\x07")],
    ids=["to come", "direction", "bell"],
)
def test_what_it_never_let_through_is_quarantined(fund, payload):
    entry = sent(fund, payload)
    assert (entry.outcome, entry.reason) == ("quarantined", "bad_payload")


def test_a_phone_whose_clock_is_ahead_is_believed_about_its_day(fund):
    payload, tomorrow = household(birth_date=f"{NOW + DAY:%Y-%m-%d}"), NOW + DAY
    assert sent(fund, payload).outcome == "quarantined"
    assert sent(fund, payload, at=tomorrow).outcome == "received"
