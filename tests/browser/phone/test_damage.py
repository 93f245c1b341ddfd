"""What was damaged on the phone is never sent as it is: it is set aside, said, and sealed again from the own copy, once."""

import json

import pytest

from tests.browser.phone.scripts import ADD, ADD_MANY, BLOBS, COUNTS, ENTRY, FLUSH, LINES, LIST, META, PHOTO, REFUSED

DAMAGE = """async (id) => {
  const { change } = await import(moduleOf("store"));
  await change("outbox", id, (record) => ({ ...record, line: record.line.replace(/"ct":"(.)/, (all, one) => `"ct":"${one === "A" ? "B" : "A"}`) }));
}"""
NO_COPY = """async (id) => (await import(moduleOf("store"))).remove("copies", id)"""
REPAIR = """async (id) => (await import(moduleOf("repair"))).repair(id)"""
DAMAGE_PHOTO = """async (hash) => {
  const { change } = await import(moduleOf("store"));
  await change("blobs", hash, (blob) => ({ ...blob, sealed: blob.sealed.slice(0, -1) }));
}"""
KEYS = ("id", "author", "device", "seq", "prev")


@pytest.mark.parametrize("seq", [2, 3], ids=["between", "head"])
def test_a_line_that_never_arrived_is_sealed_again_for_its_own_seat(ready, office, seq):
    saved = [ready.evaluate(ADD, ENTRY) for _ in range(3)]
    before = json.loads(ready.evaluate(LINES)[seq - 1])
    ready.evaluate(DAMAGE, before["id"])
    assert ready.evaluate(FLUSH)["sent"] == 2
    aside = next(entry for entry in ready.evaluate(LIST) if entry["state"] == "aside")
    assert (aside["id"], aside["why"]) == (before["id"], "damaged")
    assert all(json.loads(line)["seq"] != seq for line in office.lines.values()), "no damaged byte left the phone"
    assert ready.evaluate(REPAIR, before["id"]) == {"id": before["id"], "seq": seq}
    assert ready.evaluate(FLUSH)["sent"] == 1
    after = json.loads(ready.evaluate(LINES)[seq - 1])
    assert [after[name] for name in KEYS] == [before[name] for name in KEYS] and after["ct"] != before["ct"]
    assert {plain["payload"]["house"]["number"] for plain in office.plaintexts()} == {"45/2"}
    assert office.status()["seen_through"] == 3 and ready.evaluate(COUNTS)["aside"] == 0
    ready.evaluate(ADD, ENTRY)
    last = json.loads(ready.evaluate(LINES)[3])
    assert last["seq"] == 4 and last["prev"] == ready.evaluate(LIST)[1]["sha256"]
    ready.evaluate(FLUSH)
    assert len(office.lines) == 4 and len(saved) == 3


def test_one_that_arrived_before_it_was_damaged_becomes_a_new_entry_in_its_place(ready, office):
    ready.evaluate(ADD_MANY, [2, ENTRY])

    def lost(desk, lines):
        for line in lines:
            office.receive(line)
        desk.reset()

    office.always = lost
    ready.evaluate(FLUSH)
    office.always = None
    first = json.loads(ready.evaluate(LINES)[0])
    office.entries = [{"id": first["id"], "number": 1, "state": "received", "kind": "household"}]
    ready.evaluate(DAMAGE, first["id"])
    ready.evaluate(FLUSH)
    said = ready.evaluate(REPAIR, first["id"])
    assert said["seq"] == 3 and said["id"] != first["id"]
    ready.evaluate(FLUSH)
    assert [plain["replaces"] for plain in office.plaintexts()] == [None, None, first["id"]]
    assert [entry["state"] for entry in ready.evaluate(LIST)] == ["sent", "sent"]
    assert office.status()["seen_through"] == 3


def test_it_is_not_sealed_again_before_the_server_has_spoken(ready, office):
    saved = ready.evaluate(ADD, ENTRY)
    ready.evaluate(DAMAGE, saved["id"])
    ready.evaluate(FLUSH)
    office.down_for = "/sync/status"
    assert ready.evaluate(REFUSED, ["repair", "repair", saved["id"]]) == "no-answer"
    office.down_for = None
    ready.evaluate(NO_COPY, saved["id"])
    assert ready.evaluate(REFUSED, ["repair", "repair", saved["id"]]) == "missing"
    assert ready.evaluate(COUNTS)["aside"] == 1 and ready.evaluate(META, "chain")["seq"] == 1


def test_a_damaged_photo_is_set_aside_and_counted_at_its_entry(ready, office):
    photo = ready.evaluate(PHOTO, "house")
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    ready.evaluate(DAMAGE_PHOTO, photo["sha256"])
    ready.evaluate(FLUSH)
    assert not office.blobs and [(one["state"], one["why"]) for one in ready.evaluate(BLOBS)] == [("aside", "damaged")]
    assert ready.evaluate(LIST)[0]["blobs"] == {"all": 1, "waiting": 0, "refused": 0, "damaged": 1}
