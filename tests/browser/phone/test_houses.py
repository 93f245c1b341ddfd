"""What the phone knows of houses from its own entries, where each stands in the round, and how the next visit begins."""

from datetime import date, timedelta

import pytest

from tests.sent_out import WAITS_FOR

CALL = """async ([module, verb, ...given]) => {
  const loaded = await import(moduleOf(module));
  return loaded[verb](...given.filter((one) => one !== null)).then((value) => value, (error) => error.code ?? `${error}`);
}"""
SAVE = """async (entry) => (await (await import(moduleOf("outbox"))).add(
  { kind: "household", form: "household@1", place: "C01", ...entry })).id"""
GROUPED = """async ([houses, people, about]) => {
  const { grouped } = await import(moduleOf("round-groups"));
  const given = { today: "2026-11-22", dayOf: () => "2026-11-22", drafts: new Set(about.drafts), returned: new Map(about.returned) };
  const groups = grouped({ households: houses, people }, given);
  return Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, list.map(({ house, why, href }) => [house.id, why, href])]));
}"""
MEANT = """async ([entry, payload]) => {
  const { meant } = await import(moduleOf("revisits"));
  return meant(entry)({ payload, blobs: [] }).payload;
}"""
HOME = "0199f0a1-0000-4000-8000-000000000001"
BUNMA, MALI = "0199f0a1-0000-4000-8000-00000000000a", "0199f0a1-0000-4000-8000-00000000000b"


def person(local_id, name, **more):
    return {"id": local_id, "first_name": name, "living_here": True, **more}


def visit(*people, outcome="interested", number="45/2"):
    return {"house": {"number": number}, "visit": {"outcome": outcome}, "people": list(people)}


def known(page, subject=None):
    return page.evaluate(CALL, ["houses", "known", subject])


def test_a_house_is_known_from_its_saving_on_and_a_corrected_entry_counts_no_more(ready):
    first = ready.evaluate(SAVE, {"subject": HOME, "payload": visit(person(BUNMA, "บุนมา"))})
    ready.evaluate(
        SAVE, {"subject": HOME, "payload": visit(person(BUNMA, "บุญมา", birth_date="1958-08-12")), "replaces": first}
    )
    kept = known(ready)
    assert kept["at"] is None
    [house], [bunma] = kept["households"], kept["people"]
    assert (house["version"], house["kit"], len(house["own"])) == (0, None, 1)
    assert (bunma["name"]["first_name"], bunma["born"], bunma["household"], bunma["house"]) == (
        "บุญมา",
        1958,
        HOME,
        "45/2",
    )


def test_an_earlier_last_name_finds_its_bearer_again(ready):
    """As at the office: somebody who is typed with the name of before is taken for the one who has another today."""
    ready.evaluate(
        SAVE, {"subject": HOME, "payload": visit(person(BUNMA, "บุญมา", last_name="ใจงาม", old_last_names=["แก้วดี"]))}
    )
    people = known(ready)["people"]
    typed = {"first_name": "บุญมา", "last_name": "แก้วดี", "old_last_names": []}
    [found] = ready.evaluate(
        "async ([people, typed]) => (await import(moduleOf('likeness'))).likeness(people, typed)",
        [people, typed],
    )
    assert found["reasons"] == ["first", "old_last"]


def test_a_visit_that_found_nobody_leaves_the_people_and_comes_again(ready):
    ready.evaluate(SAVE, {"subject": HOME, "payload": visit(person(BUNMA, "บุญมา"))})
    ready.evaluate(SAVE, {"subject": HOME, "payload": visit(outcome="absent"), "base": {"version": 0}})
    [house] = known(ready)["households"]
    assert (house["visit"]["outcome"], house["people"]) == ("absent", [BUNMA])


def test_the_next_visit_begins_with_the_own_words_and_waits_for_them(ready):
    bunma = person(BUNMA, "บุญมา", id_kind="thai_id", id_number="3900100123453", present=True, consent={"health": False})
    gone = person(MALI, "มาลี", gone="moved")
    ready.evaluate(SAVE, {"subject": HOME, "payload": visit(bunma, gone)})
    opening = ready.evaluate(CALL, ["revisits", "opening", HOME])
    assert opening["entry"] == {"subject": HOME, "base": {"version": 0}, "replaces": None}
    assert opening["payload"] == {"house": {"number": "45/2"}, "people": [person(BUNMA, "บุญมา", id_kind="thai_id")]}
    assert (opening["place"], opening["known"]) == ("C01", [BUNMA])
    assert ready.evaluate(CALL, ["revisits", "opening", MALI]) == "missing"


def test_somebody_else_on_this_phone_knows_nothing_of_it(ready):
    ready.evaluate(SAVE, {"subject": HOME, "payload": visit(person(BUNMA, "บุญมา"))})
    ready.evaluate(
        """async () => (await import(moduleOf("keys"))).remember({ account: crypto.randomUUID(), name: "อื่น" })"""
    )
    assert known(ready)["households"] == []


FROM_KIT = {"id": BUNMA, "first_name": "บุญมา", "birth_date": "1958", "living_here": True}
ENTRY = {
    "base": {"version": 3, "shown": ["house.number", f"people.{BUNMA}.first_name", f"people.{BUNMA}.living_here"]},
    "record": {"people": [FROM_KIT, {"id": MALI, "first_name": "มาลี", "living_here": True}]},
}


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ({}, None),
        ({"phone": "0815550142"}, {"first_name": "บุญมา", "living_here": True, "phone": "0815550142"}),
        ({"birth_date": "1959"}, {"first_name": "บุญมา", "living_here": True, "birth_date": "1959"}),
        (
            {"membership": "apply"},
            {"first_name": "บุญมา", "living_here": True, "birth_date": "1958", "membership": "apply"},
        ),
    ],
)
def test_only_who_was_touched_is_sent_and_no_year_that_stood_there(page, said, sent):
    mali = {"id": MALI, "first_name": "มาลี", "living_here": True}
    payload = page.evaluate(MEANT, [ENTRY, {"house": {"number": "45/2"}, "people": [FROM_KIT | said, mali]}])
    assert payload == {"house": {"number": "45/2"}, "people": [{"id": BUNMA, **sent}] if sent else []}


def test_who_answered_is_sent_too(page):
    payload = {
        "respondent": {"person": MALI},
        "people": [FROM_KIT, {"id": MALI, "first_name": "มาลี", "living_here": True}],
    }
    assert [one["id"] for one in page.evaluate(MEANT, [ENTRY, payload])["people"]] == [MALI]


@pytest.mark.parametrize("about, days, todo", WAITS_FOR)
def test_the_phone_says_what_is_to_be_done_on_its_own_day(page, about, days, todo):
    """The kit need not come again for it."""
    about = {"on": "2026-11-20", "revisit_on": None, **about}
    today = (date(2026, 11, 20) + timedelta(days=days)).isoformat()
    script = "async (asked) => (await import(moduleOf('round-groups'))).todoOf(...asked)"
    assert page.evaluate(script, [{"visit": about}, today]) == todo


def house(name, own=(), outcome="interested", on="2026-11-01"):
    return {"id": name, "visit": {"on": on, "outcome": outcome}, "own": list(own)}


def test_every_house_has_its_place_in_the_round(page):
    saved = {"record": {"id": "e1", "saved": 1, "state": "queued", "status": None}}
    sent = {"record": {"id": "e2", "saved": 1, "state": "sent", "status": {"state": "approved"}}}
    houses = [
        house("stale", on="2026-05-01"),
        house("calm"),
        house("nobody", outcome="not_ready"),
        house("away", outcome="absent"),
        house("refused", outcome="refused"),
        house("saved", own=[saved], on="2026-11-22"),
        house("sent", own=[sent], on="2026-11-22"),
        house("away-again", own=[saved], outcome="absent", on="2026-11-22"),
        house("back"),
        house("begun"),
        house("elsewhere", on="2026-11-22"),
    ]
    lived_in = ("stale", "calm", "saved", "sent", "away-again", "back", "elsewhere")
    living = [{"id": name, "household": name} for name in lived_in]
    around = {"drafts": ["begun"], "returned": [["back", {"id": "e9", "reason": "ดูปีเกิด"}]]}
    groups = page.evaluate(GROUPED, [houses, living, around])
    again = "/households/new#revisit="
    assert groups == {
        "fresh": [
            ["nobody", "new", f"{again}nobody"],
            ["away", "absent", f"{again}away"],
            ["begun", "draft", "/households/new#draft=begun"],
        ],
        "again": [
            ["stale", "stale", f"{again}stale"],
            ["away-again", "absent", f"{again}away-again"],
            ["back", "returned", "/households/new#returned=e9"],
        ],
        "done": [
            ["saved", "queued", "/saved#e1"],
            ["sent", "approved", "/saved#e2"],
            ["elsewhere", "visited", f"{again}elsewhere"],
        ],
        "rest": [["calm", "visited", f"{again}calm"], ["refused", "refused", f"{again}refused"]],
    }
