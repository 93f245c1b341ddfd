"""Where payees sign: the page that phones keep, what officers are told, pictures of what was signed, and the member's own word."""

import uuid

import pytest

from db.models import PayoutReceipt
from pwa.domain.people import accounts
from tests.claim_paying import paid, payment, rich, signed
from tests.claiming import member


@pytest.fixture
def granted(app):
    """A claim that the treasurer has paid, and its voucher."""
    return paid(rich())


def test_the_page_that_phones_keep_names_nobody(client_as, page):
    page("/payouts/new", client_as("volunteer"))
    shell = client_as("volunteer").get("/payouts/new", headers={"Ombun-Shell": "1"}).text
    assert accounts.named("volunteer").name not in shell


def test_officers_are_told_what_waits_for_a_signature(client_as, granted):
    _, paper = granted
    told = [[str(paper.command_id), "F1", "บุญมี ตัวอย่าง", 60000, "2026-11-28", paper.n]]
    for handle in ("treasurer", "zone-leader"):
        assert client_as(handle).get("/payouts/new/told").json == {"payments": told}, handle
    assert client_as("treasurer-2").get("/payouts/new/told").json == {"payments": []}
    assert client_as("volunteer").get("/payouts/new/told").json == {"payments": []}


def test_the_treasurer_reads_what_the_payee_says(client_as, page, granted):
    one, paper = granted
    treasurer, at = client_as("treasurer"), f"/payments/{one.claim.id}/0"
    assert f"/payouts/new#payment={paper.command_id}" in treasurer.get(at).text
    first = signed(paper, received_satang=50000)
    assert "บอกว่าได้รับ 500 บาท" in treasurer.get("/payments").text
    page("/payments", treasurer)
    page(at, treasurer)
    answer = treasurer.post(f"{at}/receipt")
    assert answer.status_code == 422 and "ลงชื่อรับเต็มจำนวน" in answer.text
    word = PayoutReceipt.get(PayoutReceipt.entry == first.id)
    picture = next(part for part in treasurer.get(at).text.split('"') if "/photos/" in part)
    assert treasurer.get(picture).data.startswith(b"\xff\xd8") and word.how == "signature"
    assert treasurer.get(f"{at}/photos/{'0' * 64}").status_code == 404
    signed(paper, signature=None, not_given="ย้ายบ้านแล้ว")
    shown = treasurer.get(at).text
    assert "ส่งเงินให้ไม่ได้: ย้ายบ้านแล้ว" in shown and ">ย้ายบ้านแล้ว</textarea>" in shown
    assert treasurer.post(f"{at}/return", data={"reason": "ย้ายบ้านแล้ว"}).status_code == 303
    page(at, treasurer)


def test_a_member_says_on_their_own_page_that_it_came(client_as, page, granted):
    one, paper = granted
    account = accounts.named("member")
    account.person = member().person
    account.save()
    client, at = client_as("member"), f"/me/payments/{paper.command_id}/receipt"
    assert at in client.get("/me").text
    page("/me", client)
    for wrong in ("", "0", "หกร้อย", "601"):
        assert client.post(at, data={"came": "less", "amount": wrong}).status_code == 422, wrong
    assert client.post(at, data={"came": "less", "amount": "500"}).status_code == 303
    assert payment(one).state == "paid"
    assert [client.post(at, data={"came": "all"}).status_code for _ in range(2)] == [303, 303]
    assert payment(one).state == "received" and at not in client.get("/me").text
    assert client.post(f"/me/payments/{uuid.uuid4()}/receipt", data={"came": "all"}).status_code == 404
    assert client_as("member-2").post(at, data={"came": "all"}).status_code == 404
