"""Members by their number, for who takes money by office: of the funds and places of that office, and nobody else."""

import pytest

from db.models import Membership, Person, Viewing
from pwa.domain.fieldwork import member_finds
from pwa.domain.people import accounts
from pwa.domain.register import tables
from tests import days

TODAY = days.FIRST.date()


@pytest.fixture
def member(app):
    """A member of F1 who lives in the first zone."""
    query = Membership.select(Membership, Person).join(Person, on=(Person.id == Membership.person), attr="who")
    return next(row for row in query if row.fund.code == "F1" and row.who.household.place.code in ("C01", "C02"))


def found(handle, number):
    return member_finds.numbered(accounts.named(handle), number, on=TODAY)


@pytest.mark.parametrize("handle", ["treasurer", "zone-leader"])
def test_the_number_finds_them_in_whatever_digits(member, handle):
    thai = member.number.translate({ord(one): chr(0xE50 + int(one)) for one in "0123456789"})
    for typed in (member.number, thai, f" {member.number} "):
        told = found(handle, typed)
        [one] = told["people"]
        assert tables.person_id(member.who.household_id, one["id"]) == member.person
        assert ["F1", member.number] in [row[:2] for row in one["pays"]]
        assert [home["id"] for home in told["households"]] == [str(member.who.household_id)]
        assert told["collects"]


def test_who_has_no_office_there_finds_nobody(member):
    assert found("other-zone-leader", member.number)["people"] == []
    assert found("registrar", member.number)["people"] == []
    assert found("treasurer", "ไม่มีเลขนี้")["people"] == [] and found("treasurer", "")["people"] == []


def test_looking_is_kept(member, client_as):
    treasurer = client_as("treasurer")
    answer = treasurer.get("/collections/new/members", query_string={"number": member.number})
    assert answer.get_json()["people"][0]["name"]["first_name"] == member.who.first_name
    seen = Viewing.select().where(Viewing.person == member.person, Viewing.purpose == "collecting")
    assert [row.account_id for row in seen] == [treasurer.account.id]
    assert client_as("volunteer").get("/collections/new/members").status_code == 404
