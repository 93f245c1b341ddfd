"""Who takes a decision back and who does what rests on it, at the same instant: one of them wins, the other is told why not."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Admission, Membership
from pwa.domain import Refusal
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import desk_slips, quarantine
from pwa.domain.operations import promises
from pwa.domain.register import register
from pwa.domain.review import admission_slips, admissions, review, slips
from tests import databases
from tests.rivals import press
from tests.villages import MORNING, Village, applies, bunma, form, holds

LATER = MORNING + timedelta(hours=5)
SITTING = {"accepted": True, "board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 20)}
FIRST = pytest.mark.parametrize("undone_first", [True, False], ids=["undone first", "built on first"])


@pytest.fixture
def village(app):
    return Village()


def meet(undo, build, undone_first):
    """(was it undone, what the loser is told); each has read before the other has written."""
    undone, built = press(undo, build) if undone_first else reversed(press(build, undo))
    assert (undone is None) != (built is None), (undone, built)
    if databases.engine == "postgres":
        assert (undone is None) is undone_first
    loser = built if undone is None else undone
    assert isinstance(loser, Refusal), loser
    assert promises.check() == []
    return undone is None, loser.message


@pytest.mark.slow
@FIRST
def test_an_approval_and_the_next_one_of_the_house(village, undone_first):
    home = uuid.uuid4()
    entry = village.visit(form(bunma()), subject=home)
    review.approve(entry, by=village.leader, at=LATER)
    offline = Phone(village.volunteer, at=MORNING)
    newer = offline.record(
        "household", form(bunma(nickname="มา")), at=MORNING + timedelta(hours=1), subject=home, place="V1A"
    )
    is_undone, told = meet(
        lambda: slips.take_back(entry, by=village.leader, at=LATER),
        lambda: review.approve(newer, by=village.second, at=LATER),
        undone_first,
    )
    assert told == (
        "An earlier entry about this house waits to be checked. Decide on that one first." if is_undone else slips.RESTS
    )
    assert register.version(home) == (0 if is_undone else 2)


@pytest.mark.slow
@FIRST
@pytest.mark.parametrize("kind", ["new", "existing"])
def test_an_approval_and_the_admission_that_stands_on_it(village, undone_first, kind):
    entry = village.visit(form(bunma(**(applies() if kind == "new" else holds()))), subject=uuid.uuid4())
    review.approve(entry, by=village.leader, at=LATER)
    [asked] = admissions.waiting(village.fund)
    admit = {
        "new": lambda: admissions.resolve(village.fund, [asked], by=village.registrar, at=LATER, **SITTING),
        "existing": lambda: admissions.confirm(asked, accepted=True, by=village.registrar, at=LATER),
    }
    is_undone, told = meet(lambda: slips.take_back(entry, by=village.leader, at=LATER), admit[kind], undone_first)
    assert ("changed meanwhile" if is_undone else "became member") in told
    assert Membership.select().where(Membership.fund == village.fund).count() == (not is_undone)


@pytest.mark.slow
@FIRST
def test_what_the_desk_let_in_and_its_approval(village, undone_first):
    stranger = Phone(village.leader, at=MORNING)
    stranger.account = village.volunteer
    entry = stranger.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    assert states.of(entry) == "quarantined"
    quarantine.accept(entry, by=village.registrar, at=LATER, reason="โทรถามแล้ว")
    key = desk_slips.key(quarantine.decision(entry))
    is_undone, told = meet(
        lambda: desk_slips.take_back(key, by=village.registrar, at=LATER, entry=entry),
        lambda: review.approve(entry, by=village.second, at=LATER + timedelta(seconds=1)),
        undone_first,
    )
    assert told == (review.LET_IN_NO_MORE if is_undone else desk_slips.RESTS)
    assert states.of(entry) == ("quarantined" if is_undone else "approved")


@FIRST
def test_an_admission_and_a_newer_visit(village, undone_first):
    """A visit that is approved does not rest on the admission: it only keeps it from being taken back."""
    home = uuid.uuid4()
    village.approved(form(bunma(**applies())), subject=home)
    newer = village.visit(form(bunma(nickname="มา", **applies())), subject=home, base=1)
    admissions.resolve(village.fund, admissions.waiting(village.fund), by=village.registrar, at=LATER, **SITTING)
    made = Admission.get(Admission.fund == village.fund)
    about = dict(by=village.registrar, at=LATER + timedelta(seconds=2), fund=village.fund)
    acts = [
        lambda: admission_slips.take_back(made.id, **about),
        lambda: review.approve(newer, by=village.leader, at=LATER + timedelta(seconds=1)),
    ]
    undone, built = press(*acts) if undone_first else reversed(press(*reversed(acts)))
    assert built is None and register.version(home) == 2
    assert undone is None or undone.message == admission_slips.VISITED
    assert admissions.count(village.fund) == (undone is None)
    if databases.engine == "postgres":
        assert (undone is None) is undone_first


def test_both_take_it_back(village):
    """One person at two screens: once is enough."""
    village.approved(form(bunma(**applies())))
    admissions.resolve(village.fund, admissions.waiting(village.fund), by=village.registrar, at=LATER, **SITTING)
    made = Admission.get(Admission.fund == village.fund)

    def again():
        admission_slips.take_back(made.id, by=village.registrar, at=LATER, fund=village.fund)

    assert press(again, again) == [None, None]
    assert admissions.count(village.fund) == 1
