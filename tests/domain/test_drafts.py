"""Drafts in custody: their author reads them, on any phone, until they are finished; for everybody else they say nothing."""

import json
import uuid
from datetime import timedelta

import pytest

from db.models import Acceptance, Person
from pwa import web
from pwa.domain import NotFound, Refusal
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import drafts, entries, own, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import cases, quarantine, queue_files
from pwa.domain.kinds import forms
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.review import queues, review

VALUES = {"house": {"number": "47/9"}, "step": 2, "entry": {"comments": {"people.x.birth_date": "ปีไหนแน่"}}}


def phone_of(handle):
    return Phone(accounts.named(handle), at=web.system_clock())


def put_away(phone, *, subject=None, at=None, payload=None, **about):
    payload = payload or {"form": "household@1", "draft": str(subject or uuid.uuid4()), "values": VALUES}
    return phone.record("draft", payload, subject=subject, at=at or web.system_clock(), **about)


def told(handle, entry):
    found = own.status(accounts.named(handle), at=web.system_clock())
    return next((one for one in found if one["id"] == str(entry.entry_id)), None)


@pytest.mark.parametrize("handle", ["volunteer", "member", "treasurer"])
def test_anybody_known_may_put_a_draft_away(app, handle):
    entry = put_away(phone_of(handle))
    assert (entry.outcome, states.of(entry), entries.opening(entry).place) == ("received", "received", "")
    assert own.single(entry.entry_id, accounts.named(handle))["plaintext"]["payload"]["values"] == VALUES
    assert promises.check() == []


def test_it_opens_what_the_phone_sealed_at_every_letter(app):
    phone = phone_of("volunteer")
    key = keyring.newest("seal")
    sealed = sealing.seal_to(key.public, json.dumps(VALUES).encode(), sealing.draft_info(phone.account.id))
    enc, ct = keyring.b64url(sealed[: sealing.POINT]), keyring.b64url(sealed[sealing.POINT :])
    box = {"form": "household@1", "draft": "d-1", "sealed": f"{key.kid}.{enc}.{ct}"}
    entry = put_away(phone, payload=box)
    payload = own.single(entry.entry_id, phone.account)["plaintext"]["payload"]
    assert payload == {"form": "household@1", "draft": "d-1", "values": VALUES}
    damaged = put_away(phone, payload=box | {"sealed": f"{key.kid}.{enc}.{ct[:-4]}AAAA"})
    assert damaged.outcome == "received"
    assert "values" not in own.single(damaged.entry_id, phone.account)["plaintext"]["payload"]


def test_it_is_offered_however_old_until_it_is_finished(app):
    phone, subject = phone_of("volunteer"), uuid.uuid4()
    long_ago = web.system_clock() - timedelta(days=200)
    earlier = put_away(phone, subject=subject, at=long_ago)
    entry = put_away(phone, subject=subject, at=long_ago, replaces=earlier.entry_id)
    assert told("volunteer", earlier) is None and states.of(earlier) == "replaced"
    assert {"kind": "draft", "state": "received", "finished": False}.items() <= told("volunteer", entry).items()
    assert told("volunteer-2", entry) is None
    payload = forms.schema("household@1")["examples"][0]
    other_phone = phone_of("volunteer")
    other_phone.record("household", payload, subject=subject, at=web.system_clock())
    assert told("volunteer", entry) is None


def test_a_recent_one_says_that_it_is_finished(app):
    phone, subject = phone_of("volunteer"), uuid.uuid4()
    entry = put_away(phone, subject=subject)
    recorded = phone.record(
        "household", forms.schema("household@1")["examples"][0], subject=subject, at=web.system_clock()
    )
    assert told("volunteer", entry)["finished"]
    assert {"kind": "household", "state": "received"}.items() <= told("volunteer", recorded).items()
    again = put_away(phone, subject=subject)
    assert not told("volunteer", again)["finished"]
    assert drafts.finished({entry.id: entry}, phone.account.id) == {entry.id}


def test_nobody_else_reads_or_decides_about_it(app):
    phone, at = phone_of("volunteer"), web.system_clock()
    visited = Person.get_by_id(accounts.named("member").person).household_id
    entry = put_away(phone, subject=visited)
    for handle in ("zone-leader", "registrar", "admin", "volunteer-2", "network"):
        account = accounts.named(handle)
        with pytest.raises(NotFound):
            own.single(entry.entry_id, account)
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=account, at=at)
        with pytest.raises(NotFound):
            quarantine.get(entry.entry_id, seen_by=account)
        assert all(item.row.id != entry.id for item in queues.of(account, at=at).items)
    for case in queue_files.get(entry.entry_id, seen_by=accounts.named("admin")):
        assert cases.said(case) is None


def test_one_from_a_strange_phone_stays_closed_at_the_desk(app):
    phone, admin = phone_of("volunteer"), accounts.named("admin")
    phone.account = accounts.named("volunteer-2")
    entry = put_away(phone)
    assert entry.reason == "unproved" and told("volunteer-2", entry) is None
    case = quarantine.get(entry.entry_id, seen_by=admin)
    assert cases.said(case) is None
    with pytest.raises(Refusal):
        quarantine.accept(entry, by=admin, at=web.system_clock(), reason="รู้จักกัน")
    assert not Acceptance.select().where(Acceptance.entry == entry).exists()
