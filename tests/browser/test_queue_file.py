"""A phone dies with a full queue: its sealed file is sent by another phone, by the office, or by both, and each entry arrives once."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from db.models import Entry
from tests.browser.stories import (
    CALL,
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
from tests.browser.test_phone_shield import PHOTO, chain, module, shield

SEND = f"() => void ({CALL})(['sync', 'flush', 'test'])"

FOREIGN = [
    ("", "ว่าง"),
    *((text, "ไม่ใช่ไฟล์คิว") for text in ("รูปหลานสาว\n", '{"blob": "x"}\n', "[1, 2]\nnull\n")),
]


@pytest.fixture
def dead(village, phones, tmp_path):
    """A volunteer's phone that went dark: its `file`, the `ids` of its entries, their `author`, and the `phone` itself."""
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    with village.proxy.offline():
        ids = [phone.page.evaluate(SAVE, "61/9"), phone.page.evaluate(PHOTO, module(phone, "outbox"))]
        author = call(phone, "keys", "me")["account"]
        phone.page.goto("/phone")
        with phone.page.expect_download() as download:
            phone.page.locator("#file-title ~ [data-export]").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        phone.kill9()
    return SimpleNamespace(file=file, ids=ids, author=author, phone=phone)


@pytest.fixture
def other(village, phones, dead):
    """Another volunteer's phone with an entry of its own."""
    phone = ready(phones("volunteer-2"))
    phone.page.evaluate(SAVE, "12")
    sent(phone, 1)
    return phone


def bring(phone, file):
    """What the page says to a file that is brought."""
    phone.page.goto("/phone")
    phone.page.locator("#queue-file").set_input_files(file)
    shown = phone.page.locator("[data-take-in] [data-told], [data-take-in] [data-refused]").locator("visible=true")
    shown.wait_for()
    return shown


def rows(village):
    with office(village):
        return Entry.select().count()


def test_another_phone_takes_the_file_in_offline_and_sends_it_later(village, dead, other):
    file, ids = dead.file, dead.ids
    head = chain(other)
    with no_signal(village, other):
        said = bring(other, file)
        for words in ("รับเข้าแล้ว 2 รายการ", "รับรูป 1 รูป"):
            expect(said).to_contain_text(words)
        other.picture("file-taken")
        other.is_accessible()
        red = shield(other, "red")
        for words in ("รอส่ง 2 รายการ", "รับมาจากเครื่องอื่น 2"):
            expect(red).to_contain_text(words, use_inner_text=True)
        other.picture("shield-carried")
        said = bring(other, file)
        for words in ("ไม่มีรายการใหม่", "มีอยู่ในเครื่องนี้แล้ว 2"):
            expect(said).to_contain_text(words)
        assert counts(other)["waiting"] == 2
        other.restart()
        assert other.page.goto("/phone") and chain(other) == head
    other.page.locator("[data-send]").click()
    sent(other, 3)
    for entry in held(village, *ids):
        assert (entry["author"], entry["outcome"], entry["transport"]) == (dead.author, "received", "carried")
        assert entry["number"] == proofs(other, entry["id"])[0]["number"]
    assert chain(other) == head
    shield(other, "amber")
    village.ombun("backup", str(file.with_name("copy")), OMBUN_BACKUP_PASSPHRASE="หนึ่งสองสามสี่ห้าหก")
    shield(other, "green")
    keeps_every_promise(village)


def test_the_office_and_a_phone_may_both_send_it(village, phones, dead, other):
    file, ids = dead.file, dead.ids
    desk = phones("registrar")
    desk.page.goto("/custody")
    desk.page.locator("#file").set_input_files(file)
    desk.page.locator('form[action="/custody"] [type=submit]').first.click()
    desk.page.wait_for_url("**/custody/imports/*")
    before, first = rows(village), held(village, *ids)
    assert [entry["author"] for entry in first] == [dead.author] * 2
    bring(other, file)
    sent(other, 3)
    assert rows(village) == before and held(village, *ids) == first
    assert [proofs(other, entry["id"])[0]["number"] for entry in first] == [entry["number"] for entry in first]
    assert {proofs(other, entry)[0]["outcome"] for entry in ids} == {"replayed"}
    keeps_every_promise(village)


def test_the_dead_phone_wakes_up_and_nothing_is_doubled(village, dead, other):
    bring(other, dead.file)
    sent(other, 3)
    before = rows(village)
    woken = dead.phone
    woken.start()
    woken.page.goto("/phone")
    woken.page.locator("[data-send]").click()
    sent(woken, 2)
    assert rows(village) == before
    assert [proofs(woken, entry)[0]["number"] for entry in dead.ids] == [
        proofs(other, entry)[0]["number"] for entry in dead.ids
    ]


def test_three_phones_send_the_same_queue_at_once(village, phones, dead, other):
    third, woken = ready(phones("volunteer-2")), dead.phone
    with no_signal(village, other, third):
        for phone in (other, third):
            expect(bring(phone, dead.file)).to_contain_text("รับเข้าแล้ว 2 รายการ")
        woken.start()
        woken.page.goto("/phone")
        before = rows(village)
    for phone in (other, third, woken):
        phone.page.evaluate(SEND)
    for phone, number in ((other, 3), (third, 2), (woken, 2)):
        sent(phone, number)
        shield(phone, "amber")
    assert rows(village) == before + 2
    for row in held(village, *dead.ids):
        assert {proofs(phone, row["id"])[0]["number"] for phone in (other, third, woken)} == {row["number"]}
    keeps_every_promise(village)


def test_a_damaged_file_is_refused_until_somebody_says_that_the_phone_is_dead(dead, other):
    file = dead.file
    whole = file.read_text()
    first, second, photo = whole.splitlines()
    file.write_text("\n".join([first, second[:-40], photo[:60] + photo[64:]]))
    expect(bring(other, file)).to_contain_text("เสียหาย 2 แถว")
    assert counts(other)["waiting"] == 0
    other.picture("file-damaged")
    other.is_accessible()
    other.page.locator("[data-whole]").click()
    other.page.locator("[data-told]").wait_for()
    sent(other, 2)
    file.write_text("\ufeff" + whole.replace("\n", "\r\n"))
    expect(bring(other, file)).to_contain_text("รับเข้าแล้ว 1")
    sent(other, 3)


def test_a_foreign_file_is_refused(other, tmp_path):
    file = tmp_path / "other.txt"
    for text, sentence in FOREIGN:
        file.write_text(text)
        expect(bring(other, file), text).to_contain_text(sentence)
        assert counts(other)["waiting"] == 0


def test_who_is_not_signed_in_takes_nothing_in(phones):
    phone = phones(None)
    phone.page.goto("/phone")
    phone.page.locator("#file-title").wait_for()
    expect(phone.page.locator("[data-take-in]")).to_be_hidden()


def test_the_office_reads_in_thai_which_file_it_chose(phones, tmp_path):
    file = tmp_path / "ombun-202611281530.ndjson"
    file.write_text("\n")
    page = phones("registrar").page
    page.goto("/custody")
    page.get_by_text("เลือกไฟล์", exact=True).wait_for()
    page.locator("#file").set_input_files(file)
    page.get_by_text(f"เลือกแล้ว: {file.name}").wait_for()
    assert page.locator("#file").bounding_box()["width"] <= 1
