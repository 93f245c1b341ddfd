"""The old of the village, members by their passbooks, and the year's list of old-age money: granted by a meeting, paid at the table."""

from datetime import date

from db.models import Application, Membership
from pwa.demo import families, story
from pwa.demo.claim_year import LAST_SITTING, last_sitting
from pwa.domain.fund import batches, due_people, membership_acts
from pwa.domain.fund.sightings import Seen
from pwa.domain.register import tables
from pwa.domain.review import admissions, batch_decisions, review

HOUSES, BORN = 8, 1946
RECORDED, LISTED, DIED, PAID = 80, 28, 2, 1
"""So many days ago."""
AT_THE_TABLE = 4
"""So many have come to be paid."""


def tell(world):
    """Eight old members, their list, and the day at the table; one of them has died in between."""
    members = [join(world, number) for number in range(HOUSES)]
    batch = write(world)
    resolve(world, batch)
    died, at = members[-1], world.days_ago(DIED)
    membership_acts.end(died, why="deceased", first=at.date(), by=world.accounts["registrar"], at=at)
    pay(world, batch)


def join(world, number):
    """One house with somebody old, whose passbook the registrar confirmed: their Membership."""
    at, phone, subject = world.days_ago(RECORDED), world.phones["volunteer"], world.new_id()
    payload = families.household(world, number=f"{number + 1}/7", fund="F1", join=0, on=at.date())
    page = phone.picture((story.HERE / "passbook.jpg").read_bytes(), "evidence", at=at)
    until = date(at.year, at.month, 1).isoformat()
    passbook = {"fund": "F1", "number": f"ส-{number + 1:02d}", "joined_on": "2019-02-11", "paid_through": until}
    head = payload["people"][0]
    head |= {"birth_date": f"{BORN + number}-04-13", "membership": "member"}
    head["passbook"] = passbook | {"photo": page["sha256"]}
    entry = phone.record("household", payload, subject=subject, place="C02", pictures=[page], at=at)
    review.approve(entry, by=world.accounts["zone-leader"], at=world.days_ago(RECORDED - 1))
    person = tables.person_id(subject, head["id"])
    asked = Application.get(Application.person == person)
    about = dict(by=world.accounts["registrar"], at=world.days_ago(RECORDED - 9))
    admissions.confirm(asked, accepted=True, **about)
    return Membership.get(Membership.person == person)


def write(world):
    """The list of the year, as the rules give it."""
    fund, at = world.funds["F1"], world.days_ago(LISTED, hour=10)
    on, first = at.date(), date(at.year, 1, 1)
    benefit = batches.benefit_of(fund, "elderly", first, on=on)
    listed = [one for one in due_people.candidates(fund, benefit, first, on=on) if one.is_on]
    about = dict(seen=batches.mark(listed), batch_id=world.new_id(), by=world.accounts["registrar"], at=at, on=on)
    return batches.begin(fund, benefit, first, **about)


def resolve(world, batch):
    """The last meeting grants all of it; one of the committee confirms on their own device."""
    held, by, second = last_sitting(world), world.accounts["registrar"], world.accounts["committee"]
    at = world.days_ago(LAST_SITTING, hour=12)
    seen = batch_decisions.mark(batch_decisions.of(batches.lines(batch), by).to_type)
    batch_decisions.propose(batch, held, seen=seen, by=by, at=at)
    seen = batch_decisions.mark(batch_decisions.of(batches.lines(batch), second).to_confirm)
    batch_decisions.confirm(batch, agrees=True, seen=seen, by=second, at=at)


def pay(world, batch):
    """Who came to the table is paid in cash, seen by the treasurer."""
    at, by = world.days_ago(PAID, hour=14), world.accounts["treasurer"]
    about = dict(source="1000-treasurer", on=at.date(), today=at.date(), ground="เงินผู้สูงอายุประจำปี", by=by, at=at)
    due = [one for one in batches.lines(batch) if one.is_due and not one.is_dead]
    for one in due[:AT_THE_TABLE]:
        batches.pay(one.payment, seen=Seen(by.name, at.date()), command_id=world.new_id(), **about)
