"""Days with faults, drawn once: nothing lost, nothing doubled, nothing paid twice, every gap told. Other days, and many more, with `make faults`."""

from datetime import timedelta

import pytest

from db.models import Entry
from pwa.domain.operations import promises
from tests.faults import afterwards, days
from tests.faults.claim_days import ClaimDay
from tests.faults.machine import Day
from tests.faults.paydays import PayDay

DAYS = {"sqlite": 80, "postgres": 70}
PAYDAYS = {"sqlite": 50, "postgres": 25}
CLAIMDAYS = {"sqlite": 45, "postgres": 15}
"""As many as fit in a minute of a quiet machine with two cores; `make faults` tells all of them."""
SEED = 1
"""The same days every time, chosen so that every fault happens on both databases."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_lost_doubled_or_hidden(engine):
    met = days.live(DAYS[engine], SEED)
    assert set(met) == days.KINDS, "a fault that never happened proves nothing: choose another seed"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_baht_is_lost_or_doubled(engine):
    met = days.live(PAYDAYS[engine], SEED, PayDay)
    if engine == "sqlite":  # on the other there are too few days for what is rare
        assert set(met) >= days.KINDS_OF_MONEY, "what never happened proves nothing: choose another seed"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_paid_twice(engine):
    met = days.live(CLAIMDAYS[engine], SEED, ClaimDay)
    if engine == "sqlite":
        assert set(met) >= days.KINDS_OF_CLAIMS, "what never happened proves nothing: choose another seed"


@pytest.mark.parametrize("second", ["recorded after the backup", "changed on the way after the backup"])
def test_a_second_line_for_a_number_comes_again_after_a_restore(engine, second):
    """The backup held the number, not this line: found by the 33,000th day of a long run."""
    with days.hurried():
        day = Day()
        day.begin(seed=0)
        day.fork(who=2, skew=timedelta(0), later=True)
        day.lose_the_answer(who=2, order="oldest first")
        day.back_up(really=True)
        if second == "recorded after the backup":
            day.record(who=2, many=1, skew=timedelta(0))
            day.send(who=2, order="newest first")
        else:
            day.change_a_line_on_the_way(who=2)
        assert len(day.world.rows()) == 2
        day.restore(which=0, really=True)
        assert len(day.world.rows()) == 1
        day.teardown()


def test_a_signed_line_takes_the_seat_from_an_unsigned_one_beside_which_it_came(engine):
    """Both lie in one upload: found by the first days with a fair chance."""
    with days.hurried():
        day = Day()
        day.begin(seed=0)
        day.fork(who=0, skew=timedelta(0), later=True)
        day.put_a_key(who=0, answered=True)
        day.record(who=0, many=1, skew=timedelta(0))
        day.send(who=0, order="oldest first")
        assert [row.outcome for row in Entry.select()] == ["received", "received"]
        assert promises.check() == []
        day.teardown()


def test_lines_of_a_number_that_a_restored_server_never_met_wait_for_a_person(engine):
    """With the number its key is forgotten, and the phone goes on under another: found by the 2,300th day of a long run."""
    with days.hurried():
        day = Day()
        day.begin(seed=0)
        day.back_up(really=True)
        day.take_a_number(who=0, really=True)
        day.record(who=0, many=2, skew=timedelta(0))
        day.take_a_number(who=0, really=True)
        day.restore(which=0, really=True)
        afterwards.drain(day)
        assert [(row.outcome, row.reason) for row in Entry.select()] == [("quarantined", "unproved")] * 2
        day.teardown()
