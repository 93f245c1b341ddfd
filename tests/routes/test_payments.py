"""The treasurer's list, and a payment from taking it up to the signed voucher."""

import uuid

from db.models import Voucher
from pwa.domain.fund import vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.claiming import AT, TODAY, decided

HAND = "1000-treasurer"
DAY = {"on:day": "28", "on:month": "11", "on:year": "2569"}


def rich(fund):
    asked = Asked("income", TODAY, 100000, payee="อบต.", ground="สมทบ", code="4040", source=HAND)
    vouchers.write(fund, asked, command_id=uuid.uuid4(), by=accounts.named("treasurer"), at=AT, on=TODAY)


def test_a_payment_goes_its_way(client_as, page):
    one, treasurer = decided(), client_as("treasurer")
    rich(one.claim.fund)
    at = f"/payments/{one.claim.id}/0"
    assert at in treasurer.get("/payments").text
    page(at, treasurer)
    said = DAY | {"command": str(uuid.uuid4()), "source": HAND}
    assert treasurer.post(f"{at}/voucher", data=said).status_code == 422
    assert treasurer.post(f"{at}/hold").status_code == 303
    page(at, treasurer)
    for wrong in ({"source": ""}, {"source": "1000-volunteer"}, {"on:day": "31"}, {"on:day": ""}):
        assert treasurer.post(f"{at}/voucher", data=said | wrong).status_code == 422, wrong
    assert {treasurer.post(f"{at}/voucher", data=said).location for _ in range(3)} == {"/vouchers/F1/2"}
    paper = treasurer.get("/vouchers/F1/2").text
    assert "หกร้อยบาทถ้วน" in paper and "โรงพยาบาล" not in paper and "เจ็บ" in paper
    assert treasurer.post(f"{at}/receipt").status_code == 303
    page(at, treasurer)
    assert Voucher.select().count() == 2


def test_money_that_could_not_be_given_is_due_again(client_as, page):
    one, treasurer = decided(), client_as("treasurer")
    rich(one.claim.fund)
    at = f"/payments/{one.claim.id}/0"
    treasurer.post(f"{at}/hold")
    treasurer.post(f"{at}/voucher", data=DAY | {"command": str(uuid.uuid4()), "source": HAND})
    assert treasurer.post(f"{at}/return", data={"reason": ""}).status_code == 422
    assert treasurer.post(f"{at}/return", data={"reason": "ย้ายบ้าน"}).status_code == 303
    assert at in treasurer.get("/payments").text
    page(f"/claims/{one.claim.id}", client_as("auditor"))


def test_who_decided_finds_that_they_do_not_pay(client_as):
    one, committee = decided(), client_as("committee-2")
    assert committee.post(f"/payments/{one.claim.id}/0/hold").status_code == 422
    assert client_as("registrar").post(f"/payments/{one.claim.id}/0/hold").status_code == 404
    assert client_as("treasurer").get(f"/payments/{one.claim.id}/7").status_code == 404
