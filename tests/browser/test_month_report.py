"""A month's report from its draft to the network's own machine: two officers, a file, another server, and the word of it that comes back."""

import json
import shutil
import urllib.request

import pytest
from playwright.sync_api import expect

from db.models import ReportSending
from tests.browser.phones import Phone
from tests.browser.server import Server
from tests.browser.stories import looked_over


@pytest.fixture
def above(village, village_of_today, tmp_path, loaded):
    """The network's own machine: it knows the fund's key, and nobody of the fund."""
    shutil.copytree(village_of_today, tmp_path / "above")
    server = Server(tmp_path / "above", launch=loaded.launch)
    vkey = village.ombun("report", "key", "new", "F1").splitlines()[0]
    server.ombun("report", "key", "pin", "F1", vkey)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def network(playwright, above, tmp_path):
    """The laptop of who looks after the network."""
    laptop = Phone(playwright, above.origin, tmp_path / "laptop", width=1280, height=900)
    laptop.enrol(above.invite("network"))
    yield laptop
    laptop.close()
    assert laptop.unexpected() == []


def agree(officer):
    officer.page.get_by_role("button", name="อ่านแล้ว เห็นชอบ").click()


def test_two_agree_the_file_goes_to_another_server_and_word_comes_back(village, phones, above, network):
    treasurer, auditor = phones("treasurer"), phones("auditor")
    treasurer.page.goto("/month-reports")
    treasurer.page.locator("main form button").nth(
        1
    ).click()  # last month's waits for the close of its books until the 20th
    treasurer.page.wait_for_url("**/month-reports/F1/*")
    looked_over(treasurer, "month-report-draft")
    where = treasurer.page.url
    agree(treasurer)
    expect(treasurer.page.locator(".banner--wait:visible")).to_contain_text("ท่านเห็นชอบแล้ว")
    auditor.page.goto(where)
    agree(auditor)
    expect(auditor.page.locator(".banner--done")).to_contain_text("ลงนามแล้ว ฉบับที่ 1")
    looked_over(auditor, "month-report-signed")
    with auditor.page.expect_download() as download:
        auditor.page.get_by_role("link", name="นำไฟล์ไปส่ง").click()
    taken_along(network, download.value.path())
    come_back(village, treasurer, above)


def taken_along(network, file):
    """The stick reaches the network: a changed copy is refused, the file itself is checked, read and accepted."""
    network.expects("422")
    changed = file.with_name("changed.ombun-report")
    changed.write_bytes(file.read_bytes().replace(b'"seq":1', b'"seq":2'))
    network.page.goto("/network")
    bring(network, changed)
    expect(network.page.locator("#refusal")).to_contain_text("ถูกแก้หลังลงชื่อ")
    bring(network, file)
    network.page.wait_for_url("**/network/reports/*")
    looked_over(network, "network-report-to-accept")
    network.page.get_by_role("button", name="รับรายงานนี้").click()
    network.page.wait_for_url("**/network")
    expect(network.page.locator("main")).to_contain_text("กองทุนสวัสดิการชุมชนเทศบาลตำบลทุ่งสว่าง")
    looked_over(network, "network-after-accepting")


def bring(network, file):
    network.page.locator("#file").set_input_files(file)
    expect(network.page.locator("[data-file-chosen]")).to_contain_text(file.name)
    network.page.get_by_role("button", name="ตรวจไฟล์นี้").click()


def come_back(village, treasurer, above):
    """Once the address is known the fund hears from the other machine that its report is there; anybody hears that it was accepted."""
    treasurer.page.goto("/sendings")
    treasurer.page.locator("input[name=url]").fill(above.origin)
    treasurer.page.get_by_role("button", name="เก็บที่อยู่นี้").click()
    expect(treasurer.page.locator("main .row__note")).to_contain_text("รอส่ง")
    village.ombun("tend", OMBUN_BACKUP_PASSPHRASE="หนึ่งสองสามสี่ห้าหก")
    with village.office():
        [sent] = ReportSending.select()
    assert sent.state == "known"
    treasurer.page.goto("/sendings")
    expect(treasurer.page.locator("main .row__note")).not_to_contain_text("รอส่ง")
    looked_over(treasurer, "sendings")
    with urllib.request.urlopen(f"{above.origin}/reports/{sent.issue.sha256}", timeout=10) as answer:
        assert json.load(answer)["state"] == "accepted"
