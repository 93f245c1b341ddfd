"""The field kit at 1,000 and 10,000 people: what it weighs, how soon it opens, and how soon a name is found at each keystroke."""

import gzip
import random
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

import db
from bench.naming import FIRST, SECOND, THIRD
from db.models import Household, Person, Unit
from pwa import web
from pwa.domain.fieldwork import assignments, kits
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.text import thai
from tests.browser.phones import CHROMIUM, Phone
from tests.browser.stories import call, office

SIZES = (1_000, 10_000)
HOUSE = 4
OPEN = """async () => {
  const [kit, search] = await Promise.all(["kit", "search"].map((name) => import(moduleOf(name))));
  const start = performance.now();
  search.index(await kit.open());
  return performance.now() - start;
}"""
TYPE = """async (words) => {
  const [kit, search] = await Promise.all(["kit", "search"].map((name) => import(moduleOf(name))));
  const opened = await kit.open();
  const took = [];
  for (const word of words) for (let end = 1; end <= word.length; end += 1) {
    const start = performance.now();
    search.find(opened, word.slice(0, end));
    took.push(performance.now() - start);
  }
  return took;
}"""
COMPARE = """async (words) => {
  const [kit, search] = await Promise.all(["kit", "search"].map((name) => import(moduleOf(name))));
  const { people } = await kit.open();
  const took = [];
  for (const word of words) for (let end = 1; end <= word.length; end += 1) {
    const start = performance.now();
    search.likeness(people, { first_name: word.slice(0, end), last_name: "สมชัยงาม", house: "12", born: 1958 });
    took.push(performance.now() - start);
  }
  return took.slice(1);
}"""


def measure(server):
    """(what, figure, budget) for a community of each size, on a phone at a quarter of its speed."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for people in SIZES:
            settle(server, people)
            yield from weigh(server, people)
            phone = Phone(playwright, server.origin, Path(folder) / f"profile-{people}", browser=CHROMIUM)
            phone.enrol(server.invite("volunteer"))
            phone.worker_ready()
            yield from carry(phone, people)
            phone.close()


def settle(server, people):
    """A community of so many people that the volunteer is sent to; rows alone, as the register would hold them."""
    chance, at = random.Random(people), web.system_clock()
    with office(server), db.database.atomic():
        zone = units.get("Z1")
        place = Unit.create(code=f"K{people}", kind="community", name=f"ชุมชน {people:,} คน", network_parent=zone)
        homes = [uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(people // HOUSE)]
        houses = [house_row(one, number, place, at) for number, one in enumerate(homes)]
        Household.insert_many(houses).execute()
        rows = [person_row(homes[n // HOUSE], n, chance) for n in range(people)]
        for start in range(0, people, 500):
            Person.insert_many(rows[start : start + 500]).execute()
        days = {"starts_on": at.date(), "ends_on": at.date() + timedelta(days=9), "at": at, "on": at.date()}
        assignments.give(accounts.named("volunteer"), [place], by=accounts.named("zone-leader"), **days)


def house_row(home, number, place, at):
    text = f"{number}/{number % 5}" if number % 3 else f"{number}"
    about = {"outcome": "interested", "visited_at": f"{at:%Y-%m-%d}T09:00:00+07:00"}
    return {"id": home, "place": place, "version": 1, "number": text, "sort_key": thai.sort_key(text), **about}


def person_row(home, n, chance):
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "household": home,
        "local_id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "title": chance.choice(["นาย", "นาง", "นางสาว"]),
        "first_name": chance.choice(FIRST) + chance.choice(SECOND),
        "last_name": chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(THIRD),
        "nickname": chance.choice(SECOND),
        "birth_date": f"{chance.randrange(1940, 2020)}-08-12",
        "relation": "relative" if n % HOUSE else "head",
        "id_last4": f"{n % 10_000:04d}",
    }


def weigh(server, people):
    at = web.system_clock()
    with office(server):
        answer = kits.download(accounts.named("volunteer"), on=at.date(), at=at)
    text = kits.as_json(answer).encode()
    yield f"{people:,} people: raw", f"{len(text) // 1000} kB", "≤ 1,000 kB" if people == 1_000 else ""
    yield f"{people:,} people: on the wire, gzip", f"{len(gzip.compress(text, 5)) // 1000} kB", ""


def carry(phone, people):
    held = call(phone, "kit", "prepare")
    assert held["people"] == people
    is_thousand = people == 1_000
    yield f"{people:,} people: on the phone, sealed", f"{held['bytes'] // 1000} kB", "≤ 1,000 kB" if is_thousand else ""
    call(phone, "kit", "unlock")
    phone.page.reload()
    slow = phone.context.new_cdp_session(phone.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    yield (
        f"{people:,} people: opens, 4x CPU",
        f"{phone.page.evaluate(OPEN):.0f} ms",
        "≤ 1,000 ms" if is_thousand else "",
    )
    words = ["นก", "สมชาย ใจ", "บุญศรี", "นางสาวรัตนลักษณ์", "45/2", "๑๒", "รัตนพงษ์ สมหญิง"]
    took = sorted(phone.page.evaluate(TYPE, words))
    yield (
        f"{people:,} people: a keystroke, slowest of {len(took)}, 4x CPU",
        f"{took[-1]:.0f} ms",
        "≤ 100 ms" if is_thousand else "",
    )
    took = sorted(phone.page.evaluate(COMPARE, ["สมชาย", "รัตนลักษณ์"]))
    yield f"{people:,} people: who may be the same, slowest of {len(took)}, 4x CPU", f"{took[-1]:.0f} ms", ""
