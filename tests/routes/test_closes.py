"""/ledger/closes: the treasurer types the bank's balance and signs, the auditor signs on another device, and the files stay."""

import hashlib
import html
import re
from datetime import date

import pytest

from db.models import BankBalance, MonthClose, YearClose
from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.closing_books import write
from tests.collecting import TODAY
from tests.small_fund import NOW

BANK = "1100-ออมสิน-001"
FORM = {"through": "2026-10-31", BANK: "500"}


@pytest.fixture
def browsers(site, settled_fund):
    for handle, role in (("treasurer", "treasurer"), ("auditor", "auditor")):
        one = accounts.add(handle, name=handle, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[handle] = one
    by = settled_fund.people["treasurer"]
    banks.write(settled_fund.fund, "ออมสิน", "001", since=TODAY, by=by, at=NOW)
    write(settled_fund, "income", 500, date(2026, 10, 20), code="4040", source="bank", bank="ออมสิน 001")
    return {handle: site.browser(handle) for handle in ("treasurer", "auditor", "zone-leader", "volunteer")}


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_a_month_is_closed_by_two_and_its_files_stay(browsers):
    treasurer, auditor = browsers["treasurer"], browsers["auditor"]
    assert "/ledger/closes" in treasurer.get("/").text
    assert "ปิดบัญชีเดือนตุลาคม 2569" in text_of(treasurer.get("/ledger/closes"))
    page = treasurer.post("/ledger/closes/fund", data=FORM).location
    assert treasurer.post("/ledger/closes/fund", data=FORM).location == page and MonthClose.select().count() == 1
    assert "รอผู้ตรวจสอบลงชื่อ" in text_of(treasurer.get(page))
    assert treasurer.post(f"{page}/signature").status_code == 404
    assert page in auditor.get("/ledger/closes").text
    for _ in range(2):
        assert auditor.post(f"{page}/signature").location == page
    said = text_of(auditor.get(page))
    assert "ปิดแล้ว ลงชื่อครบสองคน" in said and MonthClose.get().set_hash in said
    table = auditor.get(f"{page}?file=csv").text
    assert "1100" in table and "500.00" in table and "treasurer" not in table
    for handle in ("zone-leader", "volunteer"):
        assert browsers[handle].get(page).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "พิมพ์ยอดตามใบแจ้งยอดธนาคารวันสิ้นเดือน"),
        ("ห้าร้อย", "กรอกจำนวนเงินเป็นตัวเลข"),
        ("485", "ใบแจ้งยอดต่างจากบัญชี −15 บาท"),
        ("0", "ใบแจ้งยอดต่างจากบัญชี −500 บาท"),
    ],
)
def test_a_balance_that_cannot_be_taken_is_told_at_its_field(browsers, typed, said):
    answer = browsers["treasurer"].post("/ledger/closes/fund", data=FORM | {BANK: typed})
    assert answer.status_code == 422 and said in text_of(answer) and not MonthClose.select().exists()


def test_a_difference_goes_with_its_owner_and_is_typed_anew_by_two(browsers, settled_fund):
    treasurer, auditor = browsers["treasurer"], browsers["auditor"]
    owner = str(settled_fund.people["treasurer"].id)
    about = {f"{BANK}:owner": owner, f"{BANK}:note": "ค่าธรรมเนียม"}
    page = treasurer.post("/ledger/closes/fund", data=FORM | {BANK: "๔๘๕.-"} | about).location
    auditor.post(f"{page}/signature")
    assert "ต่าง −15 บาท" in text_of(auditor.get(page)) or "ค่าธรรมเนียม" in text_of(auditor.get(page))
    assert treasurer.post(f"{page}/balances", data={"bank": BANK, BANK: "500"}).location == page
    newer = BankBalance.get(BankBalance.n == 1)
    assert "ใช้ได้เมื่อผู้ตรวจสอบเห็นด้วย" in text_of(treasurer.get(page))
    assert auditor.post(f"{page}/balances/{newer.id}/agreement").location == page
    assert "ค่าธรรมเนียม" not in text_of(auditor.get(page))


def test_the_auditor_gives_it_back(browsers):
    page = browsers["treasurer"].post("/ledger/closes/fund", data=FORM).location
    assert browsers["auditor"].post(f"{page}/refusal", data={"reason": ""}).status_code == 422
    assert browsers["auditor"].post(f"{page}/refusal", data={"reason": "นับเงินก่อน"}).location == page
    assert "นับเงินก่อน" in text_of(browsers["treasurer"].get(page))
    assert "ปิดบัญชีเดือนตุลาคม 2569" in text_of(browsers["treasurer"].get("/ledger/closes"))


def test_a_year_is_closed_by_two_and_everybody_reads_its_number(browsers, settled_fund, site):
    treasurer, auditor, anybody = browsers["treasurer"], browsers["auditor"], site.browser()
    assert "ยังไม่มีเดือนที่ปิดบัญชี" in text_of(anybody.get("/funds/fund"))
    assert anybody.get("/funds/nowhere").status_code == 404
    write(settled_fund, "income", 100, date(2026, 9, 20), code="4040", source="bank", bank="ออมสิน 001")
    month = {"through": "2026-09-30", BANK: "100"}
    form = {"through": "2026-09-30"}
    assert treasurer.post("/ledger/years/fund", data=form).status_code == 422
    auditor.post(treasurer.post("/ledger/closes/fund", data=month).location + "/signature")
    assert "ปิดบัญชีปีถึงสิ้นเดือนกันยายน 2569" in text_of(treasurer.get("/ledger/closes"))
    assert auditor.post("/ledger/years/fund", data=form).status_code == 404
    page = treasurer.post("/ledger/years/fund", data=form).location
    assert treasurer.post("/ledger/years/fund", data=form).location == page
    assert treasurer.post("/ledger/years/fund", data={"through": "x"}).status_code == 422
    assert page in auditor.get("/ledger/closes").text and "รอผู้ตรวจสอบลงชื่อ" in text_of(treasurer.get(page))
    assert auditor.post(f"{page}/refusal", data={"reason": ""}).status_code == 422
    assert auditor.get(f"{page}/bundle").status_code == 404
    assert treasurer.post(f"{page}/signature").status_code == 404
    for _ in range(2):
        assert auditor.post(f"{page}/signature").location == page
    sha256 = YearClose.get().set_hash
    assert sha256 in auditor.get(page).text and MonthClose.get().set_hash in auditor.get(page).text
    packed = treasurer.get(f"{page}/bundle")
    assert packed.mimetype == "application/zip" and packed.data == auditor.get(f"{page}/bundle").data
    lines = auditor.get(f"/ledger/closes/{MonthClose.get().id}?file=lines").data
    assert hashlib.sha256(lines).hexdigest() == MonthClose.get().set_hash
    assert anybody.get(f"{page}/bundle").status_code in (302, 303, 401)
    told = anybody.get("/funds/fund").text
    assert sha256 in told and MonthClose.get().set_hash in told
    assert not any(name in text_of(anybody.get("/funds/fund")) for name in ("treasurer", "auditor"))
    assert "สมาชิกไม่ถึง 10 คน" in text_of(anybody.get("/funds/fund"))
    for handle in ("zone-leader", "volunteer"):
        assert browsers[handle].get(page).status_code == 404
