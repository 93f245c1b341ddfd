"""/vouchers: the treasurer writes one, everybody who reads the books sees its paper, and it opens from the cash book."""

import html
import re
import uuid

import pytest

from db.models import Voucher
from pwa.domain.people import accounts
from tests.small_fund import NOW


@pytest.fixture
def treasurer(site, settled_fund):
    for role in ("treasurer", "auditor"):
        one = accounts.add(role, name=role, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[role] = one
    return site.browser("treasurer")


def form(kind="income", satang="1,000", **more):
    said = {
        "command": str(uuid.uuid4()),
        "kind": kind,
        "satang": satang,
        "payee": "อบต.",
        "ground": "สมทบ",
        "code": "4040",
    }
    return said | {"source": "1000-treasurer", "on:day": "22", "on:month": "11", "on:year": "2569"} | more


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.mark.parametrize("kind", ["refund", "deposit", "withdrawal", "expense", "income", "between_pots"])
def test_each_kind_has_its_form(treasurer, kind):
    assert treasurer.get(f"/vouchers/new?kind={kind}").status_code == 200


def test_a_voucher_is_a_paper_with_its_sum_in_words(site, treasurer):
    written = treasurer.post("/vouchers/fund", data=form(satang="๑,๐๐๐.50"))
    assert (written.status_code, written.location) == (303, "/vouchers/fund/1")
    for browser in (treasurer, site.browser("auditor")):
        shown = text_of(browser.get("/vouchers/fund/1"))
        assert "หนึ่งพันบาทห้าสิบสตางค์" in shown and "1,000.50" in shown and "22 พฤศจิกายน 2569" in shown.replace("\xa0", " ")
        assert 'href="/vouchers/fund/1"' in browser.get("/ledger/1000-treasurer").text
        assert "1,000.50 บาท" in text_of(browser.get("/vouchers"))


def test_the_form_sent_twice_is_one_voucher(treasurer):
    said = form()
    assert {treasurer.post("/vouchers/fund", data=said).location for _ in range(3)} == {"/vouchers/fund/1"}
    assert treasurer.post("/vouchers/fund", data=said | {"satang": "7"}).status_code == 422
    assert Voucher.select().count() == 1


@pytest.mark.parametrize("typed", ["", "1.000", "0", "-30", "0.005", "1e3", "NaN", "99999999999999", "สามสิบ", "1,00"])
def test_a_sum_that_is_none_is_said_at_its_field(treasurer, typed):
    answer = treasurer.post("/vouchers/fund", data=form(satang=typed), headers={"HX-Request": "true"})
    assert (answer.status_code, Voucher.select().count()) == (422, 0)
    assert "satang" in answer.text


@pytest.mark.parametrize("day", [("31", "2", "2569"), ("23", "11", "2569"), ("x", "11", "2569"), ("22", "11", "")])
def test_a_day_that_is_none_or_to_come_is_refused(treasurer, day):
    said = dict(zip(("on:day", "on:month", "on:year"), day, strict=True))
    assert treasurer.post("/vouchers/fund", data=form(**said)).status_code == 422
    assert Voucher.select().count() == 0


def test_only_who_keeps_the_books_writes(site, treasurer):
    auditor, leader = site.browser("auditor"), site.browser("zone-leader")
    assert [auditor.get(path).status_code for path in ("/vouchers", "/vouchers/new?kind=income")] == [200, 404]
    assert auditor.post("/vouchers/fund", data=form()).status_code == 404
    assert [leader.get(path).status_code for path in ("/vouchers", "/vouchers/fund/1")] == [404, 404]


@pytest.mark.parametrize(
    "path", ["/vouchers/fund/9", "/vouchers/F9/1", "/vouchers/new", "/vouchers/new?kind=x", "/vouchers?fund=F9"]
)
def test_what_is_not_there_is_not_found(treasurer, path):
    assert treasurer.get(path).status_code == 404
    assert treasurer.post("/vouchers/fund", data=form(command="x")).status_code == 404


def test_a_voucher_is_undone_when_the_auditor_signed(site, treasurer):
    auditor = site.browser("auditor")
    treasurer.post("/vouchers/fund", data=form())
    assert treasurer.post("/vouchers/fund/1/undoing", data={"reason": " "}).status_code == 422
    assert auditor.post("/vouchers/fund/1/undoing", data={"reason": "ผิด"}).status_code == 404
    assert treasurer.post("/vouchers/fund/1/undoing", data={"reason": "พิมพ์ผิดยอด"}).location == "/vouchers/fund/1"
    assert "รอผู้ตรวจสอบลงชื่อ" in text_of(treasurer.get("/vouchers/fund/1"))
    assert treasurer.post("/undoings/1/answer", data={"agrees": "yes"}).status_code == 404
    assert "พิมพ์ผิดยอด" in text_of(auditor.get("/undoings")) and "/undoings" in auditor.get("/").text
    number = re.search(r"/undoings/(\d+)/answer", auditor.get("/undoings").text)[1]
    assert auditor.post(f"/undoings/{number}/answer", data={}).status_code == 404
    for _ in range(2):
        assert auditor.post(f"/undoings/{number}/answer", data={"agrees": "yes"}).location == "/undoings"
    assert "ยกเลิกเมื่อ" in text_of(treasurer.get("/vouchers/fund/1"))
    assert "ยกเลิกแล้ว" in text_of(treasurer.get("/vouchers")) and "กลับรายการ:" in text_of(
        treasurer.get("/ledger/1000-treasurer")
    )
    assert "ไม่มีอะไรรอท่านลงชื่อ" in text_of(auditor.get("/undoings"))
