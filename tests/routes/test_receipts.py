"""/receipts/<fund>/<book>/<no>: for the payer, its people, the collector and the officers; for anybody else not found."""

import html
import re

import pytest

from db.models import Receipt
from pwa.domain.fund import stubs
from tests.collecting import collector, gift, told

ADDRESS = "/receipts/fund/M1/1"


@pytest.fixture
def taken(settled_fund):
    return told(collector(settled_fund), gift(1, 1250))


def words(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_the_collector_reads_it_in_words_and_figures_and_it_says_that_it_is_not_booked_yet(site, taken):
    page = site.browser("volunteer").get(ADDRESS)
    assert page.status_code == 200
    said = words(page)
    for one in ("1,250.00", "หนึ่งพันสองร้อยห้าสิบบาทถ้วน", "ใจดี", "22 พฤศจิกายน 2569", "ถึงกองทุนแล้ว"):
        assert one in said, one
    assert "เข้าบัญชีของกองทุนแล้ว" not in said and "data:image/svg+xml" in page.text


def test_anybody_else_finds_nothing(site, taken):
    assert site.browser("volunteer-2").get(ADDRESS).status_code == 404
    assert site.browser("admin").get(ADDRESS).status_code == 404
    assert site.browser("volunteer").get("/receipts/fund/M1/2").status_code == 404
    assert site.browser().get(ADDRESS).status_code == 303


def test_its_code_says_whether_it_is_true_and_leads_to_it(site, taken):
    leader = site.browser("zone-leader")
    assert "อ่านรหัสใบเสร็จ" in words(leader.get("/receipts/code"))
    text = stubs.of(Receipt.get())
    found = leader.post("/receipts/code", data={"stub": text})
    assert "กองทุนเป็นผู้ออกรหัสนี้" in words(found) and f'href="{ADDRESS}"' in found.text
    other = leader.post("/receipts/code", data={"stub": "OMBUN1|fund|M1|1|100|2026-11-22|"})
    assert "ไม่ตรงกัน" in words(other) and "ยังไม่มีใครรับรอง" in words(other)
    missing = leader.post("/receipts/code", data={"stub": "OMBUN1|fund|M1|2|100|2026-11-22|"})
    assert "ยังมาไม่ถึงกองทุน" in words(missing) and ADDRESS not in missing.text


def test_a_code_that_was_changed_or_is_none_gets_a_sentence(site, taken):
    leader = site.browser("zone-leader")
    changed = leader.post("/receipts/code", data={"stub": stubs.of(Receipt.get()).replace("125000", "925000")})
    assert (changed.status_code, "ถูกแก้ไข" in words(changed)) == (422, True)
    nothing = leader.post("/receipts/code", data={})
    assert (nothing.status_code, "ไม่ใช่รหัสใบเสร็จ" in words(nothing)) == (422, True)
    assert site.browser("volunteer").get("/receipts/code").status_code == 404
