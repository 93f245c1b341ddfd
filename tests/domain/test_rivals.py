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
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, holds
from tests.rivals import press

LATER = MORNING + timedelta(hours=5)
SITTING = {"accepted": True, "board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 20)}
FIRST = pytest.mark.parametrize("undone_first", [True, False], ids=["undone first", "built on first"])


@pytest.fixture
def hamlet(app):
    return Hamlet()


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
def test_an_approval_and_the_next_one_of_the_house(hamlet, undone_first):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    review.approve(entry, by=hamlet.leader, at=LATER)
    offline = Phone(hamlet.volunteer, at=MORNING)
    newer = offline.record(
        "household", form(bunma(nickname="มา")), at=MORNING + timedelta(hours=1), subject=home, place="V1A"
    )
    is_undone, told = meet(
        lambda: slips.take_back(entry, by=hamlet.leader, at=LATER),
        lambda: review.approve(newer, by=hamlet.second, at=LATER),
        undone_first,
    )
    assert told == (
        "An earlier entry about this house waits to be checked. Decide on that one first." if is_undone else slips.RESTS
    )
    assert register.version(home) == (0 if is_undone else 2)


@pytest.mark.slow
@FIRST
@pytest.mark.parametrize("kind", ["new", "existing"])
def test_an_approval_and_the_admission_that_stands_on_it(hamlet, undone_first, kind):
    entry = hamlet.visit(form(bunma(**(applies() if kind == "new" else holds()))), subject=uuid.uuid4())
    review.approve(entry, by=hamlet.leader, at=LATER)
    [asked] = admissions.waiting(hamlet.fund)
    admit = {
        "new": lambda: admissions.resolve(hamlet.fund, [asked], by=hamlet.registrar, at=LATER, **SITTING),
        "existing": lambda: admissions.confirm(asked, accepted=True, by=hamlet.registrar, at=LATER),
    }
    is_undone, told = meet(lambda: slips.take_back(entry, by=hamlet.leader, at=LATER), admit[kind], undone_first)
    assert ("changed meanwhile" if is_undone else "became member") in told
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == (not is_undone)


@pytest.mark.slow
@FIRST
def test_what_the_desk_let_in_and_its_approval(hamlet, undone_first):
    stranger = Phone(hamlet.leader, at=MORNING)
    stranger.account = hamlet.volunteer
    entry = stranger.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    assert states.of(entry) == "quarantined"
    quarantine.accept(entry, by=hamlet.registrar, at=LATER, reason="โทรถามแล้ว")
    key = desk_slips.key(quarantine.decision(entry))
    is_undone, told = meet(
        lambda: desk_slips.take_back(key, by=hamlet.registrar, at=LATER, entry=entry),
        lambda: review.approve(entry, by=hamlet.second, at=LATER + timedelta(seconds=1)),
        undone_first,
    )
    assert told == (review.LET_IN_NO_MORE if is_undone else desk_slips.RESTS)
    assert states.of(entry) == ("quarantined" if is_undone else "approved")


@FIRST
def test_an_admission_and_a_newer_visit(hamlet, undone_first):
    """A visit that is approved does not rest on the admission: it only keeps it from being taken back."""
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies())), subject=home)
    newer = hamlet.visit(form(bunma(nickname="มา", **applies())), subject=home, base=1)
    admissions.resolve(hamlet.fund, admissions.waiting(hamlet.fund), by=hamlet.registrar, at=LATER, **SITTING)
    made = Admission.get(Admission.fund == hamlet.fund)
    about = dict(by=hamlet.registrar, at=LATER + timedelta(seconds=2), fund=hamlet.fund)
    acts = [
        lambda: admission_slips.take_back(made.id, **about),
        lambda: review.approve(newer, by=hamlet.leader, at=LATER + timedelta(seconds=1)),
    ]
    undone, built = press(*acts) if undone_first else reversed(press(*reversed(acts)))
    assert built is None and register.version(home) == 2
    assert undone is None or undone.message == admission_slips.VISITED
    assert admissions.count(hamlet.fund) == (undone is None)
    if databases.engine == "postgres":
        assert (undone is None) is undone_first


def test_both_take_it_back(hamlet):
    """One person at two screens: once is enough."""
    hamlet.approved(form(bunma(**applies())))
    admissions.resolve(hamlet.fund, admissions.waiting(hamlet.fund), by=hamlet.registrar, at=LATER, **SITTING)
    made = Admission.get(Admission.fund == hamlet.fund)

    def again():
        admission_slips.take_back(made.id, by=hamlet.registrar, at=LATER, fund=hamlet.fund)

    assert press(again, again) == [None, None]
    assert admissions.count(hamlet.fund) == 1
