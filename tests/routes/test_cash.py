"""/cash: where every baht is, for whom; and the branches that two people keep."""

import html
import re
from datetime import timedelta

import pytest

from db.models import Branch
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import differences
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from tests.collecting import balances, collector, gift, offer, taking, told
from tests.small_fund import NOW


@pytest.fixture
def treasurer(settled_fund, site):
    settled_fund.people["treasurer"] = accounts.add(
        "treasurer", name="เหรัญญิก", unit=settled_fund.units["town"], role="treasurer", at=NOW
    )
    return site.browser("treasurer")


@pytest.fixture
def giver(settled_fund):
    return collector(settled_fund)


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_every_baht_is_in_somebodys_name_until_it_is_taken(settled_fund, treasurer, giver):
    told(giver, gift(1, 100))
    offered = told(giver, offer(), kind="handover")
    shown = text_of(treasurer.get("/cash"))
    assert "เงินสดในมือ 1 ราย 100 บาท" in shown and "volunteer รอส่งมอบ" in shown
    told(Phone(settled_fund.people["zone-leader"], at=NOW), taking(offered, 80), kind="handover_receipt")
    shown = text_of(treasurer.get("/cash"))
    assert "เงินสดในมือ 1 ราย 80 บาท" in shown and "ขาด: volunteer" in shown and "รวม 100 บาท" in shown
    assert "รอส่งมอบ" not in shown


def test_what_is_held_too_long_stands_first_with_its_days(settled_fund, treasurer, giver, site):
    told(giver, gift(1, 100))
    site.clock.at = NOW + timedelta(days=13)
    shown = text_of(site.browser("treasurer").get("/cash"))
    assert "volunteer ถือเงิน 100 บาท มา 13 วัน" in shown and "เกิน 7 วัน" in shown


def test_a_leader_sees_the_own_zone_and_others_find_nothing(settled_fund, treasurer, site, giver):
    told(giver, gift(1, 100))
    assert "volunteer" in text_of(site.browser("zone-leader").get("/cash"))
    assert "เงินสดในมือ 0" in text_of(site.browser("other-zone-leader").get("/cash"))
    assert site.browser("volunteer").get("/cash").status_code == 404
    assert site.browser("registrar").get("/cash").status_code == 404


def branch(fund, **said):
    people = {"first": fund.people["volunteer"].id, "second": fund.people["volunteer-2"].id}
    return {"name": "สาขาบ้านดอน"} | people | said


def test_the_treasurer_names_a_branch_that_holds_cash(settled_fund, treasurer, giver):
    answer = treasurer.post("/cash/fund/branches", data=branch(settled_fund))
    assert (answer.status_code, answer.location) == (303, "/cash")
    made = Branch.get()
    told(giver, gift(1, 100, collector=made.code))
    shown = text_of(treasurer.get("/cash"))
    assert "สาขาบ้านดอน volunteer กับ volunteer-2" in shown and "ถือได้ถึงสิ้นเดือน" in shown


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "volunteer"}, {"second": ""}, {"second": "x"}, {"name": "ก" * 61}]
)
def test_a_branch_needs_a_name_and_two_people(settled_fund, treasurer, wrong):
    assert treasurer.post("/cash/fund/branches", data=branch(settled_fund, **wrong)).status_code == 422
    alone = branch(settled_fund) | {"second": settled_fund.people["volunteer"].id}
    assert treasurer.post("/cash/fund/branches", data=alone).status_code == 422
    assert not Branch.select().exists()


def test_nobody_else_names_branches(settled_fund, treasurer, site):
    assert site.browser("zone-leader").post("/cash/fund/branches", data=branch(settled_fund)).status_code == 404
    assert treasurer.post("/cash/other/branches", data=branch(settled_fund)).status_code == 404


RESOLVED = {
    "board": "3",
    "meeting": "2",
    "resolved_on:day": "22",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


def short(fund, giver):
    told(giver, gift(1, 100))
    offered = told(giver, offer(), kind="handover")
    told(Phone(fund.people["zone-leader"], at=NOW), taking(offered, 80), kind="handover_receipt")


def test_a_difference_is_settled_by_a_resolution_and_the_rest_stays(settled_fund, treasurer, giver):
    short(settled_fund, giver)
    where = "/cash/fund/differences/1200-volunteer"
    shown = text_of(treasurer.get("/cash"))
    assert "ที่รอที่ประชุม" in shown and "ตัดเป็นค่าใช้จ่าย" in shown
    assert treasurer.post(where, data=RESOLVED | {"how": "repaid", "amount": "15"}).status_code == 303
    assert treasurer.post(where, data=RESOLVED | {"how": "written_off", "amount": "๕ บาท"}).status_code == 303
    assert balances() == {"1000-treasurer": 1500, "1000-zone-leader": 8000, "2000": -10000, "6090 main": 500}
    assert treasurer.post(where, data=RESOLVED | {"how": "repaid", "amount": "1"}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"how": ""},
        {"how": "to_income"},
        {"amount": "20.01"},
        {"amount": "0"},
        {"amount": "1e1"},
        {"board": ""},
        {"resolved_on:day": "31"},
    ],
)
def test_it_is_not_settled_without_all_of_it(settled_fund, treasurer, giver, wrong):
    short(settled_fund, giver)
    said = RESOLVED | {"how": "repaid", "amount": "20"} | wrong
    assert treasurer.post("/cash/fund/differences/1200-volunteer", data=said).status_code == 422
    assert balances()["1200-volunteer"] == 2000


def test_what_is_over_is_kept_for_who_paid_or_income_and_nobody_settles_their_own(settled_fund, treasurer):
    own = Phone(settled_fund.people["treasurer"], at=NOW)
    told(own, gift(1, 100))
    told(
        Phone(settled_fund.people["zone-leader"], at=NOW),
        taking(told(own, offer(), kind="handover"), 130),
        kind="handover_receipt",
    )
    where = "/cash/fund/differences/2500-treasurer"
    said = RESOLVED | {"how": "to_income", "amount": "30"}
    assert treasurer.post(where, data=said).status_code == 422
    found = differences.find(settled_fund.fund, "2500-treasurer")
    by, sitting = settled_fund.people["registrar"], {"board": "3", "meeting": "2", "resolved_on": NOW.date()}
    about = dict(resolution=resolutions.of(settled_fund.fund, sitting, by=by, at=NOW), by=by, at=NOW, on=NOW.date())
    differences.settle(found, "to_income", 1000, **about)
    differences.settle(found, "to_give_back", 2000, **about)
    assert balances() == {"1000-zone-leader": 13000, "2000": -10000, "2200": -2000, "4090 main": -1000}
    assert treasurer.post("/cash/fund/differences/1000-zone-leader", data=said).status_code == 404


def test_the_limits_of_a_hand_are_written_down_as_a_meeting_resolved_them(treasurer, giver):
    told(giver, gift(1, 600))
    assert "ไม่เกิน 5,000 บาท และไม่เกิน 7 วัน" in text_of(treasurer.get("/cash"))
    form = {"limit": "500", "days": "3", "board": "4", "meeting": "7"}
    form |= {"resolved_on:day": "20", "resolved_on:month": "11", "resolved_on:year": "2569"}
    for wrong in ({"limit": "0"}, {"limit": "ห้าร้อย"}, {"days": ""}, {"board": ""}, {"resolved_on:year": "2599"}):
        assert treasurer.post("/cash/fund/limits", data=form | wrong).status_code == 422
    for _ in range(2):
        assert treasurer.post("/cash/fund/limits", data=form).status_code == 303
    shown = text_of(treasurer.get("/cash"))
    assert "ไม่เกิน 500 บาท และไม่เกิน 3 วัน" in shown and "เกิน 500 บาท" in shown


def test_a_bank_account_is_written_down_and_vouchers_choose_from_it(treasurer):
    form = {"bank_name": "ธ.ก.ส.", "digits": "4471", "since:day": "1", "since:month": "1", "since:year": "2560"}
    assert "ยังไม่มีบัญชีธนาคาร" in text_of(treasurer.get("/vouchers/new?kind=deposit"))
    assert treasurer.post("/cash/fund/banks", data=form | {"digits": "1"}).status_code == 422
    for _ in range(2):
        assert treasurer.post("/cash/fund/banks", data=form).status_code == 303
    assert "1 ม.ค. 2560" in text_of(treasurer.get("/cash")).replace("\xa0", " ")
    assert 'value="ธ.ก.ส. 4471"' in treasurer.get("/vouchers/new?kind=deposit").text
