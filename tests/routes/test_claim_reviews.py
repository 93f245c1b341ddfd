"""Urgent money from the first click to the treasurer, and what a meeting says of it after, on the pages."""

import uuid

from pwa.domain.fund import claim_changes, claims
from pwa.domain.review import sittings
from tests.claiming import AT, TODAY, certified, death, decided, stay
from tests.routes.test_payments import DAY, HAND, rich
from tests.sittings import held

SITTING = {
    "board": "4",
    "meeting": "13/2569",
    "resolved_on:day": "28",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


def text(tree):
    return "".join(tree.itertext())


def test_urgent_money_goes_its_way_and_back(client_as, page):
    """10,000 paid before a meeting; the meeting lets 4,000 stand, so 6,000 come back; 1,000 of it at once."""
    one = certified(death())
    at, first, second, treasurer = (
        f"/claims/{one.claim.id}",
        *(client_as(who) for who in ("committee", "committee-2", "treasurer")),
    )
    assert "เร่งด่วน" in text(page(at, first)) and first.post(f"{at}/urgency").status_code == 303
    assert first.post(f"{at}/confirmation", data={"accepted": "yes", "seen": "2"}).status_code == 422
    page(at, second)
    assert second.post(f"{at}/confirmation", data={"accepted": "yes", "seen": "2"}).status_code == 303
    for _ in range(11):
        rich(one.claim.fund)
    pay = f"/payments/{one.claim.id}/0"
    assert pay in treasurer.get("/payments").text
    treasurer.post(f"{pay}/hold")
    assert (
        treasurer.post(f"{pay}/voucher", data=DAY | {"command": str(uuid.uuid4()), "source": HAND}).status_code == 303
    )
    sitting = first.post("/meetings/F1", data=SITTING).location
    assert at in text_of(first, sitting) and "รับรอง" in text(page(sitting, first))
    said = SITTING | {"outcome": "claw_back", "amount": "4000", "reason": "ไม่ครบเงื่อนไข"}
    for wrong in ({"outcome": ""}, {"amount": "10000"}, {"amount": "x"}, {"reason": ""}, {"board": ""}):
        assert first.post(f"{at}/review", data=said | wrong).status_code == 422, wrong
    assert first.post(f"{at}/review", data=said).status_code == 422, "nobody is written down as present"
    present()
    assert first.post(f"{at}/review", data=said).status_code == 303
    page(at, second)
    assert second.post(f"{at}/review/confirmation", data={"accepted": "yes", "seen": "4"}).status_code in (404, 422)
    seen = str(len(claims.of(one.claim).acts))
    assert second.post(f"{at}/review/confirmation", data={"accepted": "yes", "seen": seen}).status_code == 303
    assert "6,000" in text(page("/payments", treasurer)) and "6,000" in text(page("/cash", treasurer))
    page(pay, treasurer)
    back = DAY | {"command": str(uuid.uuid4()), "source": HAND, "amount": "1000"}
    for wrong in ({"amount": "6000.01"}, {"amount": ""}, {"source": ""}, {"on:day": "31"}):
        assert treasurer.post(f"{pay}/repayment", data=back | wrong).status_code == 422, wrong
    papers = {treasurer.post(f"{pay}/repayment", data=back).location for _ in range(2)}
    assert len(papers) == 1 and "หนึ่งพันบาทถ้วน" in treasurer.get(papers.pop()).text
    assert "5,000" in text(page("/payments", treasurer))
    page(at, client_as("auditor"))


def present():
    """Three are written down as present at the sitting."""
    held(board=SITTING["board"], meeting=SITTING["meeting"], resolved_on=TODAY)


def test_fewer_than_the_regulation_wants_resolve_nothing(client_as):
    one, committee = decided(), client_as("committee")
    said = SITTING | {"outcome": "claw_back", "amount": "๐", "reason": "ใบรับรองปลอม"}
    held("registrar", "committee", board=SITTING["board"], meeting=SITTING["meeting"], resolved_on=TODAY)
    assert committee.post(f"/claims/{one.claim.id}/review", data=said).status_code == 422
    present()
    assert committee.post(f"/claims/{one.claim.id}/review", data=said).status_code == 303


def test_the_page_of_a_claim_leads_to_the_sitting_and_types_nothing_itself(client_as):
    one, committee = certified(death()), client_as("committee")
    at = f"/claims/{one.claim.id}"
    assert "/meetings" in text_of(committee, at)
    sitting = sittings.id_of(held())
    assert f"/meetings/{sitting}/claims/{one.claim.id}" in text_of(committee, at)
    assert committee.post(f"{at}/resolution", data=SITTING | {"accepted": "yes"}).status_code == 404


def text_of(browser, path):
    return browser.get(path).text


def test_what_is_not_theirs_is_not_found(client_as):
    one = certified(death())
    at = f"/claims/{one.claim.id}"
    for handle in ("registrar", "treasurer", "volunteer"):
        assert client_as(handle).post(f"{at}/urgency").status_code == 404
    assert client_as("treasurer").post(f"/payments/{one.claim.id}/0/repayment").status_code == 404
    assert client_as("committee").post(f"{at}/review/confirmation", data={"accepted": "yes"}).status_code == 404


def test_a_decision_under_which_something_changed_is_listed_and_nothing_may_stay_of_it(client_as, page):
    first, second = decided(), decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    committee = client_as("committee")
    said = SITTING | {"outcome": "claw_back", "amount": "๐", "reason": "ใบรับรองปลอม"}
    present()
    assert committee.post(f"/claims/{first.claim.id}/review", data=said).status_code == 303
    seen = {"accepted": "yes", "seen": str(len(claims.of(first.claim).acts))}
    assert client_as("committee-2").post(f"/claims/{first.claim.id}/review/confirmation", data=seen).status_code == 303
    claim_changes.look(at=AT, before=AT)
    for path in ("/claims", committee.post("/meetings/F1", data=SITTING).location):
        assert "ควรทบทวน" in text(page(path, committee)), path
    shown = text(page(f"/claims/{second.claim.id}", committee)).replace("\xa0", " ")
    assert "มติเดิมให้ 400" in shown and "ระเบียบให้ 600" in shown and "สิ่งที่เปลี่ยนไป" in shown
