"""The ครบ/ขาด board at its door: what a zone leader reads, explaining a gap, and that another zone's leader finds nothing."""

import re

import pytest

from db.models import Device, GapClosing
from pwa import web
from pwa.domain.desk import arrivals
from pwa.domain.people import accounts, devices
from tests.sync import line, post, receipts

CLOSING = {"why": "lost", "reason": "เครื่องตกน้ำ"}


def text_of(tree):
    return re.sub(r"\s+", " ", "".join(tree.find(".//main").itertext()))


@pytest.fixture
def gap(phone, client_as):
    """The volunteer's phone with 2 and 3 of 5 missing; how it stands, and the address of its page."""
    sent = [line(phone) for _ in range(5)]
    receipts(post(phone.client, sent[0], *sent[3:]))
    phone.held = sent[1:3]
    return f"/board/{phone.device.id}"


def test_it_tells_what_is_missing_through_real_posts(phone, gap, client_as, page):
    leader = client_as("zone-leader")
    text = text_of(page("/board", leader))
    assert "ขาดเลขที่ 2–3" in text and "สมหญิง ดีพร้อม" in text and "บันทึกระหว่าง" in text
    text = text_of(page(gap, leader))
    assert "3 จาก 5" in text and "เลขที่ 2–3" in text
    receipts(post(phone.client, *phone.held))
    assert "มาถึงครบถึงเลขที่ 5" in text_of(page(gap, leader))


def test_it_explains_a_gap_once_with_a_reason(phone, gap, client_as, page):
    leader, form = client_as("zone-leader"), CLOSING | {"first": "2", "last": "3"}
    for wrong in ({}, {"why": ""}, {"why": "other", "reason": " "}):
        assert leader.post(f"{gap}/closings", data={"first": "2", "last": "3"} | wrong).status_code == 422
    for _ in range(2):
        answer = leader.post(f"{gap}/closings", data=form)
        assert (answer.status_code, answer.location) == (303, gap)
    text = text_of(page(gap, leader))
    assert "บุญมี แสนสุข" in text and CLOSING["reason"] in text
    assert client_as("registrar").post(f"{gap}/closings", data=form).status_code == 422
    assert GapClosing.select().where(GapClosing.device == phone.device.id).count() == 1
    receipts(post(phone.client, phone.held[0]))
    assert "ภายหลังมาถึงแล้ว 1 จาก 2" in text_of(page(gap, leader))


@pytest.mark.parametrize("form", [{}, {"first": "x", "last": "3"}, {"first": "0", "last": "3"}, {"first": "3"}])
def test_numbers_that_are_none_are_not_found(gap, client_as, form):
    assert client_as("zone-leader").post(f"{gap}/closings", data=CLOSING | form).status_code == 404


def test_another_zones_leader_finds_nothing(phone, gap, client_as, page):
    other = client_as("other-zone-leader")
    assert str(phone.device.id) not in other.get("/board").text
    assert other.get(gap).status_code == 404
    assert other.post(f"{gap}/closings", data=CLOSING | {"first": "2", "last": "3"}).status_code == 404
    for handle in ("volunteer", "treasurer", "network", "member"):
        assert client_as(handle).get("/board").status_code == 404


def test_a_fork_leads_to_the_quarantine_desk(phone, client_as, page):
    receipts(post(phone.client, line(phone), line(phone)))
    phone.seq = 1
    receipts(post(phone.client, line(phone)))
    receipts(post(phone.client, line(phone)))
    tree = page(f"/board/{phone.device.id}", client_as("zone-leader"))
    assert "มีสองรายการที่ใช้เลขเดียวกัน" in text_of(tree)
    [link] = {a.get("href") for a in tree.iter("a") if "/quarantine/" in a.get("href", "")}
    page(link, client_as("zone-leader"))


def test_a_break_is_explained(phone, client_as, page):
    receipts(post(phone.client, line(phone)))
    phone.prev = "ab" * 32
    receipts(post(phone.client, line(phone)))
    assert "เลขที่ 2 ไม่ต่อจากเลขที่ 1" in text_of(page(f"/board/{phone.device.id}", client_as("zone-leader")))


def test_it_says_how_many_still_wait_and_that_a_phone_is_revoked(phone, client_as, page):
    receipts(post(phone.client, line(phone)))
    at = web.system_clock()
    Device.update(waiting=7, waiting_at=at).where(Device.id == phone.device.id).execute()
    devices.revoke(phone.device.id, by=accounts.named("admin"), at=at, reason="หาย")
    leader = client_as("zone-leader")
    for path in ("/board", f"/board/{phone.device.id}"):
        text = text_of(page(path, leader))
        assert "7" in text and "ระงับแล้ว" in text, path


def test_who_used_the_phone_does_not_explain_it(phone, client_as, page):
    at = web.system_clock()
    accounts.grant(accounts.named("volunteer"), "zone_leader", accounts.named("zone-leader").unit, at=at)
    sent = [line(phone) for _ in range(3)]
    receipts(post(phone.client, sent[0], sent[2]))
    tree = page(f"/board/{phone.device.id}", phone.client)
    assert tree.find(".//form[@method='post']") is None
    form = CLOSING | {"first": "2", "last": "2"}
    assert phone.client.post(f"/board/{phone.device.id}/closings", data=form).status_code == 422


@pytest.mark.slow
def test_the_village_shows_every_state(app, client_as, page):
    registrar = accounts.named("registrar")
    client_as("volunteer")  # a phone that has sent nothing yet
    standings = arrivals.of(registrar, at=web.system_clock()).phones
    assert {one.state for one in standings} == set(arrivals.STATES)
    assert any(one.breaks for one in standings) and any(one.open_forks for one in standings)
    assert any(one.closed for one in standings)
    for handle in ("registrar", "zone-leader", "other-zone-leader", "admin"):
        client = client_as(handle)
        for one in arrivals.of(accounts.named(handle), at=web.system_clock()).phones:
            tree = page(f"/board/{one.device.id}", client)
            links = {link.get("href") for link in tree.iter("a")} & {f"/devices/{one.device.id}"}
            assert all(f"/board/{one.device.id}" in client.get(link).text for link in links)


def test_htmx_is_sent_on(gap, client_as):
    leader, headers = client_as("zone-leader"), {"HX-Request": "true"}
    form = CLOSING | {"first": "2", "last": "3"}
    assert leader.post(f"{gap}/closings", data=form, headers=headers).headers["HX-Redirect"] == gap


def test_a_phone_with_many_gaps_has_a_short_page(phone, client_as, page):
    sent = [line(phone) for _ in range(160)]
    for start in range(0, len(sent), 100):
        receipts(post(phone.client, *sent[start : start + 100 : 2]))
    leader = client_as("zone-leader")
    tree = page(f"/board/{phone.device.id}", leader)
    assert len(tree.findall(".//input[@name='first']")) == 30
    assert "49" in text_of(tree) and len(leader.get(f"/board/{phone.device.id}").data) < 120_000
