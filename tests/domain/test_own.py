"""What an author is told of own entries: recent ones, and everything that waits for them however old."""

from datetime import timedelta

import pytest

from pwa import web
from pwa.domain import NotFound
from pwa.domain.custody import entries, own
from pwa.domain.custody.phones import Phone
from pwa.domain.kinds import forms
from pwa.domain.people import accounts
from pwa.domain.review import review

LONG_AGO = timedelta(days=45)


def record(at):
    phone = Phone(accounts.named("volunteer"), at=at)
    return phone.record("household", forms.schema("household@1")["examples"][0], at=at)


def told(entry):
    found = own.status(accounts.named("volunteer"), at=web.system_clock())
    return next((one for one in found if one["id"] == str(entry.entry_id)), None)


def test_an_old_entry_that_is_done_is_not_told_any_more(app):
    entry = record(web.system_clock() - LONG_AGO)
    review.approve(entry, by=accounts.named("zone-leader"), at=web.system_clock())
    assert told(entry) is None


def test_an_old_entry_that_came_back_still_is(app):
    entry = record(web.system_clock() - LONG_AGO)
    leader = accounts.named("zone-leader")
    review.send_back(entry, by=leader, at=web.system_clock(), comments={"house.number": "เลขไหนแน่"})
    assert told(entry)["comments"] == {"house.number": "เลขไหนแน่"}


def test_an_erased_entry_cannot_be_read_any_more(app):
    from pwa.domain.privacy import erasure

    entry = record(web.system_clock())
    review.reject(entry, by=accounts.named("zone-leader"), at=web.system_clock(), reason="ซ้ำ")
    about = dict(reason="เจ้าของข้อมูลขอลบ", legal_ground="unnecessary")
    erasure.erase(entry, by=accounts.named("registrar"), at=web.system_clock(), **about)
    with pytest.raises(entries.Erased):
        entries.plaintext(entry)
    with pytest.raises(NotFound):
        own.single(entry.entry_id, accounts.named("volunteer"))
