"""What the pages say of entries from phones whose clock was wrong: the real time in words, and a remark for the checker."""

import runpy
import uuid
from datetime import timedelta

import pytest

import db
from db.models import Household, Opening
from pwa import web
from pwa.i18n import KEPT, MONTHS
from tests.sync import household, post, receipts

NOW = web.system_clock().replace(day=min(28, web.system_clock().day))
BE = NOW.replace(year=NOW.year + 543) - NOW
HOUR_MS = 3_600_000


def sent(phone, *, wrong=timedelta(0), ahead_ms=None):
    """A household, recorded a minute ago by a clock that was wrong → (entry id, subject, its Opening)."""
    subject, at = uuid.uuid4(), web.system_clock() - timedelta(minutes=1) + wrong
    line = phone.line("household", household(), at=at, subject=subject, ahead_ms=ahead_ms)
    [receipt], _ = receipts(post(phone.client, line))
    assert receipt["outcome"] == "received"
    return receipt["id"], subject, Opening.get(Opening.subject == subject)


def today():
    on = web.system_clock().astimezone(web.BANGKOK) - timedelta(minutes=1)
    return KEPT.join((str(on.day), MONTHS["th"][on.month - 1], str(on.year + 543)))


@pytest.mark.parametrize("known", [True, False])
def test_a_clock_in_the_buddhist_era_makes_no_year_3112(phone, client_as, page, known):
    ahead = round(BE / timedelta(milliseconds=1)) if known else None
    entry, subject, opening = sent(phone, wrong=BE, ahead_ms=ahead)
    assert (opening.clock_odd, opening.clock_ms, opening.recorded_at[:2]) == ("be_year", ahead, "25")
    leader = client_as("zone-leader")
    sheet = leader.get(f"/review/{entry}").text
    assert today() in sheet
    assert str(NOW.year + 2 * 543) not in "".join(page(f"/review/{entry}", leader).itertext())
    assert opening.recorded_at[:10] not in sheet
    assert leader.post(f"/review/{entry}/approval").status_code == 303
    assert today() in leader.get(f"/households/{subject}").text
    assert Household.get_by_id(subject).visited_at[:2] == "20"


def test_a_slow_clock_is_told_to_the_checker(phone, client_as):
    entry, _, opening = sent(phone, wrong=timedelta(hours=-30), ahead_ms=-30 * HOUR_MS)
    assert opening.clock_odd == "off"
    sheet = client_as("zone-leader").get(f"/review/{entry}").text
    assert "นาฬิกาเครื่องไม่ตรง" in sheet
    assert today() in sheet


def test_a_fast_clock_never_records_later_than_it_came(phone, client_as):
    entry, subject, opening = sent(phone, wrong=timedelta(days=3))
    assert opening.clock_odd == "off"
    leader = client_as("zone-leader")
    assert leader.post(f"/review/{entry}/approval").status_code == 303
    assert today() in leader.get(f"/households/{subject}").text


def test_a_clock_is_never_a_reason_for_quarantine(phone):
    for wrong in (timedelta(days=-20_000), timedelta(days=2_000_000)):
        sent(phone, wrong=wrong)
    sent(phone, ahead_ms=10**14)


def test_what_is_no_number_of_milliseconds_is_no_entry_of_ours(phone):
    line = phone.line("household", household(), at=web.system_clock(), ahead_ms="fast")
    [receipt], _ = receipts(post(phone.client, line))
    assert receipt["outcome"] == "quarantined"


def test_what_an_earlier_version_put_into_the_register_is_mended(phone, client_as):
    """It stood there as the phone wrote it; the nightly check compares it with what is said today."""
    entry, subject, opening = sent(phone, wrong=BE)
    client_as("zone-leader").post(f"/review/{entry}/approval")
    now = Household.get_by_id(subject).visited_at
    Household.update(visited_at=opening.recorded_at).where(Household.id == subject).execute()
    runpy.run_path(str(db.MIGRATIONS / "0013_clocks.py"))["mend"](db.database)
    assert Household.get_by_id(subject).visited_at == now
