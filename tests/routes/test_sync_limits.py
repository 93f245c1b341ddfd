"""Limits delay and never lose: what is in custody passes them, and whoever waits as told comes through."""

import json
from datetime import timedelta

import pytest

from db.models import Entry
from pwa import web
from pwa.domain.custody import allowances
from pwa.domain.custody.phones import Phone
from tests.routes.conftest import phone_of
from tests.sync import line, post, receipts


@pytest.fixture
def clock(app, monkeypatch):
    """A clock that stands still at the beginning of a minute until it is moved on."""
    start = web.system_clock().replace(second=0, microsecond=0)
    at = {"now": start}
    app.config["CLOCK"] = lambda: at["now"]
    for name, seconds, most in (("requests", 60, 3_000), ("lines", 60, 4), ("replays", 1, 100)):
        monkeypatch.setattr(allowances, name, allowances.Window(seconds, most))
    return lambda seconds: at.update(now=at["now"] + timedelta(seconds=seconds))


def test_too_many_lines_wait_as_long_as_they_are_told_and_come_through(phone, clock):
    assert post(phone.client, line(phone), line(phone), line(phone)).status_code == 200
    late = [line(phone), line(phone)]
    clock(20)
    refused = post(phone.client, *late)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
    clock(int(refused.headers["Retry-After"]))
    answers, last = receipts(post(phone.client, *late))
    assert [one["outcome"] for one in answers] == ["received", "received"]
    assert last["seen_through"] == 5


def test_a_hundred_replays_a_second_are_answered_whatever_else_was_sent(phone, clock):
    sent = [line(phone) for _ in range(4)]
    post(phone.client, *sent)
    for _ in range(25):
        answers, _ = receipts(post(phone.client, *sent))
        assert {one["outcome"] for one in answers} == {"replayed"}
    assert post(phone.client, *sent).status_code == 429
    clock(1)
    assert post(phone.client, *sent).status_code == 200
    assert post(phone.client, sent[0], line(phone)).status_code == 429, "a new line among them waits"


def test_somebody_without_a_role_sends_fifty_lines_a_day(client_as):
    client = client_as("auditor")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    lines = [line(phone) for _ in range(51)]
    assert post(client, *lines[:50]).status_code == 200
    refused = post(client, lines[50])
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert post(client, *lines[:50]).status_code == 200, "what is in custody is answered all the same"


def test_a_whole_batch_passes_once_a_day_or_it_would_wait_for_ever(client_as):
    client = client_as("auditor")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    assert post(client, *[line(phone) for _ in range(60)]).status_code == 200
    assert post(client, line(phone)).status_code == 429


def test_what_came_while_the_clock_was_ahead_is_no_part_of_today(app, client_as):
    client, now = client_as("auditor"), web.system_clock()
    phone = Phone(client.account, at=now, device=client.device)
    app.config["CLOCK"] = lambda: now + timedelta(days=20)
    assert post(client, *[line(phone) for _ in range(50)]).status_code == 200
    assert post(client, line(phone)).status_code == 429
    app.config["CLOCK"] = lambda: now
    assert post(client, line(phone)).status_code == 200


def test_what_is_carried_counts_for_the_phone_that_signed_it(client_as):
    """Whoever brings it loses nothing of their own share, and who signed it gains none by it."""
    signer, carrier = (phone_of(client_as(handle)) for handle in ("auditor", "province"))
    carried = [line(signer) for _ in range(50)]
    assert post(carrier.client, *carried).status_code == 200
    assert Entry.select().where(Entry.device == signer.device.id, Entry.transport == "carried").count() == 50
    assert post(signer.client, line(signer)).status_code == 429
    assert post(carrier.client, line(carrier)).status_code == 200
    assert post(carrier.client, line(signer)).status_code == 429, "two would send without end, each the other's lines"
    assert post(carrier.client, *carried).status_code == 200, "what is here is answered"


def test_who_records_brings_what_others_signed(client_as, phone):
    """Nobody can keep a volunteer from sending by a queue that is too long."""
    signer = phone_of(client_as("auditor"))
    for _ in range(2):
        assert post(phone.client, *[line(signer) for _ in range(40)], line(phone)).status_code == 200


def test_what_nobody_proves_counts_for_who_sent_it(phone, client_as):
    sender = phone_of(client_as("auditor"))
    junk = [json.dumps({**json.loads(line(phone)), "v": 1, "sig": None}).encode() for _ in range(50)]
    assert post(sender.client, *junk).status_code == 200
    assert {row.transport for row in Entry.select().where(Entry.device == phone.device.id)} == {"unproved"}
    assert post(sender.client, line(sender)).status_code == 429
    assert post(phone.client, *[line(phone) for _ in range(60)]).status_code == 200
