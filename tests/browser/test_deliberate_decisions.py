"""A decision is made on purpose: what began on one sheet never decides on the next, and a slip is taken back at once."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Approval, CounterDecision, Entry
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.stories import keeps_every_promise, office
from tests.hamlets import bunma, form

APPROVE = re.compile("^อนุมัติ")
HALF_A_SECOND = 500


@pytest.fixture
def leader(village, phones):
    """A leader at the first of three new houses that have waited longest."""
    with office(village):
        at = system_clock() - timedelta(days=300)
        phone = Phone(accounts.named("volunteer"), at=at)
        for number in ("901", "902", "903"):
            head = {
                "id": str(uuid.uuid4()),
                "first_name": f"สม{number}",
                "last_name": "ดี",
                "membership": "none",
                "living_here": True,
            }
            phone.record("household", form(head, number=number), at=at, subject=uuid.uuid4(), place="C01")
    leader = phones("zone-leader")
    leader.page.goto("/review?order=oldest")
    leader.page.locator(".dock a.button").click()
    leader.page.get_by_role("button", name=APPROVE).wait_for()
    return leader


def approvals(village):
    with office(village):
        return Approval.select().count()


def approve(leader):
    """Press the button once it may be pressed; return the sheet's address and the spot under the thumb."""
    button = leader.page.get_by_role("button", name=APPROVE)
    box = button.bounding_box()
    shown = leader.page.url
    button.click()
    spot = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return shown, spot


def on_the_next_sheet(leader, shown):
    leader.page.wait_for_url(lambda url: url != shown and "/review/" in url)


def test_a_double_tap_decides_on_one_house(village, leader):
    before = approvals(village)
    shown, spot = approve(leader)
    leader.page.wait_for_timeout(HALF_A_SECOND)
    leader.page.mouse.click(*spot)
    on_the_next_sheet(leader, shown)
    leader.page.get_by_role("button", name=APPROVE, disabled=False).wait_for()
    assert approvals(village) == before + 1


def test_who_goes_on_tapping_decides_nothing_until_they_rest(village, leader):
    before = approvals(village)
    shown, spot = approve(leader)
    on_the_next_sheet(leader, shown)
    for _ in range(8):
        leader.page.mouse.click(*spot)
        leader.page.wait_for_timeout(300)
    assert approvals(village) == before + 1
    second, _ = approve(leader)
    on_the_next_sheet(leader, second)
    assert approvals(village) == before + 2


def test_a_double_tap_on_the_queue_decides_nothing(village, leader):
    before = approvals(village)
    leader.page.goto("/review?order=oldest")
    box = leader.page.locator(".dock a.button").bounding_box()
    spot = box["x"] + box["width"] - 30, box["y"] + box["height"] / 2
    leader.page.mouse.click(*spot)
    leader.page.wait_for_url("**/review/*")
    leader.page.mouse.click(*spot)
    leader.page.get_by_role("button", name=APPROVE, disabled=False).wait_for()
    assert approvals(village) == before


def test_a_key_that_is_still_held_belongs_to_the_sheet_before(village, leader):
    before = approvals(village)
    button = leader.page.get_by_role("button", name=APPROVE, disabled=False)
    button.wait_for()
    shown = leader.page.url
    button.focus()
    leader.page.keyboard.down("Enter")
    on_the_next_sheet(leader, shown)
    button.wait_for()
    button.focus()
    for _ in range(3):
        leader.page.keyboard.down("Enter")
    assert approvals(village) == before + 1
    leader.page.keyboard.up("Enter")
    second = leader.page.url
    leader.page.keyboard.press("Enter")
    on_the_next_sheet(leader, second)
    assert approvals(village) == before + 2


def test_it_says_what_was_decided_where_one_is_now_and_takes_it_back(village, leader):
    page = leader.page
    first_title = page.title()
    shown, _ = approve(leader)
    entry = shown.split("/review/")[1].split("?")[0]
    on_the_next_sheet(leader, shown)
    said = page.get_by_role("status").filter(has_text="แล้ว").first
    said.get_by_role("button", name=re.compile("^กลับคำตัดสิน")).wait_for()
    expect(page).not_to_have_title(first_title)
    expect(page.locator("h1")).to_be_focused()
    leader.fits()
    leader.is_accessible()
    leader.picture("review-decided")
    said.get_by_role("button", name=re.compile("^กลับคำตัดสิน")).click()
    page.wait_for_url(f"**/review/{entry}*")
    with office(village):
        row = Entry.get(Entry.entry_id == entry)
        assert states.of(row) == "received"
        assert CounterDecision.select().where(CounterDecision.entry == row, CounterDecision.slip).count() == 1
    page.get_by_role("button", name=APPROVE, disabled=False).click()
    page.wait_for_url(lambda url: entry not in url)
    with office(village):
        assert states.of(Entry.get(Entry.entry_id == entry)) == "approved"
    keeps_every_promise(village)


def test_a_status_that_came_with_the_page_is_said_once_more_so_that_it_is_heard(village, leader):
    leader.context.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          globalThis.heard = [];
          const status = document.querySelector("[data-decided] [role=status]");
          const hear = () => globalThis.heard.push(status.innerText);
          if (status) new MutationObserver(hear).observe(status, { childList: true, subtree: true, characterData: true });
        })"""
    )
    shown, _ = approve(leader)
    on_the_next_sheet(leader, shown)
    assert "แล้ว" in leader.until("() => globalThis.heard?.[0]")


def test_on_a_wide_screen_the_queue_stands_beside_the_entry(village, leader):
    asked = []
    leader.page.on("request", lambda request: asked.append(request.url) if "beside=" in request.url else None)
    leader.page.reload(wait_until="networkidle")
    expect(leader.page.locator(".split__beside")).to_be_hidden()
    assert asked == []
    leader.page.set_viewport_size({"width": 1280, "height": 800})
    here = leader.page.locator(".split__beside .row[aria-current]")
    expect(here).to_contain_text("901")
    assert len(asked) == 1
    record = leader.page.locator("#decision").bounding_box()
    assert here.bounding_box()["x"] + here.bounding_box()["width"] <= record["x"]
    leader.picture("review-wide")
    leader.fits()
    leader.is_accessible()
    leader.page.locator(".split__beside .row", has_text="902").click()
    leader.page.locator("h1", has_text="902").wait_for()
    expect(leader.page).to_have_url(re.compile("order=oldest"))


@pytest.mark.parametrize("height", [740, 600])
def test_what_must_be_chosen_is_said_in_sight(village, phones, height):
    home, late, leader = uuid.uuid4(), timedelta(hours=2), phones("zone-leader")
    leader.expects("422")
    page = leader.page
    with office(village):
        at = system_clock() - timedelta(days=300)
        phone, checker = Phone(accounts.named("volunteer"), at=at), accounts.named("zone-leader")
        for number, base in ((1, None), (2, 1), (3, 1)):
            head = bunma(phone=f"081111111{number}", nickname=f"มา{number}", birth_date=f"195{number}-01-02")
            about = {"subject": home, "place": "C01", **({"base": base} if base else {})}
            entry = phone.record("household", form(head), at=at + number * late, **about)
            if number < 3:
                review.approve(entry, by=checker, at=at + number * late + late / 2, choices={})
    page.set_viewport_size({"width": 360, "height": height})
    page.goto(f"/review/{entry.entry_id}")
    page.get_by_role("button", name=APPROVE, disabled=False).click()
    said = page.locator(".compare .field__message")
    said.wait_for()
    top, dock = said.bounding_box(), page.locator(".dock--decision").bounding_box()
    chosen = page.locator(".compare__value:has(:focus)").bounding_box()
    assert top["y"] >= 0 and top["y"] + top["height"] <= dock["y"]
    assert chosen["y"] + chosen["height"] <= dock["y"]


IN_THAI = """() => document.querySelector("h1").dispatchEvent(
  new KeyboardEvent("keydown", { key: "ฟ", code: "KeyA", bubbles: true, cancelable: true }))"""
"""The key that writes A on another keyboard."""


def test_a_key_does_what_its_button_does_and_says_so_to_who_asks(village, leader):
    page = leader.page
    page.set_viewport_size({"width": 1280, "height": 800})
    approve_it, before = page.get_by_role("button", name=APPROVE), approvals(village)
    page.get_by_role("button", name="แป้นลัด").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator(".sums__line", has_text="อนุมัติ").last).to_contain_text("A")
    expect(dialog.locator(".sums__line", has_text="ตีกลับ")).to_contain_text("R")
    leader.is_accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(approve_it).to_be_enabled()
    page.locator("#reason").press("a")
    expect(page.locator("#reason")).to_have_value("a")
    page.locator("h1").focus()
    page.keyboard.press("Shift+Slash")
    page.keyboard.press("a")
    dialog.locator("[data-keys-on]").uncheck()
    dialog.get_by_role("button").click()
    page.keyboard.press("a")
    assert approvals(village) == before
    page.keyboard.press("Shift+Slash")
    dialog.locator("[data-keys-on]").check()
    page.keyboard.press("Escape")
    shown = page.url
    page.evaluate(IN_THAI)
    page.wait_for_url(lambda address: address != shown)
    page.keyboard.press("a")
    expect(approve_it).to_be_disabled()
    assert approvals(village) == before + 1
