"""Lines on their way into custody: judged together however they came, and the same bytes are one row wherever they wait."""

import db
from db.models import Entry
from pwa.domain.custody import envelopes, intake
from pwa.domain.custody.judgement import Sent
from tests import small_fund
from tests.small_fund import NOW


def batch(phone, lines, **about):
    arrivals = [intake.Arrival(envelopes.read(line)) for line in lines]
    for one in arrivals:
        one.open(at=NOW)
    return intake.Batch(arrivals, Sent(phone.device.id, NOW), **about)


def take(*batches):
    with db.database.atomic():
        intake.take(list(batches))
    return [[(one.row.outcome, one.row.reason, one.is_replay) for one in batch.arrivals] for batch in batches]


def lines_of(phone, count):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def test_two_batches_in_one_transaction_are_each_their_senders(settled_fund):
    one, other = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    carried = lines_of(one, 1)
    assert take(batch(one, lines_of(one, 2)), batch(other, [*lines_of(other, 1), *carried])) == [
        [("received", "", False)] * 2,
        [("received", "", False)] * 2,
    ]
    assert Entry.get(Entry.sha256 == envelopes.read(carried[0]).sha256).transport == "carried"


def test_the_same_line_in_two_batches_is_one_row(settled_fund):
    phone = small_fund.phone(settled_fund)
    sent = lines_of(phone, 1)
    first, again = take(batch(phone, sent), batch(phone, sent))
    assert (first, again) == ([("received", "", False)], [("received", "", True)])
    assert Entry.select().where(Entry.device == phone.device.id).count() == 1
    assert intake.in_custody([envelopes.read(sent[0])]) == {envelopes.read(sent[0]).sha256}


def test_a_fork_between_two_batches_is_found(settled_fund):
    phone = small_fund.phone(settled_fund)
    first = lines_of(phone, 1)
    phone.seq, phone.prev = 0, ""
    second = lines_of(phone, 1)
    assert take(batch(phone, first), batch(phone, second))[1] == [("quarantined", "fork", False)]


def test_it_may_be_called_again_after_it_was_undone(settled_fund):
    phone = small_fund.phone(settled_fund)
    waiting = batch(phone, lines_of(phone, 2))
    try:
        with db.database.atomic():
            intake.take([waiting])
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert take(waiting) == [[("received", "", False)] * 2]
