"""Judged again: what came from its own phone counts once its author signs in there, or its key comes. Receipts stay what they were."""

from db.models import Acceptance, Entry, Seat
from pwa.domain.crypto import keyring
from pwa.domain.custody import entries, identities, own, rejudgement, seats, states
from pwa.domain.operations import promises
from pwa.domain.people import devices, numbering, sessions
from tests import small_fund
from tests.small_fund import MINUTE, NOW


def lines(phone, count):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def moved(phone):
    """The same phone under a number on which nobody signed in yet."""
    phone.device, phone.key = devices.register(at=NOW), None
    return phone


def test_lines_count_when_their_author_signs_in_on_that_phone(settled_fund):
    phone = moved(small_fund.phone(settled_fund))
    rows = phone.deliver(lines(phone, 2), at=NOW)
    assert [row.reason for row in rows] == ["unproved"] * 2
    named = {one["id"] for one in own.status(phone.account, at=NOW)}
    assert not named & {str(row.entry_id) for row in rows}, "nothing of it is told to who is named in it"
    rejudgement.when_known(phone.device.id, author=phone.account.id, at=NOW)
    assert [states.of(row) for row in rows] == ["quarantined"] * 2, "nobody has signed in"
    sessions.use(phone.account, phone.device, at=NOW + MINUTE)
    rejudgement.when_known(phone.device.id, author=phone.account.id, at=NOW + MINUTE)
    assert [states.of(row) for row in rows] == ["received"] * 2
    assert {(row.account, row.reason) for row in Acceptance.select()} == {(identities.NOBODY, "proved later")}
    told = {one["id"]: one for one in own.status(phone.account, at=NOW)}
    assert [(told[str(row.entry_id)]["state"], told[str(row.entry_id)]["carried"]) for row in rows] == [
        ("received", True)
    ] * 2
    assert phone.send([entries.line(rows[0])], at=NOW + MINUTE)[0]["outcome"] == "quarantined", "as it was receipted"
    assert not [*promises.seats_are_taken_once(), *promises.receipts_verify()]


def test_what_somebody_else_brought_is_not_judged_again_until_its_phone_brings_it(settled_fund):
    phone, stranger = moved(small_fund.phone(settled_fund)), devices.register(at=NOW)
    [line] = lines(phone, 1)
    entries.receive([line], sender=stranger.id, at=NOW)
    sessions.use(phone.account, phone.device, at=NOW)
    rejudgement.when_known(phone.device.id, author=phone.account.id, at=NOW)
    row = Entry.get(Entry.device == phone.device.id)
    assert states.of(row) == "quarantined" and not Seat.select().where(Seat.entry == row).exists()
    phone.send([line], at=NOW)
    assert states.of(row) == "received"
    assert seats.progress(phone.device.id) == {"seen_through": 1, "missing": []}


def test_a_signature_is_judged_when_its_key_comes(settled_fund):
    phone = small_fund.phone(settled_fund)
    key = phone.key
    good, bad = moved(phone), small_fund.signing_key()
    good.key = key
    sent = lines(good, 1)
    good.key = bad
    sent += lines(good, 1)
    good.send(sent, at=NOW)
    rows = list(Entry.select().where(Entry.device == phone.device.id).order_by(Entry.id))
    assert [row.signing for row in rows] == ["unknown"] * 2
    sessions.use(phone.account, phone.device, at=NOW)
    good.account, public = phone.account, keyring.b64url(keyring.point(key))
    numbering.put_key(devices.claims(phone.device.id), public, 1, account=phone.account, at=NOW)
    rejudgement.when_key_came(phone.device.id, at=NOW)
    assert [states.of(row) for row in rows] == ["received", "quarantined"]


def test_the_seat_may_be_taken_by_then(settled_fund):
    phone = moved(small_fund.phone(settled_fund))
    stranger = devices.register(at=NOW)
    [first] = lines(phone, 1)
    phone.seq, phone.prev = 0, ""
    [second] = lines(phone, 1)
    entries.receive([first], sender=stranger.id, at=NOW)
    sessions.use(phone.account, phone.device, at=NOW)
    phone.send([second], at=NOW)
    phone.send([first], at=NOW)
    states_now = {row.sha256: states.of(row) for row in Entry.select()}
    assert [states_now[entries.envelopes.read(line).sha256] for line in (first, second)] == ["quarantined", "received"]
