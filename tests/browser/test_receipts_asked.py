"""A receipt that is asked about, or whose sum is wrong: answered without a signal, or replaced by one that takes over its money."""

from playwright.sync_api import expect

from db.models import Receipt, ReceiptStanding
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.collecting import known, opened, own, sent_to_collect, take, tap
from tests.browser.household_form import photo
from tests.browser.stories import held, keeps_every_promise, looked_over, no_signal, office, sent, when_booked

QUESTION = "หลานบอกว่าจ่าย 60 บาท จริงหรือไม่"


def asked(village, phone):
    """A house is tapped, its receipt arrives, and the leader asks about it; the row by which the phone says so at home."""
    page = opened(phone)
    tap(known(page))
    [record] = sent(phone, 1)
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        review.send_back(
            review.get(record["id"], seen_by=leader, at=at), by=leader, at=at, reason=QUESTION, comments={}
        )
    phone.page.goto("/")
    row = phone.page.locator('[data-list="returned"] a', has_text="ใบเสร็จ M1/1")
    expect(row).to_contain_text(QUESTION)
    return record["id"], row


def test_what_the_fund_asks_is_answered_without_a_signal_and_the_money_stays(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    first, row = asked(village, volunteer)
    [before] = own(volunteer)
    with no_signal(village, volunteer):
        row.click()
        page = volunteer.page
        face = page.locator('[data-face="returned"]')
        expect(face).to_contain_text(QUESTION)
        looked_over(volunteer, "asked")
        face.locator("button[type=submit]").click()
        expect(face.locator("[data-message]")).to_contain_text("เขียนคำตอบ")
        page.fill("#answer", "จ่ายจริง ถามยายแล้ว")
        face.locator("input[type=file]").set_input_files(photo(volunteer))
        expect(face.locator('[data-list="pictures"] img')).to_be_visible()
        looked_over(volunteer, "answered")
        face.locator("button[type=submit]").click()
        receipt = page.locator('[data-face="receipt"]')
        expect(receipt.locator('[data-step-banner="here"]')).to_be_visible()
        expect(receipt.locator('[data-slot="remark"]')).to_have_text("จ่ายจริง ถามยายแล้ว")
        [after] = own(volunteer)
        money = ("book", "no", "paid_on", "payer", "lines", "total_satang")
        assert [after["payload"][name] for name in money] == [before["payload"][name] for name in money]
        page.goto("/")
        expect(page.locator('[data-list="returned"] a', has_text="45/2")).to_be_visible()
        expect(page.locator('[data-list="returned"] a', has_text="M1/1")).to_have_count(0)
    second = next(one["id"] for one in sent(volunteer, 2) if one["id"] != first)
    old, new = held(village, first, second)
    assert (old["state"], new["state"]) == ("replaced", "received")
    assert new["plain"]["payload"]["evidence"][0]["role"] == "evidence"
    with when_booked(village):
        assert [row.total_satang for row in Receipt.select()] == [before["payload"]["total_satang"]]
    keeps_every_promise(village)


def test_a_receipt_of_a_wrong_sum_is_replaced_and_what_was_asked_is_answered_by_it(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    _, row = asked(village, volunteer)
    [before] = own(volunteer)
    line = before["payload"]["lines"][0]
    with no_signal(village, volunteer):
        row.click()
        page = volunteer.page
        page.locator('[data-face="returned"] [data-instead]').click()
        expect(page.locator('[data-slot="replaced"]')).to_contain_text("ออกแทนใบเสร็จ M1/1")
        page.locator("#periods").select_option("5")
        looked_over(volunteer, "instead")
        take(page)
        receipt = page.locator('[data-face="receipt"]')
        expect(receipt.locator('[data-slot="receipt"]')).to_have_text("ใบเสร็จ M1/2")
        expect(receipt.locator('[data-slot="instead"]')).to_have_text("ออกแทนใบเสร็จ M1/1")
        looked_over(volunteer, "instead-receipt")
        old, new = own(volunteer)
        assert (old["isVoid"], new["isVoid"]) == (True, False)
        assert new["payload"]["lines"][0]["covers_from"] == line["covers_from"]
        page.goto("/")
        expect(page.locator('[data-list="returned"] a', has_text="45/2")).to_be_visible()
        expect(page.locator('[data-list="returned"] a', has_text="M1/1")).to_have_count(0)
        page = opened(volunteer)
        total = f"{new['payload']['total_satang'] // 100:,} บาท"
        expect(page.locator('[data-slot="sum"]')).to_have_text(total)
    sent(volunteer, 3)
    with when_booked(village):
        booked = {row.no: (row.old_no, row.total_satang) for row in Receipt.select()}
        assert booked == {1: (None, old["payload"]["total_satang"]), 2: (1, new["payload"]["total_satang"])}
        assert {row.state for row in ReceiptStanding.select()} == {"waiting"}
    keeps_every_promise(village)
