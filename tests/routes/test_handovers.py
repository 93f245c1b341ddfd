"""/handovers: my cash counted, offered, taken by the other one's count; a difference is a line, and every step needs no script."""

import html
import re
from datetime import timedelta
from io import BytesIO

import pytest

from db.models import Handover, Taking, Unbooked
from pwa.domain.fund import one_sided
from pwa.domain.people import accounts
from tests.collecting import balances, collector, gift, offer, taking, told, void
from tests.small_fund import MINUTE, NOW

COUNT = "/handovers/hands/fund/1000-volunteer"


@pytest.fixture
def giver(settled_fund):
    phone = collector(settled_fund)
    for no in (1, 2):
        told(phone, gift(no, 100))
    return phone


@pytest.fixture
def volunteer(site, giver):
    return site.browser("volunteer")


@pytest.fixture
def leader(site):
    return site.browser("zone-leader")


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def offered(browser, **counted):
    answer = browser.post(COUNT, data=counted or {"n10000": "2"})
    assert answer.status_code == 303
    return answer.location


def test_what_was_counted_stands_ready_until_the_other_one_counted_too(volunteer, leader):
    assert "ใบเสร็จเงินสด 2 ใบ เล่ม M1 เลขที่ 1–2 200 บาท ต้องมีเงินสด 200 บาท" in text_of(volunteer.get(COUNT))
    where = offered(volunteer)
    assert balances() == {"1000-volunteer": 20000, "2000": -20000}
    assert "ยังอยู่ในชื่อ volunteer" in text_of(volunteer.get(where))
    assert where in leader.get("/handovers").text
    assert 'value="2"' not in leader.get(where).text
    answer = leader.post(f"{where}/taking", data={"n10000": "๒"})
    assert (answer.status_code, answer.location) == (303, where)
    assert balances() == {"1000-zone-leader": 20000, "2000": -20000}
    for browser in (volunteer, leader):
        assert "รับเป็นเงินสด 200 บาท (สองร้อยบาทถ้วน)" in text_of(browser.get(f"{where}/print"))
    assert leader.post(f"{where}/taking", data={"n10000": "2"}).status_code == 422
    assert "รับมอบมา 1 รายการ 200 บาท" in text_of(leader.get("/handovers"))


def test_a_difference_is_taken_only_by_who_says_so(volunteer, leader):
    where = offered(volunteer)
    refused = leader.post(f"{where}/taking", data={"n10000": "1", "n5000": "1"})
    assert refused.status_code == 422 and "volunteer นับได้ 200 บาท ท่านนับได้ 150 บาท" in refused.text
    assert not Taking.select().exists()
    leader.post(f"{where}/taking", data={"n10000": "1", "n5000": "1", "differs": "yes"})
    assert balances() == {"1000-zone-leader": 15000, "1200-volunteer": 5000, "2000": -20000}
    assert "ขาด: volunteer" in text_of(volunteer.get(where))


def test_who_counts_otherwise_than_the_receipts_gives_a_reason(volunteer):
    assert volunteer.post(COUNT, data={"n10000": "1"}).status_code == 422
    assert not Handover.select().exists()
    offered(volunteer, n10000="1", reason="ทอนผิด")
    assert Handover.get().counted_satang == 10000


@pytest.mark.parametrize(
    "said", [{}, {"n10000": "-1"}, {"n10000": "1.5"}, {"n10000": "1e3"}, {"n10000": "100001"}, {"n10000": "x"}]
)
def test_what_is_no_count_is_refused(volunteer, said):
    assert volunteer.post(COUNT, data=said).status_code == 422
    assert not Handover.select().exists()


def test_the_last_offer_counts_and_what_was_given_back_stays(settled_fund, giver, volunteer, leader, site):
    first = offered(volunteer)
    told(giver, void(2, given_back=True), kind="receipt_void", at=NOW + MINUTE)
    site.clock.at = NOW + 2 * MINUTE
    second = offered(volunteer, n10000="1")
    shown = leader.get("/handovers").text
    assert second in shown and first not in shown
    leader.post(f"{second}/taking", data={"n10000": "1"})
    assert balances() == {"1000-volunteer": 10000, "1000-zone-leader": 10000, "2000": -20000}
    assert volunteer.post(COUNT, data={"n10000": "1"}).status_code == 422
    assert "รอตัดสิน" in text_of(volunteer.get("/handovers"))


def test_only_the_two_sides_and_who_oversees_them_find_it(settled_fund, volunteer, site):
    where = offered(volunteer)
    for handle in ("volunteer-2", "other-zone-leader", "registrar", "admin"):
        assert site.browser(handle).get(where).status_code == 404
        assert site.browser(handle).post(f"{where}/taking", data={"n10000": "2"}).status_code == 404
        assert site.browser(handle).get(COUNT).status_code == 404
    assert volunteer.post(f"{where}/taking", data={"n10000": "2"}).status_code == 404
    assert volunteer.get(f"{where}/print").status_code == 404
    settled = accounts.add("auditor", name="auditor", unit=settled_fund.units["town"], role="auditor", at=NOW)
    settled_fund.people["auditor"] = settled
    assert 'href="/cash"' in site.browser("auditor").get(where).text


def test_who_is_no_longer_sent_asks_the_leader(giver, site):
    site.clock.at = NOW + timedelta(days=30)
    assert "งานเก็บเงินของท่านสิ้นสุดแล้ว" in site.browser("volunteer").post(COUNT, data={"n10000": "2"}).text
    assert not Handover.select().exists()


def test_for_a_giver_without_a_phone_one_types_the_other_signs_and_a_third_agrees(settled_fund, giver, leader, site):
    where = "/handovers/from/fund/1000-volunteer"
    assert where in leader.get("/handovers").text and "ต้องมีเงินสด 200 บาท" in text_of(leader.get(where))
    signed = {"signature": (BytesIO(b"\xff\xd8\xff paper"), "paper.jpg")}
    assert leader.post(where, data={"n10000": "2"}).status_code == 422
    assert not Handover.select().exists()
    assert leader.post(where, data={"n10000": "2"} | signed).status_code == 303
    assert balances() == {"1000-volunteer": 20000, "2000": -20000}
    row = Unbooked.get(Unbooked.reason == "to_agree").entry
    agreement = f"/handovers/{row.entry_id}/agreement"
    for browser in (leader, site.browser("other-zone-leader")):
        assert browser.post(agreement).status_code == browser.get(agreement).status_code == 404
    third = site.browser("zone-leader-2")
    assert agreement in third.get("/handovers").text and "200 บาท" in text_of(third.get(agreement))
    assert third.get(f"/handovers/{row.entry_id}/signature").data == b"\xff\xd8\xff paper"
    assert third.post(agreement).status_code == 303
    assert balances() == {"1000-zone-leader": 20000, "2000": -20000}
    assert third.post(agreement).status_code == 404
    assert one_sided.waiting(settled_fund.people["zone-leader-2"]) == []


def test_nobody_takes_like_this_from_themselves_or_from_elsewhere(giver, leader, site):
    for browser, hand in (
        (leader, "1000-zone-leader"),
        (site.browser("other-zone-leader"), "1000-volunteer"),
        (leader, "2000"),
    ):
        assert browser.get(f"/handovers/from/fund/{hand}").status_code == 404


def test_a_third_says_that_missing_receipts_never_come(settled_fund, giver, leader, site):
    made = told(giver, offer(((1, 3),), 300), kind="handover", at=NOW + MINUTE)
    told(collector(settled_fund, "volunteer-2"), taking(made, 300), kind="handover_receipt", at=NOW + MINUTE)
    where = f"/handovers/{made.entry_id}"
    third = site.browser("zone-leader-2")
    assert "ใบเสร็จยังขาด 100 บาท" in text_of(third.get(where))
    assert third.post(f"{where}/closing", data={"reason": ""}).status_code == 422
    assert third.post(f"{where}/closing", data={"reason": "ใบหาย"}).status_code == 303
    assert balances() == {"1000-volunteer-2": 30000, "2000": -20000, "2200": -10000}
    assert "ใบเสร็จยังขาด" not in text_of(third.get(where))


@pytest.mark.parametrize("handle", ["volunteer", "zone-leader", "member"])
def test_the_page_from_phone_to_phone_is_a_shell_with_its_sentences(client_as, page, handle):
    client = client_as(handle)
    tree = page("/handovers/new", client)
    kept = client.get("/handovers/new", headers={"Ombun-Shell": "1"}).get_data(as_text=True)
    assert client.account.name not in kept and str(client.account.id) not in kept
    texts = {one.get("data-text") for one in tree.iter() if one.get("data-text")}
    assert {"title-take", "need-reason", "error-not-mine", "frame-damaged"} <= texts


def test_a_phone_is_told_of_its_persons_hands_alone(volunteer, leader, site):
    assert [hand["receipts"] for hand in volunteer.get("/handovers/new/told").json["hands"]] == [
        [["M1", 1, 10000], ["M1", 2, 10000]]
    ]
    assert leader.get("/handovers/new/told").json == {"hands": []}
