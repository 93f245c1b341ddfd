"""Told in the tree with `note@1` (test_new_kind), on a phone without a signal: a note about a house, beside a visit to it that was begun."""

import re

from db.models import Entry
from pwa import web
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions
from tests.browser.household_form import Form, nobody_home
from tests.browser.stories import call, held, keeps_every_promise, no_signal, office, ready, sent

TEXT = "หลังคารั่ว ฝากถามด้วย"
VISIT = "บ้านไม้ข้างศาลา"


def test_a_note_is_written_offline_beside_a_visit_to_the_same_house(village, phones):
    volunteer = ready(phones("volunteer"))
    volunteer.until("async () => Boolean(await caches.match('/notes/new'))")
    visit = nobody_home(volunteer, "77/1")
    (record,) = sent(volunteer, 1)
    house = record["subject"]
    begin_a_visit(volunteer, house)
    with no_signal(village, volunteer):
        begun = begin_a_note(volunteer, house)
        refused_where_it_stands(volunteer)
        note = finish(volunteer, house, begun)
        volunteer.page.goto(f"/saved#{visit}")
        volunteer.page.locator("[data-correct]:visible").wait_for()
    sent(volunteer, 2)
    (row,) = held(village, note)
    assert (row["plain"]["kind"], row["plain"]["subject"], row["state"]) == ("note", house, "received")
    payload = row["plain"]["payload"]
    assert (payload["text"], payload["told_by_name"], payload["goers"][0]["share"]) == (TEXT, "สมศรี", 100)
    decide(village, phones("zone-leader"), note)
    still_there(volunteer, house)


def begin_a_visit(volunteer, house):
    volunteer.page.goto(f"/households/new#revisit={house}")
    volunteer.page.reload()
    Form(volunteer).shown().write("house.description", VISIT)
    volunteer.page.locator("[data-saved]:visible").wait_for()


def write(page, name, words):
    page.locator(f'#note [name="{name}"]').fill(words)


def shown(page):
    page.locator("#note[data-ready]:not([hidden])").wait_for()


def begin_a_note(volunteer, house):
    """Half typed, left, and found again among what is unfinished; the visit is not touched."""
    page = volunteer.page
    visit = call(volunteer, "drafts", "list")
    page.goto(f"/notes/new#about={house}")
    shown(page)
    page.locator("#note select").select_option("C01")
    write(page, "text", TEXT)
    page.locator("[data-saved]:visible").wait_for()
    page.goto("/")
    page.locator('[data-list="drafts"] .row', has_text="บันทึก").click()
    shown(page)
    assert page.locator('#note [name="text"]').input_value() == TEXT
    drafts = {one["id"]: one for one in call(volunteer, "drafts", "list")}
    assert set(drafts) == {house, f"note/{house}"} and drafts[house] == visit[0]
    return visit[0]


def refused_where_it_stands(volunteer):
    """What its schema and its rules ask for is said in Thai at the field."""
    page = volunteer.page
    write(page, "text", "")
    page.locator('#note [name="told_by"][value="neighbour"]').check()
    page.locator('[data-add="goers"]').click()
    goer = page.locator("#note [data-path]").get_attribute("data-path")
    write(page, f"{goer}.name", "ไม่ทราบ")
    write(page, f"{goer}.share", "60")
    page.locator("[data-next]").click()
    said = {
        "text": "ต้องกรอกช่องนี้",
        "told_by_name": "บอกด้วยว่าใครเป็นผู้บอก",
        f"{goer}.name": "ข้อความนี้ไม่ใช่ชื่อ",
        f"{goer}.share": "รวมกันแล้วไม่ตรงกับยอด",
    }
    for name, sentence in said.items():
        page.locator(f'[data-field="{name}"] > [data-problem]', has_text=sentence).wait_for()
    volunteer.picture("note-refused")
    volunteer.fits()
    write(page, "text", TEXT)
    write(page, "told_by_name", "สมศรี")
    write(page, f"{goer}.name", "มาลี")
    write(page, f"{goer}.share", "๑๐๐")


def finish(volunteer, house, visit):
    volunteer.page.locator("[data-next]").click()
    volunteer.page.wait_for_url("**/saved#*")
    volunteer.page.get_by_role("heading", name="บันทึกในเครื่องแล้ว").wait_for()
    assert call(volunteer, "drafts", "list") == [visit]
    return volunteer.page.url.partition("#")[2]


def decide(village, leader, note):
    """Reviewed, approved, and taken back at the office; every promise holds."""
    leader.page.goto(f"/review/{note}")
    leader.page.locator("[data-note]", has_text=TEXT).wait_for()
    leader.page.locator(".dock button:not([formaction])").click()
    leader.page.wait_for_url(re.compile(rf"/review(?!/{note})"))
    assert held(village, note)[0]["state"] == "approved"
    keeps_every_promise(village)
    with office(village):
        entry = Entry.get(Entry.entry_id == note)
        counter_decisions.undo(entry, by=accounts.named("registrar"), at=web.system_clock(), reason="กดผิดบ้าน")
    assert held(village, note)[0]["state"] == "received"
    keeps_every_promise(village)


def still_there(volunteer, house):
    """The visit is unfinished as it was left, and goes on."""
    page = volunteer.page
    page.goto(f"/households/new#draft={house}")
    page.reload()
    Form(volunteer).shown()
    assert page.locator('[name="house.description"]').input_value() == VISIT
