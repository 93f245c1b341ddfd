"""A report that comes by stick, mail or chat is brought in on the network's own page: checked, kept, and accepted by a person."""

import io

import pytest

from db.models import ReceivedReport
from pwa.domain.network import receiving
from tests import reporting
from tests.domain.test_network_months import PRIVATE, key_of, pinned

NO_REPORT = "ไฟล์นี้ไม่ใช่รายงานของออมบุญ"


@pytest.fixture
def bring(app, client_as):
    pinned()
    client = client_as("network")
    return lambda data: client.post("/network/reports", data={"file": (io.BytesIO(data), "F8.ombun-report")})


def signed(unit="F8", **more):
    return reporting.signed(key_of(unit), PRIVATE, **more)


def test_it_is_kept_shown_and_accepted(bring, client_as):
    answer = bring(signed())
    received = ReceivedReport.get(ReceivedReport.unit == "F8")
    assert (answer.status_code, answer.location) == (303, f"/network/reports/{received.sha256}")
    client = client_as("network")
    assert "รับรายงานนี้" in client.get(answer.location).text and not receiving.is_accepted(received)
    client.post(answer.location)
    assert receiving.is_accepted(received)
    assert client.get(f"/reports/{received.sha256}").json["state"] == "accepted"


def test_the_same_file_again_leads_to_the_same_page(bring):
    assert bring(signed()).location == bring(signed()).location
    assert ReceivedReport.select().where(ReceivedReport.unit == "F8").count() == 1


def test_a_second_one_with_its_number_is_kept_and_neither_counts(bring, client_as):
    bring(signed())
    answer = bring(signed(made_at="2026-11-06T03:00:00Z"))
    assert answer.status_code == 303
    assert "มีรายงานเลขนี้สองฉบับที่ต่างกัน" in client_as("network").get(answer.location).text
    assert ReceivedReport.select().where(ReceivedReport.unit == "F8").count() == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (lambda: b"", "เลือกไฟล์รายงาน"),
        (lambda: b"PK\x03\x04 a table", NO_REPORT),
        (lambda: b"\xef\xbb\xbf" + signed(), "ต้นไฟล์มีเครื่องหมาย"),
        (lambda: signed().replace(b'"n":42', b'"n":43'), "ลายเซ็น"),
        (lambda: reporting.made(unit="F8"), "ไม่มีผู้ลงชื่อ"),
        (lambda: signed(parent="PROV"), "PROV"),
        (lambda: reporting.made(unit="F8", parent=["NET"]), "ไม่มีผู้ลงชื่อ"),
        (lambda: signed()[:-40], "ไม่มีผู้ลงชื่อ"),
    ],
    ids=[
        "none",
        "a table",
        "a mark before it",
        "a figure changed",
        "unsigned",
        "of another network",
        "of a list",
        "cut off",
    ],
)
def test_what_does_not_hold_is_said_at_the_field_and_nothing_is_kept(bring, given, says):
    answer = bring(given())
    assert answer.status_code == 422
    assert says in answer.text
    assert ReceivedReport.select().where(ReceivedReport.unit == "F8").count() == 0


@pytest.mark.parametrize("handle", ["volunteer", "zone-leader", "treasurer", "registrar", "admin", "auditor", "member"])
def test_nobody_else_brings_one(app, client_as, handle):
    pinned()
    answer = client_as(handle).post("/network/reports", data={"file": (io.BytesIO(signed()), "x")})
    assert answer.status_code == 404
    assert ReceivedReport.select().where(ReceivedReport.unit == "F8").count() == 0


def test_what_goes_to_another_network_is_refused(app, client_as):
    """The province's officer looks after the province alone."""
    pinned()
    answer = client_as("province").post("/network/reports", data={"file": (io.BytesIO(signed()), "x")})
    assert answer.status_code == 422 and "NET" in answer.text
    assert ReceivedReport.select().where(ReceivedReport.unit == "F8").count() == 0
