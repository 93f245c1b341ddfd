"""A day of collecting without a signal: houses tapped, tapped again, and what is not as usual; at the table; then all of it goes out once."""

import re
import uuid
from datetime import date

import pytest
from peewee import fn
from playwright.sync_api import expect

from db.models import Entry, Opening, Receipt, ReceiptLine
from pwa.domain.fund import stubs
from pwa.domain.operations import promises
from pwa.domain.text import money
from pwa.i18n import MONTHS
from tests.browser.collecting import (
    CODE,
    again,
    at_rest,
    by_transfer,
    houses,
    known,
    one_person,
    opened,
    own,
    said,
    sent_to_collect,
    take,
    tap,
)
from tests.browser.stories import call, looked_over, no_signal, office, ready, sent, when_booked


def test_a_day_is_collected_without_a_signal_and_reaches_the_books_once(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        volunteer.restart()
        page = opened(volunteer)
        expect(houses(page).nth(2)).to_be_visible()
        expected, count = [], len(houses(page).all())
        for number in range(count):
            tap(houses(page).nth(number))
            expected.append(f"M1/{number + 1}")
        looked_over(volunteer, "walk")
        assert [one["name"] for one in own(volunteer)] == expected
        baht = sum(one["payload"]["total_satang"] for one in own(volunteer)) // 100
        expect(page.locator('[data-slot="sum"]')).to_have_text(f"{baht:,} บาท")
        expect(page.locator('[data-slot="count"]')).to_have_text(f"รับแล้ว {count} จาก {count} บ้าน")
        at_rest(houses(page).first).locator("input").uncheck()
        expect(houses(page).first.locator('[data-slot="note"]')).to_have_text("เลิก M1/1 แล้ว")
        tap(houses(page).first)
        assert [one["name"] for one in own(volunteer) if one["isVoid"]] == ["M1/1"]
        volunteer.restart()
        page = opened(volunteer)
        expect(page.locator('[data-slot="sum"]')).to_have_text(f"{baht:,} บาท")
    sent(volunteer, count + 2)
    with when_booked(village):
        booked = {f"{row.book}/{row.no}": row.total_satang for row in Receipt.select()}
        assert sorted(booked) == sorted([*expected, f"M1/{count + 1}"])
        lines = ReceiptLine.select(fn.SUM(ReceiptLine.amount_satang)).scalar()
        assert sum(booked.values()) == lines == baht * 100 + booked["M1/1"]
        assert promises.check() == []


def test_a_receipt_says_truly_how_far_it_is_and_until_when_it_would_reach(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        house = known(page)
        tap(house)
        [one] = own(volunteer)
        house.locator("[data-dots]").click()
        page.locator('[data-list="taken"] .row').click()
        face = page.locator('[data-face="receipt"]')
        expect(face.locator(".amount")).to_have_text(f"{one['payload']['total_satang'] // 100:,} บาท")
        expect(face.locator('[data-slot="words"]')).to_have_text(money.words(one["payload"]["total_satang"]))
        until = date.fromisoformat(one["payload"]["lines"][0]["covers_to"])
        shown = f"{until.day} {MONTHS['th'][until.month - 1]} {until.year + 543}"
        expect(face.locator('[data-slot="until"]').first).to_have_text(
            re.compile(rf"ถ้าผ่าน จะส่งถึงวันที่\s*{shown.replace(' ', chr(92) + 's')}")
        )
        expect(face.locator('[data-step-banner="here"]')).to_be_visible()
        expect(face.locator('[data-step="reached"].timeline__item--done')).to_have_count(0)
        looked_over(volunteer, "receipt")
        code = page.evaluate(CODE)
        assert code.startswith(f"OMBUN1|F1|M1|1|{one['payload']['total_satang']}|{one['payload']['paid_on']}|")
    sent(volunteer, 1)
    with when_booked(village):
        stub = stubs.read(code)
        assert (stub.proved_by, stub.agrees) == ("phone", True)
    expect(face.locator('[data-step-banner="reached"]')).to_be_visible()
    face.locator("[data-on-paper]").click()
    page.wait_for_url("**/receipts/F1/M1/1")
    expect(page.locator("tfoot")).to_contain_text(money.words(one["payload"]["total_satang"]))
    looked_over(volunteer, "receipt-on-paper")
    page.goto("/collections/new")
    shown = opened(volunteer)
    shown.locator('[data-part] summary:has([data-slot="before"])').click()
    box = shown.locator('[data-list="before"] input')
    box.click()
    expect(face.locator('[data-slot="receipt"]')).to_have_text("ใบเสร็จ M1/1")
    assert [one["isVoid"] for one in own(volunteer)] == [False]


SUMS = {
    "1.000": "หลังจุดมีได้สองตำแหน่ง",
    "0": "มากกว่า 0",
    "-30": "มากกว่า 0",
    "0.005": "หลังจุดมีได้สองตำแหน่ง",
    "1e3": "เป็นตัวเลข",
    "NaN": "เป็นตัวเลข",
    "99999999999999": "มากเกินกว่า",
    "": "กรอกจำนวนเงิน",
}


def test_a_sum_that_cannot_be_meant_gets_a_sentence_and_stays(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    page = opened(volunteer)
    known(page).locator("[data-dots]").click()
    for typed, sentence in SUMS.items():
        page.fill("#baht", typed)
        take(page)
        expect(said(page, "baht")).to_contain_text(sentence)
        expect(page.locator("#baht")).to_have_value(typed)
    looked_over(volunteer, "other-refused")
    assert own(volunteer) == []


def test_what_is_not_as_usual(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        known(page).locator("[data-dots]").click()
        one_person(page, "๑๐๐")
        take(page)
        expect(page.locator('[data-face="receipt"] .amount')).to_have_text("100 บาท")
        [one] = own(volunteer)
        assert one["payload"]["lines"][0]["amount_satang"] == 10_000 and "covers_to" in one["payload"]["lines"][0]
        again(page, one)
        one_person(page, "฿1,000")
        take(page)
        expect(page.locator("[data-alike]")).to_contain_text("M1/1")
        assert len(own(volunteer)) == 1
        page.locator("[data-alike] button[value=again]").click()
        expect(page.locator('[data-face="receipt"] .amount')).to_have_text("1,000 บาท")
        again(page, one)
        by_transfer(volunteer, "50")
    sent(volunteer, 3)
    with when_booked(village):
        kept = {row.no: (row.total_satang, row.hand.code[:4]) for row in Receipt.select()}
        assert kept == {1: (10_000, "1000"), 2: (100_000, "1000"), 3: (5_000, "1150")}


def test_at_the_table_a_number_and_a_tap_make_a_receipt_and_the_next_may_come(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer, "#counter")
        kit = page.evaluate("async () => (await import(moduleOf('kit'))).open().then(({ people }) => people)")
        numbers = [one["pays"][0][1] for one in kit if "pays" in one][:3]
        for made, number in enumerate(numbers, 1):
            page.locator("#number").fill(number)
            expect(page.locator("[data-take]")).to_have_text(re.compile("รับ .* บาท"))
            looked_over(volunteer, f"counter-{made}") if made == 1 else None
            page.locator("[data-take]").click()
            expect(page.locator('[data-list="last"]')).to_contain_text(f"M1/{made}")
            expect(page.locator("#number")).to_have_value("")
            expect(page.locator("#number")).to_be_focused()
        page.locator("#number").fill(numbers[0])
        expect(page.locator("[data-take]")).to_be_hidden()
        page.locator("#number").fill("ไม่มีใครชื่อนี้")
        expect(page.locator("[data-nobody-found]")).to_be_visible()
    sent(volunteer, len(numbers))


def test_who_was_registered_today_pays_today(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    person = {
        "id": str(uuid.uuid4()),
        "first_name": "ใหม่",
        "last_name": "เอี่ยม",
        "relation": "head",
        "living_here": True,
    }
    apply = {"membership": "apply", "application": {"fund": "F1", "applied_on": "2026-11-22", "pledge": True}}
    house = str(uuid.uuid4())
    with no_signal(village, volunteer):
        page = opened(volunteer)
        payload = {"house": {"number": "999"}, "visit": {"outcome": "interested"}, "people": [person | apply]}
        entry = {"kind": "household", "form": "household@1", "subject": house, "place": "C01", "payload": payload}
        call(volunteer, "outbox", "add", entry)
        new = houses(page).filter(has_text="999")
        expect(new).to_contain_text("สมัครแล้ว จ่ายครั้งแรก")
        tap(new)
        [one] = own(volunteer)
        assert one["payload"]["lines"][0]["person"] == str(uuid.uuid5(uuid.UUID(house), person["id"]))
        assert one["payload"]["payer"]["type"] == "self" and one["subject"] == house


def test_a_receipt_is_made_void_with_its_reason(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        tap(houses(page).first)
        houses(page).first.locator("[data-dots]").click()
        page.locator('[data-list="taken"] .row').click()
        page.locator("[data-annul]").click()
        page.locator("form[data-void] button[type=submit]").click()
        expect(said(page, "reason")).to_have_count(1)
        expect(said(page, "money")).to_have_count(1)
        page.fill("#reason", "จดผิดบ้าน")
        page.locator("input[name=money][value=given_back]").check()
        page.locator("form[data-void] button[type=submit]").click()
        expect(said(page, "signature")).to_have_count(1)
        looked_over(volunteer, "void")
        page.locator("input[name=money][value=never_paid]").check()
        page.locator("form[data-void] button[type=submit]").click()
        expect(page.locator('[data-step-banner="void"]')).to_be_visible()
        expect(page.locator("[data-annul]")).to_be_hidden()
    sent(volunteer, 2)
    with office(village):
        [void] = Entry.select().join(Opening).where(Opening.kind == "receipt_void")
        assert void.outcome == "received"


def test_names_are_closed_until_the_phone_is_unlocked_and_without_a_kit_it_says_what_to_do(village, phones):
    volunteer = ready(phones("volunteer"))
    page = opened(volunteer)
    expect(page.locator("[data-no-kit]")).to_be_visible()
    expect(houses(page)).to_have_count(0)
    sent_to_collect(village, volunteer)
    page = opened(volunteer)
    name = houses(page).first.locator(".collect__name").inner_text()
    call(volunteer, "kit", "lock")
    expect(page.locator("[data-locked]")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(name)
    volunteer.restart()
    volunteer.page.goto("/collections/new")
    expect(volunteer.page.locator("[data-locked]")).to_be_visible()
    expect(houses(volunteer.page)).to_have_count(0)


@pytest.mark.parametrize("face", ["", "#counter", "#page", "#other"])
def test_it_fits_a_small_screen_with_large_letters(village, phones, face):
    volunteer = sent_to_collect(village, phones("volunteer", width=320, text_scale=2))
    with no_signal(village, volunteer):
        opened(volunteer, face)
        looked_over(volunteer, f"large{face[1:]}")
