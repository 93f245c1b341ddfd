"""A phone dies with a receipt that never went out: the member's code is enough to write it anew, and the phone's own word joins it later."""

from playwright.sync_api import expect

from db.models import Booking, Membership, Receipt, Unbooked
from pwa.domain.fund import stubs
from tests.browser.collecting import CODE, houses, opened, own, sent_to_collect, tap
from tests.browser.stories import (
    NO_SIGNAL,
    keeps_every_promise,
    looked_over,
    no_signal,
    office,
    ready,
    sent,
    when_booked,
)

MANY = 4


def lost(village, volunteer):
    """A phone that wrote receipts without a signal and is switched off; one of them for one person, and what its code says."""
    with no_signal(village):
        page = opened(volunteer)
        for number in range(MANY):
            tap(houses(page).nth(number))
        one = next(one for one in own(volunteer) if len(one["payload"]["lines"]) == 1)
        found = volunteer.page.evaluate(
            """async (name) => (await import(moduleOf("receipts"))).own().then((all) => all.find((one) => one.name === name).id)""",
            one["name"],
        )
        page.goto(f"/collections/new#receipt={found}")
        page.locator('[data-face="receipt"] [data-stub]').wait_for()
        code = page.evaluate(CODE)
        volunteer.kill9()
    return one, code


def said(page, field):
    return page.locator(f'[data-face="page"] [data-field="{field}"] [data-message]')


def typed(page, code):
    page.locator('[data-face="page"] summary:has-text("เขียนใบเสร็จใหม่จากรหัส")').click()
    page.fill("#stub", "https://ombun.example/")
    expect(said(page, "stub")).to_contain_text("ไม่ใช่รหัสใบเสร็จ")
    page.fill("#stub", code)


def test_a_receipt_is_written_anew_from_its_code_and_joined_by_its_phone(village, phones):
    volunteer, treasurer = sent_to_collect(village, phones("volunteer")), ready(phones("treasurer"))
    volunteer.expects(NO_SIGNAL)
    treasurer.expects(NO_SIGNAL)
    one, code = lost(village, volunteer)
    payload = one["payload"]
    with office(village):
        assert stubs.read(code).proved_by == "phone" and stubs.read(code).receipt is None
        number = Membership.get(Membership.person == payload["lines"][0]["person"]).number
    page = opened(treasurer, "#page")
    expect(page.locator("#collector option")).not_to_have_count(0)
    typed(page, code)
    expect(page.locator("#book")).to_have_value(payload["book"])
    expect(page.locator("#line-no")).to_have_value(str(payload["no"]))
    expect(page.locator("#foot")).to_have_value(str(payload["total_satang"] // 100))
    looked_over(treasurer, "page-from-code")
    page.fill("#line-who", number)
    page.locator("#line-who").press("Enter")
    expect(said(page, "collector")).to_contain_text("ใครเป็นผู้รับเงิน")
    page.locator("#collector").select_option("volunteer")
    page.locator("#line-who").press("Enter")
    page.locator("#line-who").press("Enter")
    expect(page.locator('[data-list="page-lines"] .row')).to_have_count(1)
    page.locator('[data-slot="page-save"]').click()
    expect(page.locator('[data-slot="page-saved"]')).to_contain_text("1 ใบ")
    sent(treasurer, 1)
    with when_booked(village):
        [receipt] = Receipt.select()
        assert (receipt.hand.code, receipt.book, receipt.no) == ("1000-volunteer", payload["book"], payload["no"])
        assert stubs.read(code).agrees
    volunteer.start()
    volunteer.page.goto("/phone")
    sent(volunteer, MANY)
    with when_booked(village):
        assert Receipt.select().count() == MANY
        assert Booking.select().where(Booking.receipt == receipt.id).count() == 2 and not Unbooked.select().exists()
    keeps_every_promise(village)
