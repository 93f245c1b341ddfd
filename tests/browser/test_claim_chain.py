"""A claim all the way: from the doorstep to the money in the hand, on six people's devices, and its member sees it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Account, Person
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.claiming import begun, saved, today
from tests.browser.fields import open_round, sent_out
from tests.browser.household_form import photo
from tests.browser.stories import call, keeps_every_promise, looked_over, no_signal, office, ready, sent
from tests.browser.test_meeting import begin, decide
from tests.browser.test_signing_for_money import chosen, opened, save, sign
from tests.claim_paying import rich
from tests.claiming import member as entitled


@pytest.fixture
def member(village):
    """The demo's member is the old one with the passbook."""
    with office(village):
        person = Person.get(Person.id == entitled().person)
        Account.update(person=person.id).where(Account.handle == "member").execute()
        rich()
        return person


def test_from_the_doorstep_to_the_money_in_the_hand(village, phones, member):
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    with no_signal(village, volunteer):
        entry = claimed(volunteer, member)
    sent(volunteer, 1)
    claim = certified(village, phones, entry)
    resolved(phones, claim)
    paid(phones, claim)
    brought_anew(volunteer)
    with no_signal(village, volunteer):
        signed(volunteer)
    sent(volunteer, 2)
    own = phones("member")
    ready(own)
    own.page.goto("/me")
    expect(own.page.locator("main")).to_contain_text("ได้รับเงินแล้ว")
    looked_over(own, "chain-me")
    keeps_every_promise(village)


def claimed(volunteer, member):
    """A birth, with a photo of its paper; the id of what was saved."""
    form = begun(volunteer, member)
    form.what("F1.birth")
    form.go_on()
    form.step("event")
    form.on("event_on", today() - timedelta(days=3))
    form.fill("subject.name", "ใบบัว ตัวอย่าง")
    form.go_on()
    form.step("payees")
    form.go_on()
    form.step("papers")
    form.page.locator("[data-paper] input[type=file]").set_input_files(photo(volunteer))
    form.page.locator("[data-paper] .photo__kept:visible").wait_for()
    return saved(form)


def certified(village, phones, entry):
    """The leader reads the sheet and says yes; the claim's id."""
    page = phones("zone-leader", width=1280).page
    page.goto(f"/review/{entry}")
    expect(page.locator("main")).to_contain_text("1,000 บาท")
    page.locator(".dock button:not([formaction])").click()
    page.wait_for_url(re.compile(rf"/review(?!/{entry})"))
    with office(village):
        leader = accounts.named("zone-leader")
        return str(review.get(entry, seen_by=leader, at=system_clock()).claims.get().claim_id)


def resolved(phones, claim):
    """Typed on the laptop of the meeting, confirmed on the phone of a second one."""
    laptop, second = phones("registrar", width=1280, height=720), phones("committee")
    sitting = begin(laptop.page, today())
    laptop.page.goto(f"{sitting}/claims/{claim}")
    decide(laptop.page, "^อนุมัติ 1,000 บาท$")
    laptop.page.wait_for_url(sitting)
    looked_over(laptop, "chain-meeting")
    second.page.goto(f"{sitting}/claims/{claim}")
    second.page.locator('[name=accepted][value="yes"]').check()
    second.page.locator("#live button").click()
    expect(second.page.locator("#live")).to_contain_text("ยืนยันในเครื่องของตัวเองแล้ว")
    for one in (laptop, second):
        one.page.goto("/meetings")


def paid(phones, claim):
    """The treasurer takes it up, and pays in cash with a voucher."""
    treasurer = phones("treasurer", width=1280)
    page = treasurer.page
    page.goto(f"/payments/{claim}/0")
    page.get_by_role("button", name="กำลังจ่าย").click()
    page.locator('[name=source][value="1000-treasurer"]').check()
    page.get_by_role("button", name="จ่ายแล้ว").click()
    page.wait_for_url(re.compile("/vouchers/F1/"))
    expect(page.locator("main")).to_contain_text("หนึ่งพันบาทถ้วน")
    looked_over(treasurer, "chain-voucher")


def brought_anew(volunteer):
    """The volunteer's kit, with whom has been paid meanwhile."""
    volunteer.page.goto("/kit")
    volunteer.page.locator("[data-prepare][data-ready]").wait_for()
    call(volunteer, "kit", "prepare")
    open_round(volunteer)


def signed(volunteer):
    """The payee signs on the volunteer's phone that the whole sum came."""
    page = opened(volunteer)
    expect(page.locator("#payout")).to_contain_text("1,000 บาท")
    chosen(page, "came", "all")
    chosen(page, "how", "signature")
    sign(page)
    save(page)
    expect(page.locator('[data-list="unsigned"]')).to_be_hidden()
