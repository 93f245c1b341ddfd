"""While a queue waits on a phone, the world goes on: forms are retired, people move, phones are revoked, servers restored, stores wiped."""

import json

import pytest
from playwright.sync_api import expect

from db.models import StoredBlob
from pwa.domain.people import accounts, devices
from pwa.domain.places import units
from pwa.web import system_clock
from tests.browser.stories import (
    NO_SIGNAL,
    call,
    counts,
    held,
    keeps_every_promise,
    no_signal,
    office,
    proofs,
    ready,
    sent,
)
from tests.browser.test_phone_pages import SAVE
from tests.browser.test_phone_shield import PHOTO, back_up, chain, module, shield
from tests.browser.test_queue_file import bring
from tests.browser.test_storage_trouble import lose_everything
from tests.browser.test_update import a_newer_version

SAME_PHOTO = """async ([address, hash]) => {
  const { get } = await import(moduleOf("store"));
  const { sha256, kid, role, type, bytes } = await get("blobs", hash);
  return (await (await import(address)).add({
    kind: "household", form: "household@1", subject: crypto.randomUUID(), blobs: [{ sha256, kid, role, type, bytes }],
    payload: { house: { number: "46" }, visit: { outcome: "absent" }, people: [], evidence: [{ blob: sha256, role: "house" }] },
  })).id;
}"""
FLOOR = 100_000
PASSPHRASE = "หนึ่งสองสามสี่ห้าหก"


@pytest.fixture
def phone(village, phones):
    made = ready(phones("volunteer"))
    made.expects(NO_SIGNAL)
    yield made
    keeps_every_promise(village)


def test_whatever_was_decided_meanwhile_the_queue_is_receipted(village, phone, tmp_path):
    entries = []
    for decide in (retire_the_form, move_to_another_zone, revoke):
        with no_signal(village, phone):
            entries.append(phone.page.evaluate(SAVE, "45/2"))
            expect(shield(phone, "red")).to_contain_text("รอส่ง 1 รายการ", use_inner_text=True)
            decide(village, phone, tmp_path)
        sent(phone, len(entries))
    rows = held(village, *entries)
    assert [(row["seq"], row["reason"]) for row in rows] == [
        (1, "form_retired"),
        (2, "no_right"),
        (3, "revoked_device"),
    ]
    assert {row["outcome"] for row in rows} == {"quarantined"}
    assert [proofs(phone, row["id"])[0]["number"] for row in rows] == [row["number"] for row in rows]
    shield(phone, "amber")
    back_up(village)
    shield(phone, "green")


def retire_the_form(village, phone, tmp_path):
    tree = a_newer_version(tmp_path / "newer", household=2)
    older = tree / "pwa" / "forms" / "household@1.json"
    older.write_text(json.dumps(json.loads(older.read_text()) | {"x-replaced-on": "2025-01-31"}))
    village.become(tree)


def move_to_another_zone(village, phone, *_):
    village.become()
    with office(village):
        account, admin, at = accounts.named("volunteer"), accounts.named("admin"), system_clock()
        for grant in units.grants(account):
            accounts.end_role(grant, by=admin, at=at, reason="ย้ายโซน")
        accounts.grant(account, "volunteer", units.get("Z2"), at=at)


def revoke(village, phone, *_):
    number = chain(phone)["device"]
    phone.expects("sync/status.*401")
    with office(village):
        account = accounts.named("volunteer")
        accounts.grant(account, "volunteer", units.get("Z1"), at=system_clock())
        devices.revoke(number, by=accounts.named("admin"), at=system_clock(), reason="เครื่องหาย")


def test_a_server_restored_from_yesterday_gets_back_what_it_lacks(village, phone, tmp_path):
    outbox = module(phone, "outbox")
    first = phone.page.evaluate(PHOTO, outbox)
    sent(phone, 1)
    back_up(village)
    (picture,) = call(phone, "store", "get", "outbox", first)["blobs"]
    village.proxy.fault("drop_response", "PUT /sync/blobs")
    second, third = phone.page.evaluate(SAME_PHOTO, [outbox, picture]), phone.page.evaluate(PHOTO, outbox)
    phone.until(lambda: counts(phone)["sent"] == 3 and village.proxy.faulted)
    village.proxy.clear()
    call(phone, "sync", "flush", "test")
    sent(phone, 3)
    before = held(village, first, second, third)
    shield(phone, "amber")

    village.kill()
    copy = village.data.with_name("copy.ombun")
    village.ombun("restore", str(copy), "--replace", OMBUN_BACKUP_PASSPHRASE=PASSPHRASE)
    assert len(held(village, first, second, third)) == 1
    village.start()
    phone.until(lambda: call(phone, "sync", "flush", "test")["stop"] is None and len(proofs(phone, third)) == 2)
    sent(phone, 3)
    rows = held(village, first, second, third)
    assert [(row["id"], row["seq"], row["outcome"]) for row in rows] == [
        (row["id"], row["seq"], "received") for row in before
    ]
    assert [row["number"] > FLOOR for row in rows] == [False, True, True]
    assert [[one["number"] for one in proofs(phone, entry)] for entry in (first, second, third)] == [
        [before[0]["number"]],
        *([old["number"], new["number"]] for old, new in zip(before[1:], rows[1:], strict=True)),
    ]
    with office(village):
        assert StoredBlob.select().where(StoredBlob.sha256.in_([picture, *photos(phone, third)])).count() == 2
    shield(phone, "amber")
    copy.rename(copy.with_name("yesterday.ombun"))
    back_up(village)
    shield(phone, "green")


def photos(phone, entry):
    return call(phone, "store", "get", "outbox", entry)["blobs"]


def test_a_phone_wiped_at_noon_takes_its_mornings_file_back(village, phone, tmp_path):
    first = phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)
    number = chain(phone)["device"]
    file = tmp_path / "morning.ndjson"
    with no_signal(village, phone):
        second = phone.page.evaluate(SAVE, "61/10")
        shield(phone, "red")
        with phone.page.expect_download() as download:
            phone.page.locator("#file-title ~ [data-export]").click()
        download.value.save_as(file)
    lose_everything(phone, village)
    phone.page.goto("/")
    phone.worker_ready()
    assert chain(phone)["device"] != number
    third = phone.page.evaluate(SAVE, "62/1")
    expect(bring(phone, file)).to_contain_text("รับเข้าแล้ว 1")
    sent(phone, 2)
    rows = {row["id"]: (row["seq"], row["outcome"]) for row in held(village, first, second, third)}
    assert rows == {first: (1, "received"), second: (2, "received"), third: (1, "received")}
    shield(phone, "amber")
