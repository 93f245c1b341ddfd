"""What is done when a day is over, and what must hold then: gaps told, nothing lost, doubled or hidden, decisions standing."""

from db.models import Entry, Opening
from pwa.domain.custody import entries, identities, states
from pwa.domain.operations import promises

PROVED = 0.2
"""Every promise is proved after days with decisions, and after one in five of the others: it takes longer than the day."""


def settle(day):
    every_gap_is_told(day)
    drain(day)
    assert drain(day) == 0, "what was sent need not be sent again"
    every_gap_is_told(day)
    nothing_is_lost_or_doubled(day)
    decisions_stand(day)
    day.listen()
    if day.world.decisions or day.chance.random() < PROVED:
        assert not (broken := promises.check()), broken


def drain(day):
    """Everybody has a network again and signs in, and each phone puts its key, sends what it must, and then what the server lacks.

    Gives how many lines that were, but for those that no key of this server opens: they are asked about again and again.
    """
    sent = 0
    for phone in day.phones:
        phone.sign_in()
        if phone.phone.key or phone.chosen:
            phone.put_key()
        for lines in ([held for held in phone.everything().values() if held.waits], phone.lacking()):
            sent += sum(not held.keep for held in lines)
            for start in range(0, len(lines), day.BATCH):
                day.deliver(phone, lines[start : start + day.BATCH], "arrives")
    return sent


def every_gap_is_told(day):
    """A line without the signature that was due takes a seat only when it comes, some time, under its own number; so does one
    above the last that its phone named when it left that number, and one whose number a restored server has never met: with
    the number its key is forgotten, and the phone goes on under another."""
    unproved = Entry.select(Entry.entry_id, Entry.sha256).where(~identities.is_proved())
    unsigned = set(unproved.where(Entry.signing == "bad").tuples())
    unsigned |= set(unproved.where(Entry.signing == "unknown", Entry.sender != Entry.device).tuples())
    without_key = set(unproved.where(Entry.signing.is_null()).tuples())
    for phone, number in [(one, number) for one in day.phones for number in one.numbers]:
        own = {held.name: held for held in [*phone.held.values(), *phone.pruned.values()] if held.device == number}
        above = {name for name, held in own.items() if held.seq > phone.left.get(number, held.seq)}
        seated = day.world.custody - unsigned - (without_key & above)
        taken = {held.seq for name, held in own.items() if name in seated}
        told = day.world.status(phone.device, *phone.numbers[:-1])[number]
        last = max(taken, default=0)
        gone = {seq for low, high in told["missing"] for seq in range(low, high + 1)}
        assert gone == set(range(1, last)) - taken, "the exact numbers that are missing"
        assert told["seen_through"] == min(gone, default=last + 1) - 1


def nothing_is_lost_or_doubled(day):
    rows = day.world.rows()
    assert len(rows) == len(set(rows)), "no line twice"
    assert set(rows) == day.world.custody, "what was answered is there, and nothing else"
    for phone in day.phones:
        assert {held.name for held in phone.held.values()} <= set(rows), "what a phone holds has arrived"
    received = Entry.select().where(Entry.outcome == "received")
    seats = [(row.device, row.seq) for row in received if row.signing != "unsigned"]
    assert len(seats) == len(set(seats)), "one received line for each number"
    assert len(received) == Opening.select().join(Entry).where(Entry.outcome == "received").count()


def decisions_stand(day):
    for (entry_id, sha256), verdict in day.world.decisions.items():
        row = Entry.get(Entry.entry_id == entry_id, Entry.sha256 == sha256)
        meant = {"answered": {"returned", "replaced"}, "never_paid": {"rejected"}}
        wanted = meant.get(verdict, {verdict, "replaced"})
        assert states.of(row) in wanted, (verdict, states.of(row))
        assert entries.line(row)
