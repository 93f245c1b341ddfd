"""A claim at the door: told without a signal with a photo of its paper, seen by the zone leader, sent back, mended, certified."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Household, Membership, Person
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.claiming import ClaimForm, begun, saved, today
from tests.browser.fields import sent_out
from tests.browser.household_form import photo
from tests.browser.stories import held, looked_over, no_signal, office, sent

QUESTION = "ใบเกิดเขียนวันที่ 3 โปรดดูอีกครั้ง"


@pytest.fixture
def member(village):
    """Somebody of the volunteer's communities, a member of the first fund of long standing."""
    with office(village):
        places = [unit.id for unit in units.communities(accounts.named("volunteer"), "volunteer")]
        here = Person.select(Person, Household).join(Household).join(Membership, on=(Membership.person == Person.id))
        found = here.where(Household.place.in_(places)).first()
        Membership.update(joined_on="2021-01-05", tenure_from="2021-01-05").execute()
        return found


def refused_where_it_stands(form, born):
    """Days that cannot be are said in a sentence each; nothing typed goes."""
    form.go_on()
    form.says("benefit", "ต้องกรอก")
    form.what("F1.illness")
    form.go_on()
    form.step("event")
    form.on("admit_on", today() - timedelta(days=4))
    form.on("event_on", today() - timedelta(days=6))
    form.go_on()
    form.says("event_on", "วันออกจากโรงพยาบาลอยู่ก่อนวันเข้า")
    expect(form.page.locator("[data-maybe]")).to_contain_text("เครื่องนี้ไม่ทราบ")
    looked_over(form.phone, "claim-refused")
    form.page.locator("[data-back]").click()
    form.step("what")
    form.what("F1.birth")
    form.go_on()
    form.on("event_on", today() + timedelta(days=1))
    form.go_on()
    form.says("event_on", "ยังมาไม่ถึง")
    form.on("event_on", born)
    form.page.locator('#claim [name="event_on:year"]').fill(str(born.year))
    form.go_on()
    form.says("event_on", "ค.ศ.")


def shared_out(form):
    """Parts that are 99 or 101 together are said so."""
    form.fill(".share", "99")
    form.go_on()
    problem = form.page.locator("#step-payees [data-problem]")
    expect(problem).to_contain_text("99%")
    form.page.locator('[data-add="payees"]').click()
    second = form.page.locator('[data-list="payees"] > [data-path]').nth(1)
    second.locator('[name$=".type"]').select_option("other")
    second.locator('[name$=".name"]').fill("ใจดี ตัวอย่าง")
    second.locator('[name$=".share"]').fill("2")
    second.locator('[name$=".how"][value="transfer"]').check()
    expect(problem.filter(has_text="101%")).to_be_visible()
    looked_over(form.phone, "claim-payees")
    second.locator('[name$=".share"]').fill("1")
    second.locator('[name$=".bank_account"]').fill("ธ.ก.ส. 01-234-5")
    form.go_on()


def test_a_birth_is_claimed_without_a_signal_sent_back_mended_and_certified(village, phones, member):
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    born = today() - timedelta(days=3)
    with no_signal(village, volunteer):
        volunteer.restart()
        first = told(volunteer, member, born)
        asked_about_the_same_event(volunteer, member, born)
    sent(volunteer, 1)
    is_as_it_was_told(held(village, first)[0], member, born)
    second = mended(village, volunteer, first, born)
    leader = phones("zone-leader", width=1280)
    leader.page.goto(f"/review/{second}")
    expect(leader.page.locator("main")).to_contain_text("ใบบัว ตัวอย่าง")
    leader.page.locator(".dock button:not([formaction])").click()
    leader.page.wait_for_url(re.compile(rf"/review(?!/{second})"))
    leader.page.goto("/claims")
    expect(leader.page.locator("main")).to_contain_text(member.first_name)


def told(volunteer, member, born):
    """The whole form, from who it is to the photo of the paper; the id of what was saved."""
    form = begun(volunteer, member)
    looked_over(volunteer, "claim-what")
    refused_where_it_stands(form, born)
    form.on("event_on", born)
    form.fill("subject.name", "ใบบัว ตัวอย่าง")
    expect(form.page.locator("[data-maybe]")).to_contain_text("น่าจะได้: 1,000 บาท")
    expect(form.page.locator("[data-maybe]")).to_contain_text("ยังไม่ใช่คำสัญญา")
    looked_over(volunteer, "claim-event")
    form.go_on()
    form.step("payees")
    expect(form.page.locator('[data-list="payees"] [name$=".name"]')).to_have_value(re.compile(member.first_name))
    shared_out(form)
    form.step("papers")
    expect(form.page.locator("[data-summary]")).to_contain_text("ยังไม่มีสูติบัตร")
    form.page.locator("[data-paper] input[type=file]").set_input_files(photo(volunteer))
    form.page.locator("[data-paper] .photo__kept:visible").wait_for()
    expect(form.page.locator("[data-summary]")).not_to_contain_text("ยังไม่มีสูติบัตร")
    looked_over(volunteer, "claim-papers")
    return saved(form)


def is_as_it_was_told(row, member, born):
    """Only what the schema knows went out: the member by name in the register, the paper with its photo."""
    said = row["plain"]["payload"]
    assert (said["fund"], said["benefit"], said["event_on"]) == ("F1", "birth", born.isoformat())
    assert said["subject"] == {"type": "child", "name": "ใบบัว ตัวอย่าง"}
    assert [(one["type"], one["share"], one.get("person")) for one in said["payees"]] == [
        ("member", 99, str(member.id)),
        ("other", 1, None),
    ]
    assert said["evidence"] == [{"paper": "สูติบัตร", "blob": row["plain"]["blobs"][0]["sha256"]}]


def asked_about_the_same_event(volunteer, member, born):
    """Told once more on this phone it is asked about, and what was typed stays."""
    form = begun(volunteer, member)
    form.what("F1.birth")
    form.go_on()
    form.on("event_on", born)
    form.go_on()
    form.says("event_on", "ลูกแฝด")
    looked_over(volunteer, "claim-again")
    form.page.locator('[name="_again"]').check()
    form.go_on()
    form.step("payees")


def mended(village, volunteer, first, born):
    """The leader's comment stands at its field; what was said before is there, and so is the photo."""
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        one = review.get(first, seen_by=leader, at=at)
        review.send_back(one, by=leader, at=at, reason="", comments={"event_on": QUESTION})
    page = volunteer.page
    page.goto("/")
    row = page.locator('[data-list="returned"] a', has_text="คำขอสวัสดิการ")
    row.click()
    form = ClaimForm(volunteer).shown()
    expect(page.locator('[data-field="event_on"]')).to_contain_text(QUESTION)
    expect(page.locator('[name="_what"]:checked')).to_have_value("F1.birth")
    form.go_on()
    form.step("event")
    looked_over(volunteer, "claim-returned")
    expect(page.locator('[name="subject.name"]')).to_have_value("ใบบัว ตัวอย่าง")
    form.on("event_on", born - timedelta(days=1))
    form.go_on()
    form.step("payees")
    expect(page.locator('[data-list="payees"] > [data-path]')).to_have_count(2)
    form.go_on()
    form.step("papers")
    expect(page.locator("[data-summary]")).not_to_contain_text("ยังไม่มีสูติบัตร")
    second = saved(form)
    sent(volunteer, 2)
    old, new = held(village, first, second)
    assert (old["state"], new["state"]) == ("replaced", "received")
    assert new["plain"]["payload"]["evidence"] == old["plain"]["payload"]["evidence"]
    return second


def test_every_part_fits_in_large_letters(village, phones, member):
    volunteer = phones("volunteer", text_scale=2)
    sent_out(village, volunteer)
    form = begun(volunteer, member)
    form.what("F1.scholarship")
    volunteer.fits()
    form.go_on()
    form.step("event")
    form.on("event_on", today() - timedelta(days=3))
    form.page.locator('[name="subject.type"][value="child"]').check()
    form.fill(".number", "3.256")
    form.go_on()
    expect(form.page.locator("#step-event [data-problem]")).to_contain_text("ตัวเลข")
    form.fill(".number", "3.25")
    looked_over(volunteer, "claim-large")
    form.go_on()
    form.step("payees")
    volunteer.fits()
    form.go_on()
    form.step("papers")
    looked_over(volunteer, "claim-large-papers")
    saved(form)
    (record,) = sent(volunteer, 1)
    (row,) = held(village, record["id"])
    assert {"name": "gpa", "number": 325} in row["plain"]["payload"]["facts"]
