"""The page on which treasurer and auditor open payments again after a restore."""

import uuid

from pwa.domain.fund import claims
from tests.claiming import decided
from tests.domain.test_reopenings import restored
from tests.routes.test_payments import DAY, HAND, rich


def text(tree):
    return "".join(tree.itertext())


def test_it_is_opened_step_by_step(client_as, page):
    """One voucher is known. Number 2 on paper paid the claim; 400 of 1,000 are in the hand."""
    one = decided()
    rich(one.claim.fund)
    restored()
    treasurer, auditor = client_as("treasurer"), client_as("auditor")
    assert "/reopenings" in treasurer.get("/").text and "ปิดการจ่าย" in text(page("/payments", treasurer))
    page("/reopenings", treasurer)
    page("/reopenings", auditor)
    assert treasurer.post(f"/payments/{one.claim.id}/0/hold").status_code == 422
    for wrong in ("", "x", "0"):
        assert treasurer.post("/reopenings/F1/last", data={"last_n": wrong}).status_code == 422
    assert treasurer.post("/reopenings/F1/last", data={"last_n": "๓"}).status_code == 303
    page("/reopenings", treasurer)
    said = DAY | {"command": str(uuid.uuid4()), "source": HAND, "n": "2", "payment": f"{one.claim.id}/0"}
    for wrong in ({"n": "7"}, {"source": ""}, {"on:day": "31"}):
        assert treasurer.post("/reopenings/F1/numbers", data=said | wrong).status_code == 422, wrong
    assert treasurer.post("/reopenings/F1/numbers", data=said | {"payment": "x/0"}).status_code == 404
    assert treasurer.post("/reopenings/F1/numbers", data=said).status_code == 303
    assert claims.of(one.claim).payments == {0: "paid"}
    assert treasurer.post("/reopenings/F1/numbers", data={"n": "3", "words": ""}).status_code == 422
    assert treasurer.post("/reopenings/F1/numbers", data={"n": "3", "words": "ใบเสีย"}).status_code == 303
    page("/reopenings", treasurer)
    assert treasurer.post("/reopenings/F1/counts", data={HAND: ""}).status_code == 422
    assert treasurer.post("/reopenings/F1/counts", data={HAND: "400"}).status_code == 303
    page("/reopenings", treasurer)
    page("/reopenings", auditor)
    assert auditor.post("/reopenings/F1/signature").status_code == 303
    assert "ไม่มีรายการ" in text(page("/reopenings", auditor)) or "F1" not in auditor.get("/reopenings").text
    assert auditor.post("/reopenings/F1/signature").status_code == 404
