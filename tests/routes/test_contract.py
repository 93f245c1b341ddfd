"""The contract's own words: the published example goes all the way from a phone to the register with an empty form."""

import json
import uuid

import jsonschema_rs

from db.models import Household
from pwa import web
from pwa.domain.custody import entries, states
from pwa.domain.custody.phones import Phone
from pwa.domain.register import register


def published(client, form="household@1"):
    return client.get(f"/forms/{form}.json").get_json()


def send_example(client_as, **about):
    client = client_as("volunteer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    line = phone.line("household", published(client)["examples"][0], at=web.system_clock(), **about)
    answer = client.post("/sync/entries", data=line + b"\n", headers={"Content-Type": "application/x-ndjson"})
    receipt = json.loads(answer.data.splitlines()[0])
    assert receipt["outcome"] == "received"
    return entries.find(uuid.UUID(receipt["id"]))


def test_the_schemas_are_public_thai_and_have_examples_that_fit(client):
    for form in ("household@1", "correction@1"):
        schema = published(client, form)
        jsonschema_rs.meta.validate(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert all(jsonschema_rs.Draft202012Validator(schema).is_valid(example) for example in schema["examples"])
        assert all("title" in part for part in properties(schema)), form
    assert client.get("/forms/nothing@1.json").status_code == 404


def properties(schema):
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "properties":
                yield from part.values()
            yield from properties(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from properties(part)


def test_the_example_is_approved_with_an_empty_form(client_as):
    entry = send_example(client_as)
    leader = client_as("zone-leader")
    assert leader.get(f"/review/{entry.entry_id}").status_code == 200
    assert leader.post(f"/review/{entry.entry_id}/approval").status_code == 303
    assert states.of(entry) == "approved"
    subject = entries.opening(entry).subject
    assert Household.get_by_id(subject).version == 1
    assert register.record(subject)["house"] == published(leader)["examples"][0]["house"]


def test_deciding_again_is_harmless_and_another_decision_is_refused(client_as):
    entry = send_example(client_as)
    leader = client_as("zone-leader")
    for _ in range(2):
        assert leader.post(f"/review/{entry.entry_id}/approval").status_code == 303
    refused = leader.post(f"/review/{entry.entry_id}/rejection", data={"reason": "เปลี่ยนใจ"})
    assert refused.status_code == 422
    assert "บุญมี" in refused.text


def test_a_return_needs_words_and_reaches_the_author(client_as):
    entry = send_example(client_as)
    leader = client_as("zone-leader")
    assert leader.post(f"/review/{entry.entry_id}/return").status_code == 422
    said = {"reason": "ดูอีกครั้ง", "comment.house.number": "เลขไหนแน่"}
    assert leader.post(f"/review/{entry.entry_id}/return", data=said).status_code == 303
    client = client_as("volunteer")
    mine = next(e for e in client.get("/sync/status").get_json()["entries"] if e["id"] == str(entry.entry_id))
    assert (mine["state"], mine["reason"], mine["comments"]) == ("returned", "ดูอีกครั้ง", {"house.number": "เลขไหนแน่"})


def test_a_replacement_takes_the_place_of_a_returned_entry(client_as):
    first = send_example(client_as)
    leader = client_as("zone-leader")
    leader.post(f"/review/{first.entry_id}/return", data={"reason": "ดูอีกครั้ง"})
    subject = entries.opening(first).subject
    second = send_example(client_as, replaces=first.entry_id, subject=subject)
    assert (states.of(first), states.of(second)) == ("replaced", "received")
    refused = leader.post(f"/review/{first.entry_id}/approval")
    assert refused.status_code == 422
    assert str(second.entry_id) in refused.text
    assert leader.post(f"/review/{second.entry_id}/approval").status_code == 303


def test_replacing_an_approved_entry_is_a_revisit(client_as):
    first = send_example(client_as)
    leader = client_as("zone-leader")
    leader.post(f"/review/{first.entry_id}/approval")
    subject = entries.opening(first).subject
    second = send_example(client_as, replaces=first.entry_id, subject=subject)
    assert states.of(first) == "approved"
    assert entries.opening(second).base_version == 1
    assert leader.post(f"/review/{second.entry_id}/approval").status_code == 303
    assert register.version(subject) == 2


def test_somebody_elses_entry_cannot_be_replaced(client_as):
    first = send_example(client_as)
    client = client_as("volunteer-2")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    line = phone.line("household", published(client)["examples"][0], at=web.system_clock(), replaces=first.entry_id)
    answer = client.post("/sync/entries", data=line, headers={"Content-Type": "application/x-ndjson"})
    receipt = json.loads(answer.data.splitlines()[0])
    assert receipt["outcome"] == "quarantined"
    assert entries.find(uuid.UUID(receipt["id"])).reason == "replaces_other"
    assert states.of(first) == "received"


def test_of_two_replacements_the_later_seat_counts(client_as):
    client = client_as("volunteer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    example, at = published(client)["examples"][0], web.system_clock()
    subject = uuid.uuid4()
    first = phone.record("household", example, at=at, subject=subject)
    lines = [phone.line("household", example, at=at, subject=subject, replaces=first.entry_id) for _ in range(2)]
    for line in reversed(lines):
        phone.send([line], at=at)
    early, late = (entries.find(uuid.UUID(json.loads(line)["id"])) for line in lines)
    assert [states.of(row) for row in (first, early, late)] == ["replaced", "replaced", "received"]


def test_a_replacement_that_arrives_first_waits_for_what_it_replaces(client_as):
    client = client_as("volunteer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    example, at, subject = published(client)["examples"][0], web.system_clock(), uuid.uuid4()
    old = uuid.uuid4()
    lines = [
        phone.line("household", example, at=at, subject=subject, entry_id=old),
        phone.line("household", example, at=at, subject=subject, replaces=old),
    ]
    for line in reversed(lines):
        phone.send([line], at=at)
    assert states.of(entries.find(old)) == "replaced"


def test_health_says_ok(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.get_json()) == (200, {"ok": True})
