"""/office-changes: who leaves lists and signs, who comes and the auditor sign on their own, and the paper says who has."""

import html
import re

import pytest

from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.collecting import TODAY
from tests.small_fund import NOW


@pytest.fixture
def browsers(site, settled_fund):
    for handle, role in (("old", "treasurer"), ("new", "treasurer"), ("auditor", "auditor")):
        one = accounts.add(handle, name=handle, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[handle] = one
    banks.write(settled_fund.fund, "ออมสิน", "001", since=TODAY, by=settled_fund.people["old"], at=NOW)
    return {handle: site.browser(handle) for handle in ("old", "new", "auditor", "zone-leader")}


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_three_people_sign_on_their_own(settled_fund, browsers):
    old, new, auditor = (browsers[who] for who in ("old", "new", "auditor"))
    assert "/office-changes" in old.get("/").text and "ส่งมอบหน้าที่ของฉัน" in text_of(old.get("/office-changes"))
    form = {"coming": str(settled_fund.people["new"].id)}
    assert old.post("/office-changes/fund", data={"coming": ""}).status_code == 422
    page = old.post("/office-changes/fund", data=form).location
    assert old.post("/office-changes/fund", data=form).location == page
    assert "ลงชื่อแล้ว 1 จาก 3 คน" in text_of(old.get(page))
    for browser in (new, auditor):
        assert page in browser.get("/office-changes").text
        for _ in range(2):
            assert browser.post(f"{page}/signature").location == page
    assert "ลงชื่อครบสามคน" in text_of(new.get(page)) and page not in auditor.get("/").text
    for address in (page, "/office-changes"):
        assert browsers["zone-leader"].get(address).status_code == 404
