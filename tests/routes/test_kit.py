"""The page that gets a phone ready, and the one door through which a kit comes."""

import gzip
import json

from db.models import KitDownload
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts, devices
from pwa.domain.places import units
from pwa.web import BANGKOK


def at_of(app):
    return app.config["CLOCK"]()


def today(app):
    return at_of(app).astimezone(BANGKOK).date()


def call_back(app, handle="volunteer"):
    assignment = assignments.current(accounts.named(handle), on=today(app))
    leader = accounts.named("zone-leader")
    assignments.end(assignment, by=leader, at=at_of(app), on=today(app), reason="ทดสอบ")


def test_it_shows_the_assignment_and_what_comes(app, client_as, page):
    volunteer = client_as("volunteer")
    shown = "".join(page("/kit", volunteer).itertext())
    assert "ชุมชนริมคลอง" in shown and "บุญมี แสนสุข" in shown
    shell = volunteer.get("/kit", headers={"Ombun-Shell": "1"}).text
    assert "ชุมชนริมคลอง" not in shell and "บุญมี" not in shell and "สมหญิง" not in shell
    assert 'href="/kit"' in volunteer.get("/").text


def test_it_says_kindly_that_there_is_none(app, client_as, page):
    call_back(app)
    assert "หัวหน้าโซน" in "".join(page("/kit", client_as("volunteer")).itertext())


def test_it_brings_the_kit_and_keeps_the_download(app, client_as):
    volunteer = client_as("volunteer")
    answer = volunteer.post("/kit/downloads", json={"since": None}, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Cache-Control"] == "no-store"
    kit = json.loads(gzip.decompress(answer.data))
    assert {"cursor", "households", "people", "returned", "gone", "assignment"} <= kit.keys()
    assert kit["people"] and {home["place"] for home in kit["households"]} <= {"C01", "C02"}
    [row] = KitDownload.select()
    assert (row.kind, row.households, row.people) == ("full", len(kit["households"]), len(kit["people"]))
    assert row.device == volunteer.device.id


def test_it_gives_nothing_without_an_assignment(app, client_as):
    call_back(app)
    for handle in ("volunteer", "zone-leader", "member"):
        kit = client_as(handle).post("/kit/downloads", json={"since": None}).json
        assert kit["assignment"] is None and kit["people"] == [] and kit["households"] == []
    assert KitDownload.select().count() == 0


def test_it_takes_nonsense_for_no_cursor(app, client_as):
    volunteer = client_as("volunteer")
    whole = volunteer.post("/kit/downloads", json={"since": None}).json
    for body in ({"since": "nonsense!"}, {"since": 5}, {"since": "QUJD"}, [], {"since": "ไทย"}):
        assert volunteer.post("/kit/downloads", json=body).json["households"] == whole["households"]
    assert volunteer.post("/kit/downloads", data="not json").json["households"] == whole["households"]


def test_it_stays_on_our_own_pages(client_as):
    volunteer = client_as("volunteer")
    volunteer.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert volunteer.post("/kit/downloads", json={"since": None}).status_code == 403
    assert client_as(None).post("/kit/downloads", json={"since": None}).status_code == 401


def test_it_tells_the_phone_whose_right_is_gone(app, client_as):
    volunteer = client_as("volunteer")
    held = assignments.current(accounts.named("volunteer"), on=today(app))
    assert volunteer.get("/sync/status").json["kit"] == {"assignment": str(held.id)}
    [grant] = units.grants(accounts.named("volunteer"), "volunteer")
    accounts.end_role(grant, by=accounts.named("admin"), at=at_of(app), reason="ทดสอบ")
    assert volunteer.get("/sync/status").json["kit"] == {"assignment": None}
    assert volunteer.post("/kit/downloads", json={"since": None}).json["assignment"] is None


def test_it_tells_a_phone_that_was_taken_out_of_use(app, client_as):
    volunteer = client_as("volunteer")
    devices.revoke(volunteer.device.id, by=accounts.named("admin"), at=at_of(app), reason="หาย")
    word = volunteer.get("/sync/status").json
    assert "account" not in word and word["kit"] == {"assignment": None}
    assert "kit" not in client_as(None).get("/sync/status").json
