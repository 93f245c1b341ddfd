"""Group commit: what waits shares a transaction, everybody gets their own answer, and a batch that fails hurts nobody else."""

import threading
import uuid

import pytest
from peewee import OperationalError

import db
from db.models import Device, Entry
from pwa.domain.custody import entries, envelopes, group_commit
from tests import small_fund
from tests.small_fund import NOW

CROWD = 16


@pytest.fixture
def groups():
    return []


@pytest.fixture
def queue(settled_fund, groups):
    """A queue whose batches are lists of phones; the first group waits until `queue.go` is set."""
    go = threading.Event()

    def store(batches):
        groups.append(len(batches))
        for batch in batches:
            for phone in batch:
                Device.create(id=phone, created_at=NOW)
        if len(groups) == 1:
            go.wait(10)
        if any(isinstance(phone, str) for batch in batches for phone in batch):
            raise OperationalError("database is locked")

    made = group_commit.Queue(store)
    made.go = go
    return made


def crowd(work, count=CROWD):
    """Call work(0) … work(count - 1), each in a thread with a connection of its own; returns the threads, running."""

    def run(number):
        with db.database.connection_context():
            work(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


def wait_until(queue, waiting):
    while len(queue._waiting) < waiting:
        threading.Event().wait(0.01)


def test_what_waits_shares_a_transaction(queue, groups):
    phones = [uuid.uuid4() for _ in range(CROWD)]
    first = crowd(lambda _: queue.commit([phones[0]]), 1)
    while not groups:
        threading.Event().wait(0.01)
    rest = crowd(lambda number: queue.commit([phones[number + 1]]), CROWD - 1)
    wait_until(queue, CROWD - 1)
    queue.go.set()
    [thread.join() for thread in first + rest]
    assert groups == [1, CROWD - 1]
    assert Device.select().where(Device.id.in_(phones)).count() == CROWD


def test_a_batch_that_fails_takes_no_neighbour_with_it(queue, groups):
    taken = uuid.uuid4()
    Device.create(id=taken, created_at=NOW)
    first = crowd(lambda _: queue.commit([]), 1)
    while not groups:
        threading.Event().wait(0.01)
    phones = [uuid.uuid4() for _ in range(CROWD - 1)]
    batches, failed = [[phone] for phone in phones] + [[taken]], []

    def send(number):
        try:
            queue.commit(batches[number])
        except Exception as problem:
            failed.append((number, type(problem).__name__))

    rest = crowd(send)
    wait_until(queue, CROWD)
    queue.go.set()
    [thread.join() for thread in first + rest]
    assert groups[:2] == [1, CROWD], "they were together"
    assert failed == [(CROWD - 1, "IntegrityError")]
    assert Device.select().where(Device.id.in_(phones)).count() == CROWD - 1


def test_a_database_out_of_reach_is_said_to_everybody_and_keeps_nothing(queue, groups):
    first = crowd(lambda _: queue.commit([]), 1)
    while not groups:
        threading.Event().wait(0.01)
    phones, told = [uuid.uuid4() for _ in range(3)], []

    def send(number):
        try:
            queue.commit([str(phones[number]) if number == 1 else phones[number]])
        except OperationalError as problem:
            told.append(str(problem))

    rest = crowd(send, 3)
    wait_until(queue, 3)
    queue.go.set()
    [thread.join() for thread in first + rest]
    assert told == ["database is locked"] * 3
    assert groups == [1, 3], "it is not tried once for each"
    assert not Device.select().where(Device.id.in_(phones)).exists()
    queue.commit([uuid.uuid4()])


def test_a_long_queue_is_taken_in_parts(queue, groups, monkeypatch):
    monkeypatch.setattr(group_commit, "MOST_LINES", 3)
    first = crowd(lambda _: queue.commit([]), 1)
    while not groups:
        threading.Event().wait(0.01)
    rest = crowd(lambda _: queue.commit([uuid.uuid4()]), 8)
    wait_until(queue, 8)
    queue.go.set()
    [thread.join() for thread in first + rest]
    assert groups == [1, 3, 3, 2]


def test_inside_a_transaction_it_is_a_part_of_that(queue, groups):
    queue.go.set()
    phone = uuid.uuid4()
    with pytest.raises(ZeroDivisionError), db.database.atomic():
        queue.commit([phone])
        raise ZeroDivisionError
    assert not Device.select().where(Device.id == phone).exists()


def test_sixteen_phones_at_once_get_exactly_their_receipts(settled_fund):
    """Numbers are unique and rise along each phone; one sender that no database can keep fails alone."""
    phones = [small_fund.phone(settled_fund) for _ in range(CROWD)]
    lines = [[one.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(5)] for one in phones]
    answers, failed = {}, []
    together = threading.Barrier(CROWD)

    def send(number):
        together.wait()
        sender = object() if number == 7 else phones[number].device.id
        for line in lines[number]:
            try:
                answers.setdefault(number, []).extend(entries.receive([line], sender=sender, at=NOW))
            except Exception:
                failed.append(number)

    [thread.join() for thread in crowd(send)]
    assert failed == [7] * 5
    assert answers.pop(7) == []
    for number, receipts in answers.items():
        assert [one["sha256"] for one in receipts] == [envelopes.read(line).sha256 for line in lines[number]]
        assert {one["outcome"] for one in receipts} == {"received"}
        assert [one["number"] for one in receipts] == sorted(one["number"] for one in receipts)
    numbers = [one["number"] for receipts in answers.values() for one in receipts]
    kept = Entry.select().where(Entry.device.in_([phone.device.id for phone in phones])).count()
    assert len(set(numbers)) == len(numbers) == kept == 5 * (CROWD - 1)
