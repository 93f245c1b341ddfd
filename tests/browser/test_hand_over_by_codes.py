"""Two phones without a signal: cash goes from the one who collected to the leader by codes, and either phone brings both words to the fund."""

import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Entry, Fund, Opening, Receipt
from pwa import cli_books, web
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, counting, holders, trial_balance, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.domain.text.dates import BANGKOK
from tests.browser.collecting import houses, own, sent_to_collect, tap
from tests.browser.collecting import opened as collecting
from tests.browser.handing import coins, count, opened, scanned, shown
from tests.browser.phones import wait_until
from tests.browser.stories import NO_SIGNAL, looked_over, no_signal, office, ready, sent, when_booked

FUND = "F1"
BACK = '[data-dock]:not([hidden]) a[href="#hand"]'
HANDS = '[data-list="hands"] .row'


@pytest.fixture
def two(village, phones):
    """The phones of a volunteer who is sent to collect and of the leader, who has no kit."""
    return sent_to_collect(village, phones("volunteer")), ready(phones("zone-leader"))


def collected(volunteer, many=3):
    """So many houses paid; the sum in satang."""
    page = collecting(volunteer)
    for number in range(many):
        tap(houses(page).nth(number))
    return sum(one["payload"]["total_satang"] for one in own(volunteer))


def offered(volunteer, satang):
    """All that is in the volunteer's hand counted and offered; the pictures of the offer."""
    page = opened(volunteer)
    page.locator(HANDS).click()
    count(page, **coins(satang))
    expect(page.locator('[data-face="shown"] .amount')).to_have_text(baht(satang))
    return shown(volunteer)


def taken(leader, pictures, satang):
    """Scanned, counted and taken by the leader; the pictures of the answer."""
    page = opened(leader)
    scanned(leader, pictures)
    count(page, **coins(satang))
    expect(page.locator('[data-of="answer"]')).to_be_visible()
    return shown(leader)


def baht(satang):
    return f"{satang // 100:,} บาท"


def books(village):
    """The accounts of cash that come to something, as `ombun books` says."""
    with office(village):
        today = web.system_clock().astimezone(BANGKOK).date()
        found = cli_books.of(trial_balance.of(Fund.get(Fund.code == FUND), to=today + timedelta(days=1)))
    cash = ("1000", "1150", "1200", "2000", "2400", "2500")
    return {
        one["code"]: one["closing_satang"]
        for one in found["accounts"]
        if one["code"][:4] in cash and one["closing_satang"]
    }


def booked(village, expected):
    """What came into custody is in the books a moment later."""
    wait_until(lambda: books(village) == expected)


def test_cash_changes_hands_without_a_signal_and_the_giver_brings_it(village, two, phones):
    volunteer, leader = two
    leader.expects(NO_SIGNAL)
    with no_signal(village, volunteer):
        satang = from_hand_to_hand(volunteer, leader)
        leader.kill9()
    sent(volunteer, 5)
    booked(village, {"1000-zone-leader": satang, "2000": -satang})
    leader.start()
    leader.page.goto("/handovers/new")
    sent(leader, 2)
    booked(village, {"1000-zone-leader": satang, "2000": -satang})
    with office(village):
        brought(satang)
    booked(village, {"1150-ธ.ก.ส.-4471": satang})
    treasurer = phones("treasurer")
    treasurer.page.goto("/cash")
    expect(treasurer.page.locator("main")).to_contain_text("ธ.ก.ส.")
    expect(treasurer.page.locator(".sums__line--total dd").first).to_have_text(baht(satang))
    with office(village):
        assert promises.check() == []


def from_hand_to_hand(volunteer, leader):
    """Collected, offered, taken and answered, each page looked at; the sum."""
    satang = collected(volunteer)
    page = opened(volunteer)
    expect(page.locator(HANDS)).to_contain_text(baht(satang))
    looked_over(volunteer, "hand")
    page.locator(HANDS).click()
    expect(page.locator('[data-list="expected"]')).to_contain_text("เล่ม M1 เลขที่ 1–3")
    looked_over(volunteer, "count")
    offer = offered(volunteer, satang)
    looked_over(volunteer, "offer")
    theirs = opened(leader)
    scanned(leader, offer)
    expect(theirs.locator(".sums__line--total dd")).to_have_text(baht(satang))
    looked_over(leader, "take")
    answer = taken(leader, offer, satang)
    looked_over(leader, "answer")
    scanned(volunteer, answer)
    expect(page.locator('[data-slot="answered"]')).to_contain_text(f"นับและรับแล้ว {baht(satang)}")
    looked_over(volunteer, "answered")
    page.locator(BACK).click()
    expect(page.locator(HANDS)).to_have_count(0)
    expect(page.locator('[data-list="done"] .row')).to_have_count(1)
    theirs.locator(BACK).click()
    expect(theirs.locator(HANDS)).to_contain_text("รับมอบมา 1 รายการ")
    looked_over(leader, "leader-hand")
    return satang


def brought(satang):
    """The leader checks the receipts and hands the cash to the treasurer at the desk, who pays it in."""
    at = web.system_clock()
    on, fund = at.astimezone(BANGKOK).date(), holders.fund(FUND)
    leader, treasurer = accounts.named("zone-leader"), accounts.named("treasurer")
    for row in Entry.select().join(Opening).where(Opening.kind == "contribution"):
        review.approve(row, by=leader, at=at)
    rows = [{"satang": 100, "count": satang // 100}]
    mine, theirs = ({"by": one, "sender": Phone(one, at=at).device.id, "at": at} for one in (leader, treasurer))
    made = counting.offer(counting.hand(FUND, "1000-zone-leader", of=leader), rows, "", **mine)
    handover, _ = counting.find(made, seen_by=treasurer)
    counting.take(handover, rows, "", differs=False, **theirs)
    banks.write(fund, "ธ.ก.ส.", "4471", since=on, by=treasurer, at=at)
    asked = Asked("deposit", on, satang, source="1000-treasurer", bank="ธ.ก.ส. 4471", payee="ธ.ก.ส.", ground="ฝากเงินสด")
    vouchers.write(fund, asked, command_id=uuid.uuid4(), by=treasurer, at=at, on=on)


def test_the_taker_alone_may_bring_it_and_the_receipts_come_later(village, two):
    """Less than was said is taken only when the taker says so; the rest stays in the giver's name."""
    volunteer, leader = two
    volunteer.expects(NO_SIGNAL)
    with no_signal(village, leader):
        satang = collected(volunteer, 2)
        offer = offered(volunteer, satang)
        page = opened(leader)
        scanned(leader, offer)
        count(page, **coins(satang - 2000))
        expect(page.locator("[data-act]")).to_have_text(f"รับ {baht(satang - 2000)}")
        expect(page.locator('[data-field="differs"] [data-message]')).to_contain_text("นับใหม่ด้วยกัน")
        looked_over(leader, "take-differs")
        page.locator("input[name=differs]").check()
        page.locator("[data-act]").click()
        expect(page.locator('[data-of="answer"]')).to_be_visible()
        shown(leader)
        page.locator(BACK).click()
        scanned(leader, offer)
        expect(page.locator('[data-of="answer"]')).to_be_visible()
        volunteer.kill9()
    sent(leader, 2)
    booked(village, {"1000-zone-leader": satang - 2000, "2400": -satang, "1200-volunteer": 2000})
    volunteer.start()
    opened(volunteer)
    sent(volunteer, 3)
    expect(volunteer.page.locator('[data-list="done"] .row')).to_contain_text("กองทุนแจ้งว่ามีผู้รับแล้ว")
    booked(village, {"1000-zone-leader": satang - 2000, "2000": -satang, "1200-volunteer": 2000})
    with when_booked(village):
        assert Receipt.select().count() == 2 and promises.check() == []


def test_a_file_does_where_the_camera_reads_nothing(village, two, tmp_path):
    volunteer, leader = two
    with no_signal(village, volunteer, leader):
        satang = collected(volunteer, 1)
        offered(volunteer, satang)
        with volunteer.page.expect_download() as download:
            volunteer.page.locator("[data-as-file]").click()
        file = tmp_path / "offer.txt"
        download.value.save_as(file)
        page = opened(leader, "#scan")
        page.locator("summary:has-text('กล้องอ่านไม่ได้')").click()
        half = tmp_path / "half.txt"
        half.write_text("\n".join(file.read_text().splitlines()[1:]))
        page.set_input_files("#frames", half)
        expect(page.locator("[data-refused]")).to_contain_text("ไฟล์นี้ไม่ครบ")
        looked_over(leader, "scan")
        page.set_input_files("#frames", file)
        expect(page.locator("h1")).to_contain_text("รับเงินจาก สมหญิง")
        own_offer = opened(volunteer, "#scan")
        own_offer.locator("summary:has-text('กล้องอ่านไม่ได้')").click()
        own_offer.set_input_files("#frames", file)
        expect(own_offer.locator("[data-refused]")).to_contain_text("ส่งมอบของท่านเอง")


def test_it_fits_a_small_screen_with_large_letters(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer", width=320, text_scale=2))
    with no_signal(village, volunteer):
        satang = collected(volunteer, 1)
        page = opened(volunteer)
        looked_over(volunteer, "large-hand")
        page.locator(HANDS).click()
        looked_over(volunteer, "large-count")
        count(page, n2000=1)
        expect(page.locator('[data-field="reason"] [data-message]')).to_contain_text("ไม่ตรง")
        page.fill("#reason", "ทอนผิด")
        page.locator("[data-act]").click()
        expect(page.locator('[data-face="shown"] .amount')).to_have_text("20 บาท")
        assert satang != 2000
        looked_over(volunteer, "large-offer")
        page.locator("[data-anew]").click()
        expect(page.locator(HANDS)).to_be_visible()
        expect(page.locator(HANDS)).to_contain_text(baht(satang))
        page.locator('[data-dock]:not([hidden]) a[href="#scan"]').click()
        looked_over(volunteer, "large-scan")
