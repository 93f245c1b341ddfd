"""The desk's groups at its door: a revoked phone that goes on sending, put aside with one reason; and accepting as."""

import re
import uuid

import pytest

from db.models import Account, Aside, Entry, Unit
from pwa import web
from pwa.domain.custody import states
from pwa.domain.people import accounts, devices
from tests.sync import line, post, reason, receipts

WHY = {"reason": "เครื่องเก่าที่เลิกใช้ ลองส่งเล่น"}


def text_of(tree):
    return re.sub(r"\s+", " ", "".join(tree.find(".//main").itertext()))


def links(tree):
    return [link.get("href") for link in tree.iter("a") if link.get("href", "").startswith("/quarantine/")]


@pytest.fixture
def group(phone, client_as):
    """Twelve lines of a revoked phone: the form that puts them aside."""
    at = web.system_clock()
    devices.revoke(phone.device.id, by=accounts.named("admin"), at=at, reason="หาย")
    answers, _ = receipts(post(phone.client, *(line(phone) for _ in range(12))))
    assert {reason(answer) for answer in answers} == {"revoked_device"}
    return {"device": str(phone.device.id), "kind": "revoked_device"}


def waiting(group):
    return [row for row in Entry.select().where(Entry.device == group["device"]) if states.of(row) == "quarantined"]


def test_a_group_is_read_page_by_page(client_as, page, group):
    leader = client_as("zone-leader")
    index = page("/quarantine", leader)
    assert "12 รายการ" in text_of(index)
    address = f"/quarantine?device={group['device']}&kind=revoked_device"
    assert address in [link.get("href") for link in index.iter("a")]
    first = page(address, leader)
    [onward] = [link.get("href") for link in first.iter("a") if "after=" in link.get("href", "")]
    second = page(onward, leader)
    assert (len(links(first)), len(links(second))) == (8, 4)
    assert "สมหญิง ดีพร้อม" in text_of(first)


def test_it_is_put_aside_as_a_whole_with_a_reason_once(client_as, page, group):
    leader = client_as("zone-leader")
    for empty in ({}, {"reason": " "}):
        assert leader.post("/quarantine/asides", data=group | empty).status_code == 422
    assert len(waiting(group)) == 12
    for _ in range(2):
        answer = leader.post("/quarantine/asides", data=group | WHY)
        assert (answer.status_code, answer.location) == (303, "/quarantine")
    assert waiting(group) == []
    assert Aside.select().where(Aside.reason == WHY["reason"]).count() == 12
    refused = client_as("registrar").post("/quarantine/asides", data=group | WHY)
    assert refused.status_code == 422
    page(f"/quarantine?device={group['device']}&kind=revoked_device", leader)


def test_what_came_after_the_page_was_read_waits_on(phone, client_as, page, group):
    leader = client_as("zone-leader")
    tree = page(f"/quarantine?device={group['device']}&kind=revoked_device", leader)
    form = {field.get("name"): field.get("value") for field in tree.iter("input") if field.get("type") == "hidden"}
    receipts(post(phone.client, line(phone)))
    assert leader.post("/quarantine/asides", data=form | WHY).status_code == 303
    assert len(waiting(group)) == 1


def test_another_zones_leader_finds_no_group(client_as, group):
    other = client_as("other-zone-leader")
    assert group["device"] not in other.get("/quarantine").text
    assert other.post("/quarantine/asides", data=group | WHY).status_code == 404
    for wrong in ({"device": "x"}, {"device": str(uuid.uuid4())}, {"kind": "nothing"}):
        assert client_as("registrar").post("/quarantine/asides", data=group | wrong | WHY).status_code == 404
    assert len(waiting(group)) == 12
    for address in (
        "/quarantine?device=x&kind=fork",
        f"/quarantine?device={uuid.uuid4()}&kind=x",
        "/quarantine?after=x",
    ):
        assert other.get(address).status_code == 200


def test_an_unknown_persons_entry_is_accepted_as_somebodys(phone, client_as, page):
    phone.account = Account(id=uuid.uuid4())
    answers, _ = receipts(post(phone.client, line(phone, place="C01")))
    assert reason(answers[0]) == "unknown_author"
    leader, address = client_as("zone-leader"), f"/quarantine/{answers[0]['id']}"
    tree = page(address, leader)
    offered = [o.text for o in tree.find(".//select[@name='author']").iter("option")]
    assert "อนงค์ สุขเกษม" in offered and "บุญมี แสนสุข" not in offered
    form = WHY | {"author": str(accounts.named("volunteer-2").id), "place": "C02"}
    for _ in range(2):
        assert leader.post(f"{address}/acceptance", data=form).status_code == 303
    [made] = Entry.select().where(Entry.device == devices.DESK)
    assert (made.author, states.of(made)) == (accounts.named("volunteer-2").id, "received")
    assert f"{made.number}" in text_of(page(address, leader))
    assert page(f"/review/{made.entry_id}", client_as("zone-leader")) is not None
    status = client_as("volunteer-2").get("/sync/status").get_json()
    assert str(made.entry_id) in {entry["id"] for entry in status["entries"]}


def test_the_same_id_with_other_bytes_is_shown_beside_the_first_and_accepted(phone, client_as, page):
    entry_id, subject = uuid.uuid4(), uuid.uuid4()
    lines = [line(phone, entry_id=entry_id, subject=subject, place="C01") for _ in range(2)]
    answers, _ = receipts(post(phone.client, *lines))
    assert [answer["outcome"] for answer in answers] == ["received", "quarantined"]
    registrar, address = client_as("registrar"), f"/quarantine/{entry_id}"
    assert "เนื้อหาของรายการที่มาก่อน" in text_of(page(address, registrar))
    form = WHY | {"line": answers[1]["sha256"]}
    assert registrar.post(f"{address}/acceptance", data=form).status_code == 303
    [made] = Entry.select().where(Entry.device == devices.DESK)
    assert states.of(Entry.get(Entry.sha256 == answers[0]["sha256"])) == "replaced"
    assert page(f"/review/{made.entry_id}", client_as("zone-leader")) is not None


def test_of_two_lines_with_one_id_the_one_shown_is_decided(phone, client_as, page):
    entry_id = uuid.uuid4()
    answers, _ = receipts(post(phone.client, *(line(phone, entry_id=entry_id) for _ in range(3))))
    third, registrar = answers[2]["sha256"], client_as("registrar")
    tree = page(f"/quarantine/{entry_id}?line={third}", registrar)
    assert {f.get("value") for f in tree.iter("input") if f.get("name") == "line"} == {third}
    for _ in range(2):
        assert registrar.post(f"/quarantine/{entry_id}/aside", data=WHY | {"line": third}).status_code == 303
    found = {row.sha256: states.of(row) for row in Entry.select().where(Entry.entry_id == entry_id)}
    assert [found[answer["sha256"]] for answer in answers] == ["received", "quarantined", "aside"]


def test_only_who_and_where_on_the_list_are_taken(phone, client_as):
    phone.account = Account(id=uuid.uuid4())
    answers, _ = receipts(post(phone.client, line(phone, place="C01")))
    leader, address = client_as("zone-leader"), f"/quarantine/{answers[0]['id']}/acceptance"
    for wrong in ({"author": "x"}, {"author": str(accounts.named("member").id)}, {"place": "C07"}, {"place": "M01"}):
        assert leader.post(address, data=WHY | wrong).status_code == 422
    assert Unit.select().where(Unit.code == "C07").exists()
    assert not Entry.select().where(Entry.device == devices.DESK).exists()
