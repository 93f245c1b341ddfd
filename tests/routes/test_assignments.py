"""A leader sends a volunteer to communities for some days, sees every kit that was brought, and calls them back."""

import re

import pytest

from db.models import Assignment, AssignmentEnd, Passkey
from pwa import web
from pwa.domain.people import accounts
from tests import days
from tests.conftest import look_over

ADDRESS = re.compile(r"/assignments/[0-9a-f-]{36}")
DAY, YEAR = "1", str(days.FIRST.year + 544)
"""The next New Year."""


def typed(handle="volunteer", places=("C01",), **more):
    account = accounts.named(handle).id if handle else ""
    days = {"starts_on:day": DAY, "starts_on:month": "1", "starts_on:year": YEAR}
    days |= {"ends_on:day": "7", "ends_on:month": "1", "ends_on:year": YEAR}
    return {"account": str(account), "place": list(places), **days, **more}


def given(client, **more):
    answer = client.post("/assignments", data=typed(**more))
    assert answer.status_code == 303, answer.text[:500]
    return answer.location


def refused(client, **more):
    answer = client.post("/assignments", data=typed(**more), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    return re.search(r'data-refused="(\w+)"', answer.text)[1]


def test_it_sends_a_volunteer_out(client_as, page):
    leader = client_as("zone-leader")
    tree = page("/assignments/new", leader)
    assert "สมหญิง ดีพร้อม" in "".join(tree.itertext())
    where = given(leader, places=("C01", "C02"), note="เริ่มที่ท้ายซอย")
    shown = " ".join("".join(page(where, leader).itertext()).split())
    assert "ชุมชนริมคลอง" in shown and "เริ่มที่ท้ายซอย" in shown and f"1 ม.ค. {YEAR}" in shown
    assert where in leader.get("/assignments").text


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"handle": None}, "account"),
        ({"places": ()}, "place"),
        ({"places": ("C04",), "handle": "volunteer-2"}, None),
        ({"starts_on:year": "2569", "ends_on:year": "2568"}, "ends_on"),
        ({"starts_on:day": "32"}, "starts_on"),
        ({"ends_on:day": "", "ends_on:month": "", "ends_on:year": ""}, "ends_on"),
        ({"ends_on:month": "12"}, "ends_on"),
        ({"starts_on:year": "2560", "ends_on:year": "2560"}, "ends_on"),
    ],
)
def test_it_refuses_beside_the_field(client_as, wrong, field):
    leader, before = client_as("zone-leader"), Assignment.select().count()
    if field is None:
        assert leader.post("/assignments", data=typed(**wrong)).status_code == 404
    else:
        assert refused(leader, **wrong) == field
    assert Assignment.select().count() == before


def test_it_leaves_other_zones_alone(client_as):
    where = given(client_as("zone-leader"))
    other = client_as("other-zone-leader")
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/end", data={"reason": "x"}).status_code == 404
    assert where not in other.get("/assignments").text
    assert other.post("/assignments", data=typed()).status_code == 404
    assert where in client_as("registrar").get("/assignments").text


def test_it_ends_with_a_reason_and_once(client_as, page):
    leader = client_as("zone-leader")
    where = given(leader)
    assert leader.post(f"{where}/end", data={"reason": " "}).status_code == 422
    for reason in ("ป่วย", "อย่างอื่น"):
        assert leader.post(f"{where}/end", data={"reason": reason}).status_code == 303
    assert [row.reason for row in AssignmentEnd.select()] == ["ป่วย"]
    assert "ป่วย" in "".join(page(where, leader).itertext())
    assert f"{where}/end" not in leader.get(where).text


def test_it_shows_every_kit_that_was_brought(client_as, page):
    volunteer, leader = client_as("volunteer"), client_as("zone-leader")
    volunteer.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile"
    first = volunteer.post("/kit/downloads", json={"since": None}).json
    volunteer.post("/kit/downloads", json={"since": first["cursor"]})
    shown = "".join(page(f"/assignments/{first['assignment']['id']}", leader).itertext())
    assert f"{len(first['households'])} หลัง {len(first['people'])} คน" in shown and "0 หลัง 0 คน" in shown
    assert "Android" in shown and volunteer.device.id.hex[-8:] in shown
    about = dict(
        account=accounts.named("volunteer"), credential_id="eHh4", public_key=b"x", created_at=web.system_clock()
    )
    Passkey.create(device=volunteer.device.id, label="เครื่องสีแดง", **about)
    assert "เครื่องสีแดง" in "".join(page(f"/assignments/{first['assignment']['id']}", leader).itertext())


def test_it_is_a_strict_page_also_when_nobody_is_sent(client_as, page):
    page("/assignments", client_as("other-zone-leader"))
    page("/assignments/new", client_as("other-zone-leader"))
    assert look_over(client_as("zone-leader").get("/assignments").text) is not None
    assert client_as("volunteer").get("/assignments").status_code == 404
