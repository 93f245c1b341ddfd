"""/ledger/audits: the auditor draws and marks, the treasurer answers, and whoever is not concerned finds nothing."""

import html
import re
from datetime import date

import pytest

from db.models import Audit, AuditItem, AuditWord, MonthClose
from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.closing_books import write
from tests.collecting import TODAY
from tests.small_fund import NOW

BANK = "1100-ออมสิน-001"
DRAW = {"seed": "3 1 5 2", "receipts": "10", "vouchers": "๕", "claims": "0"}


@pytest.fixture
def browsers(site, settled_fund):
    for handle, role in (("treasurer", "treasurer"), ("auditor", "auditor")):
        one = accounts.add(handle, name=handle, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[handle] = one
    banks.write(settled_fund.fund, "ออมสิน", "001", since=TODAY, by=settled_fund.people["treasurer"], at=NOW)
    write(settled_fund, "income", 500, date(2026, 10, 20), code="4040", source="bank", bank="ออมสิน 001")
    found = {handle: site.browser(handle) for handle in ("treasurer", "auditor", "zone-leader", "volunteer")}
    form = {"through": "2026-10-31", BANK: "500"}
    page = found["treasurer"].post("/ledger/closes/fund", data=form).location
    assert found["auditor"].post(f"{page}/signature").status_code == 303
    return found


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_a_sample_is_drawn_marked_answered_and_settled(browsers):
    treasurer, auditor = browsers["treasurer"], browsers["auditor"]
    form = DRAW | {"period": f"month-{MonthClose.get().id}"}
    assert "สุ่มรายการมาตรวจ" in text_of(auditor.get("/ledger/audits"))
    assert "สุ่มรายการมาตรวจ" not in text_of(treasurer.get("/ledger/audits"))
    assert treasurer.post("/ledger/audits/fund", data=form).status_code == 404
    for odd in ({"seed": "x"}, {"period": "month-9"}, {"receipts": "-1"}, {"receipts": "x"}):
        assert auditor.post("/ledger/audits/fund", data=form | odd).status_code == 422
    page = auditor.post("/ledger/audits/fund", data=form).location
    assert auditor.post("/ledger/audits/fund", data=form).location == page and Audit.select().count() == 1
    said = text_of(treasurer.get(page))
    assert "3 1 5 2" in said and MonthClose.get().set_hash in said and "1 จาก 1" in said
    item = f"/ledger/audits/items/{AuditItem.get().id}"
    words = {"kind": "finding", "seen": "0", "words": "ไม่มีใบรับเงิน"}
    assert treasurer.post(f"{item}/words", data=words).status_code == 404
    assert auditor.post(f"{item}/words", data=words | {"words": ""}).status_code == 422
    assert auditor.post(f"{item}/words", data=words | {"kind": "settled"}).status_code == 422
    for _ in range(2):
        assert auditor.post(f"{item}/words", data=words).location == item
    for one in (treasurer, auditor):
        assert "ข้อสังเกตของผู้ตรวจสอบ" in text_of(one.get("/"))
    assert item in treasurer.get("/ledger/audits").text
    answer = {"kind": "answer", "seen": "1", "words": "แนบแล้ว"}
    assert treasurer.post(f"{item}/words", data=answer).location == item
    assert "ข้อสังเกตของผู้ตรวจสอบ" not in text_of(treasurer.get("/"))
    assert "แนบแล้ว" in text_of(auditor.get(item))
    assert auditor.post(f"{item}/words", data={"kind": "settled", "seen": "2"}).location == item
    assert "จบเรื่องแล้ว" in text_of(auditor.get(page)) and AuditWord.select().count() == 3
    for handle in ("zone-leader", "volunteer"):
        assert [browsers[handle].get(one).status_code for one in (page, item)] == [404, 404]
        assert "ไม่มีเรื่องรอท่านที่นี่" in text_of(browsers[handle].get("/ledger/audits"))
