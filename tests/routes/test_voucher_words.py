"""The page of a voucher tells what the payee says of its money: how they signed, when and before whom, or that it came back."""

import html
import re

import pytest

from pwa.domain.fund import claim_payments, payouts
from tests.claim_paying import paid, payment, rich, signed
from tests.claiming import AT, TODAY


@pytest.fixture
def story(client_as, page):
    treasurer = rich()
    granted, paper = paid(treasurer)

    def told():
        page(f"/vouchers/F1/{paper.n}", client_as("auditor"))
        return " ".join(
            html.unescape(re.sub(r"<[^>]+>", " ", client_as("auditor").get(f"/vouchers/F1/{paper.n}").text)).split()
        )

    return granted, paper, treasurer, told


def test_nobody_has_signed_yet(story):
    assert "ยังไม่มีผู้ลงชื่อ" in story[3]()


def test_signed_with_a_finger(story):
    _, paper, _, told = story
    signed(paper)
    assert "ลงชื่อด้วยนิ้ว" in told()
    assert payouts.word_of(paper).is_whole


def test_another_sum_is_flagged(story):
    _, paper, _, told = story
    signed(paper, received_satang=50000)
    assert "500 บาท" in told()
    assert not payouts.word_of(paper).is_whole and payouts.word_of(paper).taken_in is None


def test_it_could_not_be_given_and_came_back(story):
    granted, paper, treasurer, told = story
    signed(paper, signature=None, not_given="ไม่อยู่บ้าน")
    assert "ส่งเงินให้ไม่ได้" in told()
    claim_payments.bring_back(payment(granted), reason="ไม่อยู่บ้าน", by=treasurer, at=AT, today=TODAY)
    assert "เงินกลับเข้ากองทุนเมื่อ" in told()


def test_the_signed_paper_was_taken_in(story):
    granted, paper, treasurer, told = story
    claim_payments.receive(payment(granted), by=treasurer, at=AT)
    assert treasurer.name in told() and "ยังไม่มีผู้ลงชื่อ" not in told()
    assert payouts.word_of(paper).taken_in.account_id == treasurer.id
