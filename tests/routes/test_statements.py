"""/ledger/statements: lines are pasted, each is said to be what it is, and bad lines stay with their sentence."""

import html
import re
from datetime import date

import pytest

from db.models import StatementLine, StatementMatch
from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.closing_books import write
from tests.collecting import TODAY
from tests.small_fund import NOW

BANK = "ออมสิน 001"


@pytest.fixture
def browsers(site, settled_fund):
    for handle, role in (("treasurer", "treasurer"), ("auditor", "auditor")):
        one = accounts.add(handle, name=handle, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[handle] = one
    banks.write(settled_fund.fund, "ออมสิน", "001", since=TODAY, by=settled_fund.people["treasurer"], at=NOW)
    write(settled_fund, "income", 500, date(2026, 10, 30), code="4040", source="1000-treasurer")
    write(settled_fund, "deposit", 500, date(2026, 10, 31), source="1000-treasurer", bank=BANK)
    return {handle: site.browser(handle) for handle in ("treasurer", "auditor", "zone-leader")}


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_lines_are_pasted_and_matched(browsers):
    treasurer, auditor = browsers["treasurer"], browsers["auditor"]
    form = {"bank": BANK, "lines": "1/11/2569\tฝากเงิน\t\t500\t500\n2/11/2569\tโอนเข้า\t\t40\t540"}
    for _ in range(2):
        assert "/ledger/statements?" in treasurer.post("/ledger/statements/fund", data=form).location
    first, second = StatementLine.select().order_by(StatementLine.n)
    page = treasurer.get("/ledger/statements?fund=fund")
    assert "ฝากเงิน" in page.text and "ใบสำคัญ 2" in text_of(page)
    [transaction] = re.findall(r'name="transaction" value="(\d+)"', page.text)
    assert treasurer.post(f"/ledger/statements/fund/{first.id}", data={"transaction": transaction}).status_code == 303
    assert treasurer.post(f"/ledger/statements/fund/{second.id}", data={"transaction": transaction}).status_code == 422
    assert treasurer.post(f"/ledger/statements/fund/{second.id}", data={"owner": "x"}).status_code == 404
    [owner] = re.findall(r'<option value="([^"]+)">auditor', page.text)[:1]
    assert treasurer.post(f"/ledger/statements/fund/{second.id}", data={"owner": owner}).status_code == 303
    assert StatementMatch.select().count() == 1
    said = text_of(auditor.get("/ledger/statements"))
    assert "auditor ตามอยู่" in said and "รับไว้ในหน้านี้" not in said
    assert auditor.post("/ledger/statements/fund", data=form).status_code == 404
    assert browsers["zone-leader"].get("/ledger/statements").status_code == 404
    assert "ฝากเงิน" in treasurer.get("/ledger/statements?fund=fund&before=2").text
    for odd in ("9" * 30, "-1", "x"):
        assert treasurer.get(f"/ledger/statements?fund=fund&before={odd}").status_code == 200


def test_a_line_that_cannot_be_taken_is_told_at_the_field(browsers):
    form = {"bank": BANK, "lines": "1/11/2569\tx\t\t500\t500\n2/11/2569\tx\t\t100\t650"}
    answer = browsers["treasurer"].post("/ledger/statements/fund", data=form)
    assert answer.status_code == 422 and "บรรทัดที่ 2" in text_of(answer) and not StatementLine.select().exists()


def test_a_wrong_match_is_taken_back_by_who_keeps_the_books(browsers):
    treasurer, auditor = browsers["treasurer"], browsers["auditor"]
    form = {"bank": BANK, "lines": "1/11/2569\tฝากเงิน\t\t500\t500"}
    treasurer.post("/ledger/statements/fund", data=form)
    line, page = StatementLine.get(), treasurer.get("/ledger/statements?fund=fund")
    [transaction] = re.findall(r'name="transaction" value="(\d+)"', page.text)
    treasurer.post(f"/ledger/statements/fund/{line.id}", data={"transaction": transaction})
    undoing = f"/ledger/statements/fund/{line.id}/undoing"
    form = {"kind": "match", "said": str(StatementMatch.get().id), "reason": "คนละรายการ"}
    assert "จับคู่นี้ผิด" not in auditor.get("/ledger/statements").text
    assert auditor.post(undoing, data=form).status_code == 404
    for odd in ({"said": "x"}, {"kind": "riddle"}, {"reason": ""}):
        assert treasurer.post(undoing, data=form | odd).status_code == 422
    for _ in range(2):
        assert treasurer.post(undoing, data=form).status_code == 303
    said = text_of(auditor.get("/ledger/statements"))
    assert "คนละรายการ" in said and "ยังไม่จับคู่" in said
