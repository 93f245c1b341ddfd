"""A community of many houses whose members owe, for stories of a whole day; and what a finger does, counted as the browser sees it."""

import uuid
from datetime import timedelta

import db
from bench import grow
from db.models import Fund
from pwa import demo, web
from pwa.demo import families
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.review import admissions
from pwa.domain.text.dates import BANGKOK

AGO = timedelta(days=40)
COUNTED = """
  addEventListener("click", (event) => {
    if (!event.isTrusted || event.target.closest("label")?.control && event.target !== event.target.closest("label").control) return;
    sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
  }, { capture: true });
"""
"""A tap is what a person does: not what a script clicks, and of a label and its box only one."""


def settled(village, houses, place="C01"):
    """So many houses more in a community: each was recorded and let in forty days ago, with a grown-up who is to pay monthly."""
    with village.office():
        at = web.system_clock() - AGO
        world = demo.Village(at)
        world.chance.seed(houses)
        phone = Phone(accounts.named("volunteer"), at=at)
        signature = phone.picture(grow.SIGNATURE.read_bytes(), "signature", at=at)
        entries = []
        for number in range(houses):
            said = payload(world, number, at)
            about = dict(place=place, subject=uuid.uuid5(accounts.named("volunteer").id, str(number)), at=at)
            entries.append(phone.record("household", said, pictures=grow.sign(said, signature), **about))
        assert {one.outcome for one in entries} == {"received"}, {one.reason for one in entries}
        with db.database.atomic():
            grow.in_bulk(entries, by=accounts.named("zone-leader"), at=at)
        let_in(at)


def payload(world, number, at):
    """A house of which the head alone applies."""
    on = at.astimezone(BANGKOK).date()
    said = families.household(world, number=f"9{number + 1:03}", fund="F1", join=0, on=on)
    head = said["people"][0]
    asked = families.application(world, head, said["people"], "F1", on) | {"plan": "monthly"}
    head |= {"membership": "apply", "application": asked, "first_name": f"{head['first_name']}{number}"}
    said["visit"]["outcome"] = "applied"
    return said


def let_in(at):
    fund, on = Fund.get(Fund.code == "F1"), at.astimezone(BANGKOK).date()
    asked = [one for one in admissions.waiting(fund) if one.kind == "new" and one.applied_on <= on]
    waiting = [one for one in asked if one.house.startswith("9")]
    about = {"board": "9", "meeting": "1", "resolved_on": on}
    admissions.resolve(fund, waiting, accepted=True, by=accounts.named("registrar"), at=at, **about)


def counted(phone):
    """From its next page on, the phone counts taps."""
    phone.scripts.append(COUNTED)
    phone.context.add_init_script(COUNTED)
    return phone


def taps(phone):
    return phone.page.evaluate("() => Number(sessionStorage.taps ?? 0)")
