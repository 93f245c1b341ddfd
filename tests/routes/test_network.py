"""The rooms of a network: reports come in by a door without a cookie, are read and accepted by a person, and nobody else enters."""

import html
import re

import pytest

from db.models import HeadCount
from pwa.domain.network import keys, notes, report_files
from tests import reporting
from tests.claiming import AT
from tests.domain.test_notes import KEY, PRIVATE
from tests.statements import listening

PLAIN = {"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}


def signed(key=KEY, **more):
    return reporting.signed(key, PRIVATE, **more)


@pytest.fixture
def stranger(app, client):
    keys.pin(KEY.unit, KEY.text, at=AT)
    return client


def post(client, data):
    return client.post("/reports", data=data, headers=PLAIN)


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_a_signed_report_is_taken_in_from_anywhere_and_once(stranger):
    first, again = post(stranger, signed()), post(stranger, signed())
    assert (first.status_code, first.json["state"], again.status_code, again.json["state"]) == (
        202,
        "waiting",
        202,
        "known",
    )
    told = stranger.get(f"/reports/{first.json['sha256']}").json
    assert (told["state"], told["unit"], told["period"], told["seq"]) == ("waiting", "F1", "2026-10", 1)
    assert stranger.get(f"/reports/{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (signed(notes.Key("F8", KEY.public)), 403), (reporting.made(), 403), (b"PK", 422), (b"", 422),
        (b'{"format":"ombun-report@1"}\n\n', 403), (signed(changed={"members": 43}), 422), (b"x" * (2 * 1024 * 1024 + 1), 413),
        (b'{"format":"ombun-report@1","parent":{},"unit":[]}\n\n', 403), (signed(seq=2**31), 422),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_kept_by_nobody(stranger, file, code):
    assert post(stranger, file).status_code == code


def test_a_fork_and_a_flood_are_told_apart(stranger):
    assert post(stranger, signed()).status_code == 202
    assert post(stranger, signed(name="อีกฉบับ")).status_code == 409
    both = [report_files.read(signed(**more)).sha256 for more in ({}, {"name": "อีกฉบับ"})]
    assert [stranger.get(f"/reports/{one}").json["state"] for one in both] == ["fork", "fork"]
    for seq in range(2, 30):
        assert post(stranger, signed(seq=seq)).status_code == 202
    assert post(stranger, signed(seq=30)).status_code == 429
    assert post(stranger, signed(seq=29)).json["state"] == "known"


def test_a_person_of_the_network_reads_what_differs_and_accepts(stranger, client_as):
    first, second = (post(stranger, signed(seq=seq, changed={"arrears": seq * 100})).json["sha256"] for seq in (1, 2))
    network = client_as("network")
    assert "รอรับ" in text_of(network.get("/network"))
    for report in (first, second):
        assert network.post(f"/network/reports/{report}").status_code == 303
    page = text_of(network.get("/network"))
    assert "กองทุนตัวอย่าง" in page and "42" in page and "ยังไม่ส่ง" not in page
    shown = text_of(network.get(f"/network/reports/{second}"))
    assert "1 บาท" in shown and "2 บาท" in shown and "รับแล้วเมื่อ" in shown
    assert stranger.get(f"/reports/{second}").json["state"] == "accepted"


def test_of_two_with_one_number_the_page_accepts_neither(stranger, client_as):
    report = post(stranger, signed()).json["sha256"]
    post(stranger, signed(name="อีกฉบับ"))
    network = client_as("network")
    page = network.get(f"/network/reports/{report}")
    assert "เลขนี้สองฉบับ" in text_of(page) and "<form" not in page.text.split("<main")[1]
    assert network.post(f"/network/reports/{report}").status_code == 422


def test_the_page_reads_no_file_and_asks_the_same_however_many_there_are(stranger, client_as):
    network = client_as("network")
    asked = []
    for seq in (1, 2, 3, 4):
        report = post(stranger, signed(seq=seq, period=f"2026-0{seq + 5}")).json["sha256"]
        assert network.post(f"/network/reports/{report}").status_code == 303
        with listening() as statements:
            assert "42" in text_of(network.get("/network"))
        asked.append(len(statements))
        assert not any('"file"' in one for one in statements)
    assert len(set(asked)) == 1


@pytest.mark.parametrize(
    ("counted", "says"),
    [
        (dict(here=2, memberships=9500, usable=8800, doubles=412), ("9,000 ถึง 9,090 คน", "412", "ราว 69 คน", "8,800 จาก 9,500")),
        (dict(here=2, memberships=9500, usable=8800, doubles=9), ("น้อยกว่า 10", "6,000 ถึง 9,497 คน")),
        (dict(here=2, memberships=9500, usable=6000, doubles=400), ("เพียง 6,000 จาก 9,500", "6,000 ถึง 9,497 คน")),
        (dict(here=1, memberships=6000, usable=6000, doubles=0), ("ไม่ได้เก็บทะเบียนไว้ในเครื่องนี้", "6,000 ถึง 9,497 คน")),
    ],
)  # fmt: skip
def test_heads_are_told_with_both_doubts(stranger, client_as, counted, says):
    report = post(stranger, signed()).json["sha256"]
    network = client_as("network")
    network.post(f"/network/reports/{report}")
    HeadCount.create(unit="NET", period="2026-10", funds=2, largest=6000, total=9500, declared=6, at=AT, **counted)
    page = text_of(network.get("/network"))
    assert all(one in page for one in says), page


@pytest.mark.parametrize("handle", ["treasurer", "registrar", "admin", "member"])
def test_nobody_else_enters(stranger, client_as, handle):
    report = post(stranger, signed()).json["sha256"]
    other = client_as(handle)
    assert other.get("/network").status_code == other.get(f"/network/reports/{report}").status_code == 404
    assert other.post(f"/network/reports/{report}").status_code == 404


def test_a_province_sees_only_what_goes_to_it(stranger, client_as):
    report = post(stranger, signed()).json["sha256"]
    province = client_as("province")
    assert province.get("/network").status_code == 200
    assert province.get(f"/network/reports/{report}").status_code == 404
