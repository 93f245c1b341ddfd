"""Whether a line is received: a member's correction is about their own household, and of nobody else's."""

import pytest

from db.models import Person
from pwa import web
from pwa.domain.custody import entries
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts


def correct(handle, subject, local_id="x"):
    account = accounts.named(handle)
    payload = {"path": f"people.{local_id}.nickname", "statement": "ชื่อเล่นเขียนผิด"}
    phone = Phone(account, at=web.system_clock())
    return phone.record("correction", payload, subject=subject, at=web.system_clock())


def home_of(handle):
    return Person.get_by_id(accounts.named(handle).person)


def test_a_member_corrects_their_own_household(app):
    person = home_of("member")
    entry = correct("member", person.household_id, person.local_id)
    assert entry.outcome == "received"
    assert entries.opening(entry).place == person.household.place.code


def test_a_member_has_no_say_about_another_household(app):
    entry = correct("member", home_of("member-2").household_id)
    assert (entry.outcome, entry.reason) == ("quarantined", "no_right")


@pytest.mark.parametrize("handle", ["treasurer", "admin"])
def test_who_lives_nowhere_here_corrects_nothing(app, handle):
    assert correct(handle, home_of("member").household_id).reason == "no_right"
