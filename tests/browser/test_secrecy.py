"""After a day of two volunteers on one phone, nobody who takes its disk, the server's log or a backup reads who lives where."""

import os

import pytest

from db.models import Household, Person
from tests import secrets
from tests.browser.doorstep import begin, name, to_people, to_the_end
from tests.browser.passkeys import Passkeys
from tests.browser.stories import call, keeps_every_promise, no_signal, office, ready, sent
from tests.browser.test_kit import bring
from tests.browser.test_shared_phone import half_written, sign_out

NUMBER = "3900100123453"
PHONE = "0815550142"
NOTE = "เล่าว่าแพ้ยาเพนิซิลลิน"
FIRST = {"volunteer": ("ปิ่นอนงค์", "วงศ์ลับสนิท"), "volunteer-2": ("จันทร์กระจ่าง", "แสงซ่อนเร้น")}
PLANT = "async (word) => { localStorage.setItem('planted', word); (await caches.open('planted')).put('/planted', new Response(word)); }"


@pytest.mark.parametrize("prf", [True, False], ids=["prf", "basic"])
def test_no_file_tells_who_lives_where(village, phones, tmp_path, prf):
    phone = phones("volunteer", passkeys=Passkeys(hasPrf=prf))
    known = names_of_the_village(village)
    a_day(phone, village, "volunteer")
    sign_out(phone)
    phone.enrol(village.invite("volunteer-2"))
    a_day(phone, village, "volunteer-2")
    sent(phone, len(call(phone, "outbox", "list")))
    phone.close()

    words = [*(word for pair in FIRST.values() for word in pair), NUMBER, PHONE, NOTE, *known]
    assert secrets.found(phone.profile, words) == []
    assert secrets.found(logs(village, tmp_path), words) == []
    assert secrets.found(backups(village, tmp_path), words) == []
    keeps_every_promise(village)


def test_the_search_finds_what_a_page_would_leave_behind(phones, tmp_path):
    phone = phones(None)
    phone.page.goto("/")
    phone.page.evaluate(PLANT, FIRST["volunteer"][1])
    phone.close()
    ways = {way for _, _, way in secrets.found(phone.profile, FIRST["volunteer"])}
    assert {"plain", "utf-16-le"} <= ways
    for number, (way, mark) in enumerate(secrets.written(NOTE)):
        (tmp_path / "planted").mkdir(exist_ok=True)
        (tmp_path / "planted" / str(number)).write_bytes(b"\x00\xff" + mark + b"\xff")
        assert (str(number), NOTE, way) in secrets.found(tmp_path / "planted", [NOTE])


def a_day(phone, village, handle):
    """Bring the kit, register a household without a signal, leave another one unfinished, send."""
    ready(phone)
    bring(phone)
    with no_signal(village, phone):
        form = begin(phone)
        person = to_people(form)
        name(form, person, *FIRST[handle])
        form.write(f"people.{person}.id_number", NUMBER)
        form.write(f"people.{person}.phone", PHONE)
        to_the_end(form)
        form.save()
        half_written(phone, NOTE)
    call(phone, "sync", "flush", "test")


def names_of_the_village(village):
    """First and last names of the register, as the kit brings them, that are no everyday words of the app."""
    with office(village):
        people = Person.select(Person.first_name, Person.last_name).join(Household).tuples()
        return sorted({f"{first} {last}" for first, last in people if first and last})


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
