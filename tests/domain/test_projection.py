"""The register as a fold: what an approved entry moves, what it leaves, and what is asked."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.domain.register import payloads, projection

HOME = uuid.UUID(int=1)
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
BUNMA = {"id": "p1", "first_name": "บุญมา", "phone": "0815550142", "living_here": True, "present": True}
MALI = {"id": "p2", "first_name": "มาลี", "living_here": True}


def form(*people, number="45/2", outcome="interested", **more):
    return {"house": {"number": number}, "visit": {"outcome": outcome}, "people": list(people), **more}


def says(entry, payload, base=None, kind="household", **about):
    about = {"place": "C1", "moves": True, "recorded_at": "2026-11-22T09:00:00+07:00", **about}
    return projection.FOLDED[kind](
        entry=entry,
        kind=kind,
        subject=HOME,
        received_at=AT + timedelta(days=entry),
        base=base,
        payload=payload,
        **about,
    )


def fold(*submissions, choices=()):
    choices = dict(choices)
    approved = [(one, version, choices.get(one.entry, {})) for version, one in enumerate(submissions, 1)]
    return projection.project({}, approved)[HOME]


def asked(record, submission):
    return [change.path for change in projection.changes(record, submission) if change.is_asked]


def test_it_takes_a_new_household_whole():
    record = fold(says(1, form(BUNMA, MALI)))
    assert record.plain() == payloads.flatten(form(BUNMA, MALI))
    assert {held.entry for held in record.values.values()} == {1}
    assert (record.place, record.version) == ("C1", 1)


def test_it_moves_only_what_changed_to_the_new_entry():
    record = fold(says(1, form(BUNMA)), says(2, form(BUNMA | {"phone": "0895550177"}), base=1))
    assert record.values["people.p1.phone"] == projection.Value("0895550177", 2)
    assert record.values["people.p1.first_name"].entry == 1


def test_it_clears_what_the_revisit_no_longer_says():
    without = {name: value for name, value in BUNMA.items() if name != "phone"}
    assert fold(says(1, form(BUNMA)), says(2, form(without), base=1)).get("people.p1.phone") is None


def test_it_never_removes_a_person_who_is_not_in_the_form():
    record = fold(says(1, form(BUNMA, MALI)), says(2, form(BUNMA), base=1))
    assert record.get("people.p2.first_name") == "มาลี"


def test_it_keeps_everything_when_nobody_was_asked():
    record = fold(says(1, form(BUNMA)), says(2, {"house": {"number": "45/2"}, "visit": {"outcome": "absent"}}, base=1))
    assert record.get("people.p1.phone") == "0815550142"
    assert record.get("visit.outcome") == "absent"


def test_it_keeps_a_section_that_was_not_opened():
    applied = BUNMA | {"membership": "apply", "application": {"fund": "F1", "pledge": True}}
    record = fold(says(1, form(applied)), says(2, form(BUNMA | {"membership": "apply"}), base=1))
    assert record.get("people.p1.application.fund") == "F1"


def test_it_keeps_an_id_number_that_was_not_typed_again():
    known = BUNMA | {"id_kind": "thai_id", "id_number": "3900100123453"}
    again = BUNMA | {"id_kind": "thai_id"}
    assert fold(says(1, form(known)), says(2, form(again), base=1)).get("people.p1.id_number") == "3900100123453"
    none = BUNMA | {"id_kind": "none"}
    assert fold(says(1, form(known)), says(2, form(none), base=1)).get("people.p1.id_number") is None


def test_it_asks_only_where_base_and_register_and_entry_differ():
    record = fold(says(1, form(BUNMA)), says(2, form(BUNMA | {"phone": "022222222"}), base=1))
    late = says(3, form(BUNMA | {"phone": "033333333", "nickname": "มา"}, outcome="applied"), base=1)
    assert asked(record, late) == ["people.p1.phone"]
    assert asked(record, says(3, form(BUNMA | {"nickname": "มา"}), base=1)) == []
    assert asked(record, says(3, form(BUNMA | {"phone": "022222222"}), base=1)) == []


def test_it_takes_the_value_that_was_chosen():
    moved = says(1, form(BUNMA)), says(2, form(BUNMA | {"phone": "022222222"}), base=1)
    late = says(3, form(BUNMA | {"phone": "033333333"}), base=1)
    for choice, phone, entry in (("entry", "033333333", 3), ("register", "022222222", 2), ("base", "0815550142", 3)):
        held = fold(*moved, late, choices={3: {"people.p1.phone": choice}}.items()).values["people.p1.phone"]
        assert (held.value, held.entry) == (phone, entry)
    assert fold(*moved, late).get("people.p1.phone") == "022222222"


def test_it_asks_when_two_first_visits_disagree():
    record = fold(says(1, form(BUNMA)))
    assert asked(record, says(2, form(BUNMA | {"phone": "099999999"}), base=0)) == ["people.p1.phone"]


def test_a_second_visit_before_the_first_was_checked_begins_with_the_authors_own_words():
    first = says(1, form(BUNMA | {"nickname": "มา"}), author="somsri")
    record = fold(first)
    second = form(BUNMA | {"phone": "099999999"})
    assert asked(record, says(2, second, base=0, author="somsri")) == []
    assert asked(record, says(2, second, base=0, author="somchai")) == ["people.p1.phone"]
    assert asked(record, says(2, second, author="somsri")) == ["people.p1.phone"]
    taken = fold(first, says(2, second, base=0, author="somsri"))
    assert taken.get("people.p1.phone") == "099999999"
    assert taken.get("people.p1.nickname") is None


KNOWN = BUNMA | {"nickname": "มา", "birth_date": "1958-08-12", "id_kind": "thai_id", "id_number": "3900100123453"}
SHOWN = frozenset({"house.number", "people.p1.first_name", "people.p1.nickname", "people.p1.living_here"})


def from_kit(entry, person, **more):
    """What a form says that could show only names and house; `person` are the card's own words, None for an untouched one."""
    people = [person] if person else []
    return says(entry, {"house": {"number": "45/2"}, **more, "people": people}, base=1, shown=SHOWN)


def test_a_visit_filled_in_from_a_kit_and_left_alone_changes_nothing_but_the_visit():
    house = {"number": "45/2", "tenure": "owner", "floods": True}
    before = says(1, {**form(KNOWN, MALI, respondent={"person": "p1"}, notice={"how": "shown"}), "house": house})
    before.payload["visit"] = {"outcome": "not_ready", "revisit_on": "2026-11-30"}
    untouched = from_kit(2, None, visit={"outcome": "interested"})
    changes = {change.path: change.entry for change in projection.changes(fold(before), untouched)}
    assert changes == {"visit.outcome": "interested", "visit.revisit_on": None, "respondent.person": None}


def test_a_visit_from_a_kit_changes_what_it_says_and_clears_only_what_it_had_shown():
    known = says(1, form(KNOWN))
    own = {"id": "p1", "first_name": "บุญมา", "living_here": True, "present": True}
    record = fold(known, from_kit(2, own | {"phone": "0895550177"}, visit={"outcome": "interested"}))
    assert record.get("people.p1.phone") == "0895550177"
    assert record.get("people.p1.nickname") is None
    kept = {name: record.get(f"people.p1.{name}") for name in ("birth_date", "id_kind", "id_number")}
    assert kept == {name: KNOWN[name] for name in kept}


def test_a_year_of_birth_from_a_kit_never_takes_the_place_of_the_date():
    known = says(1, form(KNOWN))
    own = {"id": "p1", "first_name": "บุญมา", "nickname": "มา", "living_here": True, "present": True}
    for said, held in (("1958", "1958-08-12"), ("1959", "1959"), ("1958-09", "1958-09")):
        visit = from_kit(2, own | {"birth_date": said}, visit={"outcome": "interested"})
        assert fold(known, visit).get("people.p1.birth_date") == held
    exact = says(2, form(KNOWN | {"birth_date": "1958"}), base=1)
    assert fold(known, exact).get("people.p1.birth_date") == "1958"


def test_a_number_goes_when_a_kit_visit_finds_no_card():
    own = {"id": "p1", "first_name": "บุญมา", "nickname": "มา", "living_here": True, "id_kind": "none"}
    record = fold(says(1, form(KNOWN)), from_kit(2, own, visit={"outcome": "interested"}))
    assert (record.get("people.p1.id_kind"), record.get("people.p1.id_number")) == ("none", None)


def test_it_takes_health_only_with_consent_and_forgets_it_when_consent_is_withdrawn():
    health = {"health": {"groups": ["chronic"]}}
    consent = {"consent": {"health": True, "by": "self"}}
    path = "people.p1.health.groups"
    assert fold(says(1, form(BUNMA | health))).get(path) is None
    agreed = says(1, form(BUNMA | health | consent))
    assert fold(agreed).get(path) == ["chronic"]
    assert fold(agreed, says(2, form(BUNMA), base=1)).get(path) == ["chronic"]
    assert fold(agreed, says(2, form(BUNMA | {"consent": {"health": False}}), base=1)).get(path) is None


def test_it_puts_the_proposed_value_of_a_correction_in_place():
    first = says(1, form(BUNMA))
    payload = {"path": "people.p1.phone", "statement": "เบอร์ใหม่", "proposed": "0877777777"}
    assert fold(first, says(2, payload, kind="correction")).values["people.p1.phone"].value == "0877777777"
    only_said = {"path": "people.p1.phone", "statement": "ไม่ใช่เบอร์นี้"}
    assert fold(first, says(2, only_said, kind="correction")).plain() == fold(first).plain()


def test_it_says_nothing_for_an_erased_entry_and_keeps_the_versions():
    record = fold(says(1, form(BUNMA)), says(2, None, base=1))
    assert (record.version, record.get("people.p1.phone")) == (2, "0815550142")
    assert fold(says(1, None)).values == {}


def test_it_stays_in_its_place_when_the_entry_names_none():
    assert fold(says(1, form(BUNMA)), says(2, form(BUNMA), base=1, place="ZONE", moves=False)).place == "C1"


def test_it_remembers_who_spoke_for_themselves_and_when_people_were_first_named():
    record = fold(says(1, form(BUNMA, MALI)), says(2, form(BUNMA, MALI), base=1))
    assert record.met == {"p1"}
    assert record.named_at["p2"] == AT + timedelta(days=1)
    assert fold(says(1, form(MALI, respondent={"person": "p2"}))).met == {"p2"}


visits = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.sampled_from("abc"), unique=True, max_size=3),
        st.sampled_from(["0811111111", "0822222222", None]),
        st.sampled_from(["base", "register", "entry", None]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(visits)
def test_every_value_was_said_by_the_entry_it_names_or_chosen_there(sequence):
    approved = []
    for version, (base, people, phone, choice, erased) in enumerate(sequence, 1):
        cards = [{"id": person, "first_name": person, "phone": phone, "living_here": True} for person in people]
        payload = None if erased else form(*cards, number=str(version))
        picked = {f"people.{person}.phone": choice for person in people if choice}
        approved.append((says(version, payload, base=min(base, version - 1)), version, picked))
    record = projection.project({}, approved).get(HOME, projection.Record())
    said = {one.entry: one for one, _, _ in approved}
    for path, held in record.values.items():
        source = said[held.entry]
        assert source.payload is not None
        earlier = projection.project({}, approved[: held.entry - 1]).get(HOME, projection.Record())
        allowed = [source.values.get(path), *[past.get(path) for past in earlier.past.values()]]
        assert held.value in allowed
    assert projection.project({}, approved) == projection.project({}, list(approved))
