"""Attacks of one officer alone, as they were made: by an access on a browser of their own, and by an account of their own making."""

import uuid
from datetime import timedelta

import pytest

from db.models import Account, Fact, HealthFact, Passkey, Person, Viewing
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, open_access
from tests.people_fixtures import enrol

HEALTH = {"consent": {"health": True, "by": "self", "given_on": "2026-11-20"}, "health": {"groups": ["chronic"]}}
FIRST = {"identity_check": "known", "reason": "First phone"}


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.fixture
def member(hamlet):
    """An applicant of V1A whose health the fund knows, without a phone."""
    subject = uuid.uuid4()
    hamlet.approved(form(bunma(**applies(), **HEALTH)), subject=subject)
    assert HealthFact.select().where(HealthFact.subject == subject).exists()
    return Person.get(Person.household == subject)


def open_alone(client_as, handle, person):
    """What one officer can do alone: issue a first access and use the link on a browser of their own."""
    shown = client_as(handle).post("/enrolments/new", data={"person": str(person.id), **FIRST})
    assert shown.status_code == 200
    digits = shown.text.split('class="code">')[1].split("<")[0]
    browser = client_as(None)
    answer, _ = enrol(browser, digits)
    assert answer.status_code == 303
    return browser


def test_a_leader_alone_does_not_change_the_register(client_as, hamlet, member):
    browser = open_alone(client_as, "v-leader", member)
    account = Account.get(Account.person == member.id)
    passkey = Passkey.get(Passkey.account == account)
    phone = Phone(account, at=web.system_clock(), device=passkey.device)
    path = f"people.{BUNMA}.nickname"
    payload = {"path": path, "person": BUNMA, "shown": "", "statement": "แก้ชื่อเล่น", "proposed": "ปลอม"}
    line = phone.line("correction", payload, at=web.system_clock(), subject=member.household_id)
    sent = browser.post("/sync/entries", data=line + b"\n", content_type="application/x-ndjson")
    assert '"received"' in sent.text
    entry_id = sent.text.split('"id":"')[1][:36] if '"id":"' in sent.text else sent.text.split('"id": "')[1][:36]
    leader = client_as("v-leader")
    assert leader.post(f"/review/{entry_id}/approval").status_code == 422
    assert "ยังไม่มีเจ้าหน้าที่คนที่สองยืนยัน" in leader.get(f"/review/{entry_id}").text
    assert not Fact.select().where(Fact.subject == member.household_id, Fact.path == path).exists()
    assert client_as("v-second").post(f"/accesses/{passkey.id}/confirmation", data={"how": "face"}).status_code == 303
    assert client_as("v-leader").post(f"/review/{entry_id}/approval").status_code == 303


def test_the_same_door_shows_no_health_and_leaves_a_trace(client_as, hamlet, member, page):
    browser = open_alone(client_as, "v-leader", member)
    shown = browser.get("/me").text
    assert "เรื้อรัง" not in shown and "ยังไม่แสดงข้อมูลสุขภาพ" in shown
    assert "v-leader" in shown, "the person is told who opened it"
    browser.get("/me")
    [trace] = Viewing.select().where(Viewing.person == member.id)
    assert (trace.purpose, trace.account.person) == ("own", member.id)
    passkey = Passkey.get(Passkey.account == trace.account)
    client_as("v-second").post(f"/accesses/{passkey.id}/confirmation", data={"how": "face"})
    shown = browser.get("/me").text
    assert "เรื้อรัง" in shown and "ยังไม่มีใครยืนยัน" in shown, "the trace stays to be read"


def test_after_a_week_health_is_shown(app, client_as, hamlet, member):
    browser = open_alone(client_as, "v-leader", member)
    late = web.system_clock() + timedelta(days=7)
    app.config["CLOCK"] = lambda: late
    try:
        assert "เรื้อรัง" in browser.get("/me").text
    finally:
        app.config["CLOCK"] = web.system_clock


def test_a_correction_about_health_is_not_read_either(client_as, hamlet, member):
    account = accounts.of_member(member, by=hamlet.leader, at=MORNING)
    phone = Phone(account, at=MORNING)
    path = f"people.{BUNMA}.health.groups"
    payload = {"path": path, "person": BUNMA, "shown": "โรคเรื้อรัง", "statement": "ฉันหายจากโรคแล้ว"}
    entry = phone.record("correction", payload, at=MORNING, subject=member.household_id)
    browser = open_alone(client_as, "v-leader", member)
    assert "หายจากโรค" not in browser.get("/me").text
    assert browser.get(f"/sync/entries/{entry.entry_id}").status_code == 404


def test_an_administrator_alone_does_not_become_treasurer(site, settled_fund, page):
    admin = site.browser("admin")
    about = {"handle": "somsri", "name": "สมศรี", "unit": "town", "role": "treasurer", "reason": "เหรัญญิกคนใหม่"}
    made = admin.post("/accounts", data=about).location
    account = Account.get(Account.handle == "somsri")
    shown = admin.post("/enrolments/new", data={"account": str(account.id), "reason": "First phone"})
    browser = site.browser()
    enrol(browser, shown.text.split('class="code">')[1].split("<")[0])
    assert browser.get(f"/members/{settled_fund.bunma.id}").status_code == 404, "no role yet"
    assert "ยังไม่เริ่ม" in admin.get(made).text
    [row] = page("/role-starts", admin).findall(".//main//a[@class='row']")
    address = row.get("href")
    assert admin.post(f"{address}/agreement").status_code == 422
    assert browser.post(f"{address}/agreement").status_code == 422
    assert address in site.browser("registrar").get("/role-starts").text, "all officers of the unit see it"
    site.clock.at += timedelta(hours=23, minutes=59)
    assert browser.get(f"/members/{settled_fund.bunma.id}").status_code == 404
    site.clock.at += timedelta(minutes=1)
    assert browser.get(f"/members/{settled_fund.bunma.id}").status_code == 200, (
        "a day in plain sight has passed, and nothing had to be tended"
    )


def test_a_health_value_is_in_nobodys_queue_by_a_creature(client_as, hamlet):
    """Who may not decide sees no health on the sheet either."""
    entry = hamlet.visit(form(bunma(**applies(), **HEALTH)))
    open_access(hamlet.volunteer, by=hamlet.leader)
    assert "เรื้อรัง" not in client_as("v-leader").get(f"/review/{entry.entry_id}").text
    assert "เรื้อรัง" in client_as("v-second").get(f"/review/{entry.entry_id}").text
