"""After a day of two volunteers on one phone, nobody who takes its disk, the server's log or a backup reads who lives where."""

import gzip
import json
import os

import pytest

from db.models import Account, Household, Person
from pwa.domain.places import addresses
from tests import secrets
from tests.browser.doorstep import begin, name, to_people, to_the_end
from tests.browser.passkeys import Passkeys
from tests.browser.phones import CHROMIUM
from tests.browser.stories import call, keeps_every_promise, no_signal, office, ready, sent
from tests.browser.test_kit import bring
from tests.browser.test_shared_phone import half_written, sign_out

NUMBER = "3900100123453"
PHONE = "0815550142"
NOTE = "เล่าว่าแพ้ยาเพนิซิลลิน"
FIRST = {"volunteer": ("ปิ่นอนงค์", "วงศ์ลับสนิท"), "volunteer-2": ("จันทร์กระจ่าง", "แสงซ่อนเร้น")}
SHORTEST = 6  # shorter ones are everyday words, too
PLANT = "async (word) => { localStorage.setItem('planted', word); (await caches.open('planted')).put('/planted', new Response(word)); }"


@pytest.mark.parametrize("prf", [True, False], ids=["prf", "basic"])
def test_no_file_tells_who_lives_where(village, phones, tmp_path, prf):
    phone = phones("volunteer", browser=CHROMIUM, passkeys=Passkeys(hasPrf=prf))
    known = names_of_the_village(village)
    a_day(phone, village, "volunteer")
    look_up(phone)
    sign_out(phone)
    phone.enrol(village.invite("volunteer-2"))
    a_day(phone, village, "volunteer-2")
    look_up(phone)
    sent(phone, len(call(phone, "outbox", "list")))
    phone.close()

    assert list(phone.profile.glob("**/IndexedDB/*/*.log")), "what pages stored"
    assert not list(phone.profile.glob("**/IndexedDB/*/*.ldb")), "packed tables would hide words"
    words = [*(word for pair in FIRST.values() for word in pair), NUMBER, PHONE, NOTE, *known]
    assert secrets.found(phone.profile, words) == []
    assert secrets.found(logs(village, tmp_path), words) == []
    assert secrets.found(backups(village, tmp_path), words) == []
    keeps_every_promise(village)


def test_the_search_finds_what_a_page_would_leave_behind(phones, tmp_path):
    phone = phones(None, browser=CHROMIUM)
    phone.page.goto("/")
    phone.page.evaluate(PLANT, FIRST["volunteer"][1])
    phone.page.goto("/sign-in?q=" + FIRST["volunteer-2"][1])
    phone.page.wait_for_timeout(1500)
    phone.close()
    found = secrets.found(phone.profile, [name for _, name in FIRST.values()])
    assert {("plain", FIRST["volunteer"][1]), ("utf-16-le", FIRST["volunteer"][1])} <= {
        (way, word) for _, word, way in found
    }
    history = [(way, word) for file, word, way in found if file.endswith("History")]
    assert ("percent", FIRST["volunteer-2"][1]) in history
    for number, (way, mark) in enumerate(secrets.written(NOTE)):
        (tmp_path / "planted").mkdir(exist_ok=True)
        (tmp_path / "planted" / str(number)).write_bytes(b"\x00\xff" + mark + b"\xff")
        assert (str(number), NOTE, way) in secrets.found(tmp_path / "planted", [NOTE])
    (tmp_path / "planted" / "packed").write_bytes(b"\x00" + gzip.compress(NOTE.encode()) + b"\x00")
    assert ("packed", NOTE, "plain") in secrets.found(tmp_path / "planted", [NOTE])


def a_day(phone, village, handle):
    """Bring the kit, register a household without a signal, leave another one unfinished, send."""
    ready(phone)
    bring(phone)
    with no_signal(village, phone):
        form = begin(phone)
        person = to_people(form)
        name(form, person, *FIRST[handle])
        form.choose(f"people.{person}.id_kind", "thai_id")
        form.write(f"people.{person}.id_number", NUMBER)
        form.page.locator("#step-people details.more:not([open]) > summary").click()
        form.write(f"people.{person}.phone", PHONE)
        to_the_end(form)
        form.save()
        half_written(phone, NOTE)
    call(phone, "sync", "flush", "test")


def look_up(phone):
    """With a signal: look for somebody by name, and read a household's page and a member's."""
    phone.page.goto("/households")
    name = phone.page.locator("#household-list .row__note .unit").first.inner_text().split()[-1]
    phone.page.locator("#q").fill(name)
    with phone.page.expect_response("**/households?q=*"):
        phone.page.locator("#q").press("Enter")
    phone.page.locator("#household-list .row", has_text=name).first.click()
    phone.page.locator('.row[href*="/members/"]').first.click()
    phone.page.wait_for_url("**/members/*")
    phone.page.goto("/")


def names_of_the_village(village):
    """Names of the register, of whoever has no account: the whole ones, and each part that is long enough and no place's."""
    places = json.dumps(addresses.compact(), ensure_ascii=False)
    with office(village):
        staff = " ".join(account.name for account in Account.select())
        people = Person.select(Person.first_name, Person.last_name).join(Household).tuples()
        whole = sorted({f"{first} {last}" for first, last in people if first and last and last not in staff})
    words = {word for name in whole for word in name.split() if len(word) >= SHORTEST and word not in staff + places}
    return [*whole, *sorted(words)]


def logs(village, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    os.link(village.log, folder / "server.log")
    return folder


def backups(village, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    village.ombun("backup", str(folder / "fund.backup"), OMBUN_BACKUP_PASSPHRASE="ข้าวหอม มะลิ 2569")
    assert (folder / "fund.backup").stat().st_size > 100_000
    return folder
