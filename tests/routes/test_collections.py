"""/collections: what waits to be checked, and a sheet on which every receipt answers."""

import html
import re

import pytest

from pwa.domain.review import review
from tests.collecting import TODAY, balances, collector, gift, offer, told
from tests.small_fund import NOW

SHEET = f"/collections/fund/1000-volunteer/{TODAY}"


@pytest.fixture
def leader(site):
    return site.browser("zone-leader")


@pytest.fixture
def entries(settled_fund):
    phone = collector(settled_fund)
    return [told(phone, gift(no)) for no in (1, 2)]


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def chosen(entries):
    return {"entry": [str(one.entry_id) for one in entries]}


def test_the_list_leads_to_a_sheet_and_its_button_says_the_sum(leader, entries):
    assert f'href="{SHEET}"' in leader.get("/collections").text
    assert "2 ใบ 200 บาท" in text_of(leader.get(SHEET))


def test_one_act_approves_the_clean_ones_and_again_changes_nothing(leader, entries):
    for _ in range(2):
        answer = leader.post(f"{SHEET}/approval", data=chosen(entries))
        assert (answer.status_code, answer.location) == (303, SHEET)
    assert balances() == {"1000-volunteer": 20000, "4120 main": -20000}
    assert "ตรวจครบแล้ว" in text_of(leader.get(SHEET))


def test_what_was_not_approved_is_said_with_its_reason(settled_fund, leader, entries):
    review.send_back(entries[0], by=settled_fund.people["zone-leader"], at=NOW, reason="ของใคร")
    shown = text_of(leader.post(f"{SHEET}/approval", data=chosen(entries)))
    assert "M1/1 · ถามผู้บันทึกไปแล้ว" in shown
    assert balances() == {"1000-volunteer": 20000, "2000": -10000, "4120 main": -10000}


@pytest.mark.parametrize("data", [{}, {"entry": "x"}, {"entry": "00000000-0000-4000-8000-000000000000"}])
def test_nothing_chosen_and_what_is_no_entry_change_nothing(leader, entries, data):
    assert leader.post(f"{SHEET}/approval", data=data).status_code in (404, 422)
    assert balances() == {"1000-volunteer": 20000, "2000": -20000}


@pytest.mark.parametrize("day", ["2569-11-22", "x", "2026-02-30"])
def test_a_day_that_is_none_is_not_found(leader, entries, day):
    assert leader.get(f"/collections/fund/1000-volunteer/{day}").status_code == 404


def test_other_zones_and_other_roles_find_nothing(site, entries):
    assert site.browser("other-zone-leader").get(SHEET).status_code == 404
    assert site.browser("volunteer").get("/collections").status_code == 404


def test_one_receipt_is_approved_or_refused_by_itself_and_leads_back(leader, entries):
    refused = leader.post(f"/review/{entries[1].entry_id}/rejection", data={"reason": "ไม่ได้จ่าย", "heard": "ผู้จ่ายบอกเอง"})
    approved = leader.post(f"/review/{entries[0].entry_id}/approval", data={})
    assert (refused.location, approved.location) == (SHEET, SHEET)
    assert balances() == {"1000-volunteer": 10000, "4120 main": -10000}
    assert SHEET in leader.get(f"/review/{entries[0].entry_id}").text


def test_the_sheet_of_a_hand_over_has_the_address_of_its_entry(settled_fund, leader):
    phone = collector(settled_fund)
    entries = [told(phone, gift(no)) for no in (1, 2)]
    given = told(phone, offer(((1, 2),), 200), kind="handover")
    page = f"/collections/{given.entry_id}"
    assert f'href="{page}"' in leader.get("/collections").text
    assert "2 ใบ 200 บาท" in text_of(leader.get(page))
    stale = leader.post(f"{SHEET}/approval", data=chosen(entries))
    assert stale.status_code == 422 and "อยู่ในใบนำส่งอื่นแล้ว" in text_of(stale)
    for _ in range(2):
        answer = leader.post(f"{page}/approval", data=chosen(entries))
        assert (answer.status_code, answer.location) == (303, page)
    assert balances() == {"1000-volunteer": 20000, "4120 main": -20000}
    assert leader.get(f"/collections/{entries[0].entry_id}").status_code == 404
