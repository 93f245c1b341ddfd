"""A payload and its paths say the same."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.domain.register import payloads

PAYLOAD = {
    "house": {"number": "45/2", "floods": True, "location": {"lat": 7.1, "lng": 100.4, "accuracy_m": 12}},
    "visit": {"outcome": "applied"},
    "people": [
        {
            "id": "p1",
            "first_name": "บุญมา",
            "application": {"fund": "F1", "beneficiaries": [{"id": "b1", "name": "มาลี", "share": 70}]},
            "groups": ["savings", "baac"],
        },
        {"id": "p2", "name_unknown": True},
    ],
    "evidence": [{"blob": "ab" * 32, "role": "house"}],
}

words = st.text("กขาิ่ .🙂x0\u200b", min_size=1, max_size=8)
scalars = words | st.booleans() | st.integers(0, 9999) | st.lists(words, min_size=1, max_size=3)
names = st.sampled_from(["name", "phone", "floods", "share", "groups"])
fields = st.dictionaries(names, scalars, min_size=1, max_size=4)


def items(name, contents):
    named = st.tuples(st.uuids().map(str), contents).map(lambda pair: {name: pair[0]} | pair[1])
    return st.lists(named, min_size=1, max_size=3, unique_by=lambda item: item[name])


beneficiaries = st.fixed_dictionaries({}, optional={"beneficiaries": items("id", fields)})
person = st.builds(lambda own, more: own | more, fields, beneficiaries)
a_payload = st.fixed_dictionaries(
    {}, optional={"house": fields, "visit": fields, "people": items("id", person), "evidence": items("blob", fields)}
)


def test_it_names_every_value_by_its_path():
    assert payloads.flatten(PAYLOAD) == {
        "house.number": "45/2",
        "house.floods": True,
        "house.location": {"lat": 7.1, "lng": 100.4, "accuracy_m": 12},
        "visit.outcome": "applied",
        "people.p1.first_name": "บุญมา",
        "people.p1.application.fund": "F1",
        "people.p1.application.beneficiaries.b1.name": "มาลี",
        "people.p1.application.beneficiaries.b1.share": 70,
        "people.p1.groups": ["savings", "baac"],
        "people.p2.name_unknown": True,
        f"evidence.{'ab' * 32}.role": "house",
    }


def test_it_brings_the_payload_back():
    assert payloads.unflatten(payloads.flatten(PAYLOAD)) == PAYLOAD


@settings(max_examples=60, deadline=None)
@given(a_payload)
def test_it_is_a_round_trip_for_any_payload(payload):
    flat = payloads.flatten(payload)
    assert payloads.unflatten(flat) == payload
    assert json.loads(json.dumps(flat)) == flat


def test_it_leaves_out_what_is_empty():
    empty = {"house": {"number": "", "lane": None}, "people": [{"id": "p1", "health": {"groups": []}, "phone": ""}]}
    assert payloads.flatten(empty) == {}


def test_it_survives_paths_that_run_through_each_other():
    assert payloads.unflatten({"house": "x", "house.number": "1"}) == {"house": "x"}


def test_it_keeps_a_list_without_names_as_one_value():
    assert payloads.flatten({"people": ["odd", {"id": ""}]}) == {"people": ["odd", {"id": ""}]}


def test_it_knows_whom_a_path_is_about():
    assert payloads.person_of("people.p1.birth_date") == "p1"
    assert payloads.person_of("house.number") is None
    assert payloads.people(payloads.flatten(PAYLOAD)) == ["p1", "p2"]


def test_it_knows_what_is_sensitive():
    assert payloads.is_health("people.p1.health.groups")
    assert payloads.is_health("people.p1.consent.health")
    assert not payloads.is_health("people.p1.benefits")
