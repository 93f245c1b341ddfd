"""The code of a receipt: the fund or the phone of its book vouches for it, or nobody does; what was changed is refused."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from pwa.domain import Refusal
from pwa.domain.crypto import keyring
from pwa.domain.fund import receipt_books, receipt_pages, settling, stubs
from tests.collecting import TODAY, collector, gift, told
from tests.small_fund import NOW

SAID = "fund|M1|1|10000|2026-11-22"


@pytest.fixture
def fund(kept_fund):
    """The volunteer's phone has the books M1 and M2 and wrote M1/1."""
    kept_fund.phone = collector(kept_fund)
    receipt_books.issue(kept_fund.phone.device.id, kept_fund.people["volunteer"], at=NOW, on=TODAY)
    told(kept_fund.phone, gift())
    return kept_fund


def receipt(fund, no=1):
    return settling.numbered(fund.fund, "M1", no)


def signed(phone, said):
    """A code as that phone makes it."""
    r, s = decode_dss_signature(phone.key.sign(f"ombun/stub|{said}".encode(), ec.ECDSA(hashes.SHA256())))
    return f"OMBUN1|{said}|{keyring.b64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def refused(text):
    with pytest.raises(Refusal) as raised:
        stubs.read(text)
    return raised.value.field == "stub"


def test_the_fund_proves_fund_number_sum_and_day(fund):
    text = stubs.of(receipt(fund))
    head, proof = text.rsplit("|", 1)
    assert head == f"OMBUN1|{SAID}"
    key = keyring.ring.needed(keyring.oldest("field").kid)
    right = hmac.new(key, f"receipt|{SAID}".encode(), hashlib.sha256).hexdigest()
    assert proof == right[:16] and len(proof) == 16
    stub = stubs.read(f" {text}\n")
    assert (stub.proved_by, stub.receipt, stub.agrees) == ("fund", receipt(fund), True)


def test_the_phone_of_the_book_proves_what_the_fund_has_not(fund):
    stub = stubs.read(signed(fund.phone, "fund|M1|2|5000|2026-11-22"))
    assert (stub.proved_by, stub.receipt, stub.agrees) == ("phone", None, False)
    assert (stub.book, stub.no, stub.total_satang, stub.paid_on) == ("M1", 2, 5000, TODAY)


def test_another_sum_under_its_number_does_not_agree(fund):
    stub = stubs.read(signed(fund.phone, "fund|M1|1|5000|2026-11-22"))
    assert (stub.proved_by, stub.receipt, stub.agrees) == ("phone", receipt(fund), False)


def test_what_nobody_signed_or_a_book_of_no_phone_has_nobody_who_vouches(fund):
    other = collector(fund, "volunteer-2")
    assert stubs.read(f"OMBUN1|{SAID}|").proved_by == ""
    assert stubs.read(signed(other, "fund|เล่ม 12|7|5000|2026-11-22")).proved_by == ""
    assert stubs.read(signed(other, "fund|M900|7|5000|2026-11-22")).proved_by == ""


def test_what_was_changed_is_refused(fund):
    text, own = stubs.of(receipt(fund)), signed(fund.phone, SAID)
    assert refused(text.replace("10000", "90000")) and refused(own.replace("10000", "90000"))
    assert refused(text[:-1]) and refused(own[:-1]) and refused(own[:-4] + "AAAA")
    assert refused(signed(collector(fund, "volunteer-2"), SAID))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OMBUN1",
        "https://ombun.example/",
        "OMBUN2|1|1|000000000000|00000000|x",
        "OMBUN1|nobody|M1|1|10000|2026-11-22|",
        "OMBUN1|fund||1|10000|2026-11-22|",
        "OMBUN1|fund|M1|0|10000|2026-11-22|",
        "OMBUN1|fund|M1|9999999|10000|2026-11-22|",
        "OMBUN1|fund|M1|1|-5|2026-11-22|",
        "OMBUN1|fund|M1|1|10000|2026-02-31|",
        "OMBUN1|fund|M1|๑|10000|2026-11-22|",
        "OMBUN1|fund|M1|1|10000|2026-11-22||",
    ],
)
def test_what_is_no_code_of_a_receipt_is_refused(fund, text):
    assert refused(text)


def test_only_officers_of_the_fund_read_it(fund):
    text = stubs.of(receipt(fund))
    assert receipt_pages.by_code(text, seen_by=fund.people["zone-leader"]).agrees
    with pytest.raises(Refusal):
        receipt_pages.by_code(text, seen_by=fund.people["volunteer-2"])
