"""GET /backups: what the keeper sees, what an administrator may ask for, and who may not."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

import db
from db.models import Wish
from pwa import open_data, web
from pwa.domain.operations import archives, generations, heads, proofs, schedule
from tests import databases
from tests.conftest import settings_for

SECRET = "ข้าวเหนียว มะม่วง 2569"
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture(autouse=True)
def quick_key(monkeypatch):
    monkeypatch.setattr(archives, "COST", 4)


@pytest.fixture
def guarded(app):
    """The same app with a passphrase for backups."""
    app.config["OMBUN"] = replace(app.config["OMBUN"], passphrase=SECRET)
    return app.config["OMBUN"]


def text_of(tree):
    return "".join(tree.itertext())


def tend(settings, findings=()):
    found = {"entries": 12, "photos": 3, "findings": list(findings)}
    schedule.tend(settings.backups, passphrase=SECRET, clock=web.system_clock, try_out=lambda path: found)


def test_it_says_when_nothing_can_be_kept(client_as, page):
    text = text_of(page("/backups", client_as("admin")))
    assert "ยังไม่ได้ตั้งรหัสผ่านสำรอง" in text
    assert "ยังไม่มีไฟล์สำรอง" in text
    assert "สำรองเดี๋ยวนี้" not in text


def test_it_shows_the_proof_and_what_is_kept(guarded, client_as, page):
    tend(guarded)
    text = text_of(page("/backups", client_as("admin")))
    assert "กู้คืนได้จริง ✔" in text
    assert "12 รายการ" in text
    assert "ครบถ้วน" in text
    assert "รายเดือน" in text


def test_a_proof_that_failed_is_red(guarded, client_as, page):
    tend(guarded, ["The receipt 7 does not verify."])
    admin = client_as("admin")
    tree = page("/backups", admin)
    assert "กู้คืนไม่ได้" in text_of(tree)
    assert tree.find(".//div[@class='banner banner--problem']") is not None
    assert admin.get("/health").json["alarms"] == ["restore-failed"]
    assert "ทดสอบกู้คืนไฟล์สำรองล่าสุดแล้วไม่สำเร็จ" in text_of(page("/", admin))


@pytest.mark.parametrize(("path", "kind"), [("/backups", "backup"), ("/backups/proofs", "proof")])
def test_an_administrator_asks_and_follows_without_javascript(guarded, client_as, page, path, kind):
    tend(guarded)
    admin = client_as("admin")
    assert "สำรองเดี๋ยวนี้" in text_of(page("/backups", admin))
    answer = admin.post(path)
    assert (answer.status_code, answer.location) == (303, "/backups")
    assert [(wish.kind, wish.account.handle) for wish in Wish.select()] == [(kind, "admin")]
    tree = page("/backups", admin)
    assert "กำลังจะเริ่ม" in text_of(tree)
    assert 'http-equiv="refresh"' in admin.get("/backups").text
    assert b"hx-trigger" in ElementTree.tostring(tree.find(".//div[@id='state']"))
    tend(guarded)
    assert "กำลังจะเริ่ม" not in text_of(page("/backups", admin))
    assert 'http-equiv="refresh"' not in admin.get("/backups").text


@pytest.mark.parametrize("handle", ["registrar", "auditor"])
def test_others_of_the_office_read(guarded, client_as, page, handle):
    reader = client_as(handle)
    assert "สำรองเดี๋ยวนี้" not in text_of(page("/backups", reader))
    assert reader.post("/backups").status_code == reader.post("/backups/proofs").status_code == 404
    assert not Wish.select().exists()


def test_nobody_else_comes_in(client_as):
    for handle in ("volunteer", "zone-leader", "member", "treasurer"):
        assert client_as(handle).get("/backups").status_code == 404


def test_settings_name_the_folder_and_hide_the_passphrase(data):
    settings = replace(settings_for(data), passphrase=SECRET)
    assert settings.backups == data.with_name(f"{data.name}-backups")
    assert SECRET not in repr(settings)


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_a_serving_ombun_backs_up_and_proves_by_itself(engine, data):
    """The real server in a process of its own, and nothing else: no timer, nobody who asks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"OMBUN_DATA": str(data), "OMBUN_PORT": str(port), "OMBUN_BACKUP_PASSPHRASE": SECRET, "OMBUN_DEMO": "0"}
    server = subprocess.Popen([sys.executable, "-m", "pwa", "serve"], env={**os.environ, **settings})
    try:
        open_data(settings_for(data))
        with db.database.connection_context():
            for _ in range(600):
                if (proof := proofs.last()) is not None:
                    break
                time.sleep(0.2)
            [file] = generations.listed(data.with_name("data-backups"))
            assert (proof.findings, proof.name, file.is_whole) == ("", file.path.name, True)
    finally:
        server.terminate()
        server.wait(20)
        databases.close()


@pytest.mark.parametrize("who", ["admin", "auditor"])
def test_a_code_from_the_book_is_found_under_its_number(client_as, page, who):
    """Whoever keeps the book types the number as it is written there."""
    written = heads.now()
    for spelled in (f"{written.number:,}", f" {written.number} ", f"{written.number}".translate(THAI)):
        said = text_of(page(f"/backups?{urlencode({'number': spelled})}", client_as(who)))
        assert f"{written.number:,}" in said and written.code in said and "ต้องตรงกับที่จดไว้" in said
    for odd in (str(written.number + 900_000), "x", "-1", "9" * 40, "1\0"):
        said = text_of(page(f"/backups?{urlencode({'number': odd})}", client_as(who)))
        assert "ไม่มีรหัสของเลขที่นี้" in said and heads.now().code in said, "today's stands there all the same"
    assert not [one for one in page("/backups", client_as(who)).iter("p") if one.get("role") == "status"]
