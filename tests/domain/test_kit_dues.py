"""What a kit tells of payments: with an assignment to collect, of its funds alone, and never what somebody owes."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Assignment, Fund, Household, Membership, Person
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments, kits
from pwa.domain.people import accounts
from pwa.domain.places import funds, units
from pwa.domain.register import tables
from pwa.domain.review import review
from pwa.domain.text.dates import BANGKOK
from tests import days
from tests.collecting import receipt, told

DAY = timedelta(days=1)


@pytest.fixture
def village(app):
    """The demo village; `send(funds)` sends the volunteer out to collect for these, `kit()` is what the phone then gets."""

    class Village:
        today = days.FIRST.date()
        volunteer, leader = accounts.named("volunteer"), accounts.named("zone-leader")
        places = units.communities(accounts.named("zone-leader"), "zone_leader")

        def send(self, *codes, until=7):
            serving = [fund for fund in funds.by_name() if fund.code in codes]
            about = dict(starts_on=self.today, ends_on=self.today + until * DAY, by=self.leader, at=web.system_clock())
            reach = units.within(self.volunteer, "volunteer")
            places = [place for place in self.places if place.id in reach]
            return assignments.give(self.volunteer, places, on=self.today, collects_for=serving, **about)

        def kit(self, on=None, since=None):
            return kits.download(self.volunteer, on=on or self.today, at=web.system_clock(), since=since)

    return Village()


def members(kit):
    """{person: (fund, number)} of everybody in the kit who is a member, asked of the register."""
    homes = [one["id"] for one in kit["households"]]
    query = Membership.select(Membership, Person).join(Person, on=(Person.id == Membership.person), attr="who")
    found = {}
    for row in query.join(Household).where(Household.id.in_(homes)):
        found.setdefault(row.person, set()).add((row.fund.code, row.number))
    return found


def paying(kit):
    """{person: {(fund, number)}} that the kit says."""
    return {
        tables.person_id(uuid.UUID(one["household"]), one["id"]): {(row[0], row[1]) for row in one["pays"]}
        for one in kit["people"]
        if "pays" in one
    }


def test_without_an_assignment_to_collect_nothing_is_told(village):
    village.send()
    kit = village.kit()
    assert members(kit) and "collects" not in kit["assignment"]
    assert not any("pays" in one for one in kit["people"])


def test_members_of_the_funds_of_the_assignment_have_number_and_plan_and_nobody_else(village):
    village.send("F1")
    kit = village.kit()
    wanted = {who: {one for one in mine if one[0] == "F1"} for who, mine in members(kit).items()}
    assert paying(kit) == {who: mine for who, mine in wanted.items() if mine} != {}
    [fund] = kit["assignment"]["collects"]
    assert (fund["fund"], fund["name"]) == ("F1", next(one.name for one in funds.by_name() if one.code == "F1"))
    assert ["treasurer", accounts.named("treasurer").name] in fund["hands"]
    assert all(satang > 0 and n > 0 and unit in ("day", "month", "year") for _, satang, n, unit, _ in fund["plans"])


def test_another_fund_of_the_same_people_is_not_told(village):
    Fund.create(code="F9", unit=units.get("M01"), name="กองทุนอื่น")
    village.send("F9")
    kit = village.kit()
    assert members(kit) and paying(kit) == {}
    [told] = kit["assignment"]["collects"]
    assert (told["fund"], told["name"], told["plans"]) == ("F9", "กองทุนอื่น", [])


def test_it_says_through_when_and_a_payment_brings_that_house_again(village):
    village.send("F1")
    before = village.kit()
    held = {number: one for one in before["people"] for fund, number, through in one.get("pays", ()) if through}
    number, one = next(iter(held.items()))
    row = Membership.get(Membership.number == number)
    through = row.joined_on + 40 * DAY
    Membership.update(paid_through=through).where(Membership.id == row.id).execute()
    after = village.kit(since=before["cursor"])
    assert [home["id"] for home in after["households"]] == [one["household"]]
    assert [row[2] for other in after["people"] for row in other.get("pays", ()) if row[1] == number] == [
        through.isoformat()
    ]


def test_never_what_somebody_owes(village):
    village.send("F1")
    kit = village.kit()
    Membership.update(paid_through=None).execute()
    rows = [row for kit in (kit, village.kit()) for one in kit["people"] for row in one.get("pays", ())]
    assert {len(row) for row in rows} == {3}
    assert all(through is None or date.fromisoformat(through) for _, _, through in rows)
    assert "arrears" not in "".join(key for one in kit["people"] for key in one)


def test_a_receipt_that_another_took_is_told_until_somebody_decides_about_it(village):
    village.send("F1")
    before = village.kit()
    (person, mine), *_ = sorted(paying(before).items(), key=str)
    (_, number) = next(iter(mine))
    on = web.system_clock().astimezone(BANGKOK).date().isoformat()
    days = {"covers_from": "2027-01-01", "covers_to": "2027-01-31"}
    line = {"person": str(person), "kind": "contribution", "amount_satang": 3000, **days}
    payer = {"type": "self", "person": str(person)}
    said = receipt(7, book="M9", fund="F1", paid_on=on, lines=[line], payer=payer)
    entry = told(Phone(village.leader, at=web.system_clock()), said, web.system_clock())

    def row(kit):
        [found] = [row for one in kit["people"] for row in one.get("pays", ()) if row[:2] == ["F1", number]]
        return found

    after = village.kit(since=before["cursor"])
    assert row(after) == [*row(before), None, ["M9", 7, on, "2027-01-31"]]
    by = accounts.named("treasurer")
    review.reject(entry, by=by, at=web.system_clock(), reason="ไม่ได้จ่าย")
    assert row(village.kit(since=after["cursor"])) == row(before)


def test_it_is_gone_when_the_assignment_ends(village):
    village.send("F1")
    assert any("pays" in one for one in village.kit()["people"])
    for sent in Assignment.select().where(Assignment.account == village.volunteer):
        assignments.end(sent, by=village.leader, at=web.system_clock(), on=village.today, reason="ทดสอบ")
    kit = village.kit()
    assert kit["assignment"] is None and kit["people"] == []
