"""Ends, coming back, rests, and days that somebody else covers: each by a resolution, each undone by a row."""

from datetime import date, timedelta

import pytest

from db.models import Account, Fund, LedgerTransaction, Membership, MembershipAct, Person, Resolution
from pwa.domain import Refusal
from pwa.domain.fund import books, membership_acts, versions
from pwa.domain.fund.tenure import End
from pwa.domain.people import accounts
from tests.collecting import balances
from tests.small_fund import NOW

DAY = timedelta(days=1)
ON = date(2026, 11, 20)


@pytest.fixture
def member(app):
    """เดิม-88 of the village: joined 5 March 2019, paid through 31 October 2026, 30 baht a month."""
    return books.member(versions.fund_of("F1"), "เดิม-88")


@pytest.fixture
def by(app):
    return accounts.named("registrar")


@pytest.fixture
def resolution(app, by):
    return resolved(by, ON)


def resolved(by, on):
    known = {"account": by, "at": NOW}
    about = dict(fund=Fund.get(Fund.code == "F1"), board="3", meeting=f"{on.month}/2569", resolved_on=on)
    return Resolution.get_or_create(**about, defaults=known)[0]


def stands(member, on):
    book = books.of([member.id])[member.id]
    return books.standing_of(book, books.ruling_of(book, on), on)


def test_who_resigned_is_no_member_and_may_come_back_under_the_same_number(member, by, resolution):
    about = dict(by=by, at=NOW, resolution=resolution)
    membership_acts.end(member, why="resigned", first=ON, **about)
    assert stands(member, ON - DAY).standing == "arrears"
    assert stands(member, ON).standing == "resigned"
    back = ON + 60 * DAY
    with pytest.raises(Refusal):
        membership_acts.rejoin(member, first=ON - DAY, **about)
    membership_acts.rejoin(member, first=back, **about)
    assert stands(member, back - DAY).standing == "resigned"
    again = stands(member, back)
    assert (again.joined_on, [(one.joined, one.left) for one in again.periods]) == (
        back,
        [(date(2019, 3, 5), ON), (back, None)],
    )
    assert again.paid_through == back - DAY
    with pytest.raises(Refusal):
        membership_acts.rejoin(member, first=back + DAY, **about)


def test_an_end_is_undone_by_a_row_and_a_death_needs_no_resolution(member, by):
    made = membership_acts.end(member, why="deceased", first=ON, by=by, at=NOW)
    assert membership_acts.end(member, why="deceased", first=ON, by=by, at=NOW) == made
    assert stands(member, ON).standing == "deceased"
    for _ in range(2):
        membership_acts.undo(made, by=by, at=NOW, on=ON, reason="ชื่อซ้ำ คนละคน")
    assert stands(member, ON).standing == "arrears"
    membership_acts.end(member, why="deceased", first=ON + DAY, by=by, at=NOW)
    assert books.of([member.id])[member.id].terms[0].ends == (End(ON + DAY, "deceased"),)
    with pytest.raises(Refusal):
        membership_acts.end(member, why="expelled", first=ON, by=by, at=NOW)
    with pytest.raises(Refusal):
        membership_acts.end(member, why="deceased", first=date(2019, 3, 4), by=by, at=NOW)


def test_rights_rest_while_somebody_is_suspended(member, by, resolution):
    membership_acts.suspend(member, first=ON, last=ON + 9 * DAY, by=by, at=NOW, resolution=resolution)
    days = [ON - DAY, ON, ON + 9 * DAY, ON + 10 * DAY]
    assert [stands(member, day).standing for day in days] == ["arrears", "suspended", "suspended", "arrears"]


@pytest.mark.parametrize("kind", ["exempt", "forgive", "moved_in"])
def test_days_are_covered_from_the_resolution_on(member, by, resolution, kind):
    first, last = date(2026, 11, 1), date(2026, 12, 31)
    membership_acts.cover(member, kind, first=first, last=last, by=by, at=NOW, on=ON, resolution=resolution)
    assert stands(member, ON - DAY).paid_through == date(2026, 10, 31)
    assert (stands(member, ON).paid_through, stands(member, ON).arrears_satang) == (last, 0)
    assert LedgerTransaction.select().count() == 0


def test_what_the_fund_pays_moves_between_its_pots_and_is_no_income(member, by, resolution):
    """Two months of 30 baht out of the reserve; the pots of contributions by the regulation's shares, counted here by hand."""
    version = versions.effective(member.fund)[-1]
    pot = next(iter(version.pots), "")
    about = dict(first=date(2026, 11, 1), last=date(2026, 12, 31), by=by, at=NOW, on=ON, resolution=resolution)
    if not pot:
        with pytest.raises(Refusal) as refused:
            membership_acts.cover(member, "fund_pays", **about, pot="reserve")
        assert refused.value.field == "pot"
        return
    made = membership_acts.cover(member, "fund_pays", **about, pot=pot)
    assert made.amount_satang == 6000
    assert all(code.startswith("7000 ") for code in balances())
    assert sum(balances().values()) == 0
    assert stands(member, ON).paid_through == date(2026, 12, 31)
    membership_acts.undo(made, by=by, at=NOW, on=ON, reason="ครอบครัวจ่ายเอง")
    assert balances() == {} and stands(member, ON).paid_through == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (dict(kind="exempt", first=None, last=ON), "first"),
        (dict(kind="exempt", first=ON, last=ON - DAY), "last"),
        (dict(kind="exempt", first=ON, last=None), "last"),
        (dict(kind="exempt", first=date(2019, 3, 4), last=ON), "first"),
        (dict(kind="gift", first=ON, last=ON), "kind"),
    ],
)
def test_bad_input_is_said_at_its_field(member, by, resolution, act, field):
    with pytest.raises(Refusal) as refused:
        membership_acts.cover(member, **act, by=by, at=NOW, on=ON, resolution=resolution)
    assert refused.value.field == field


def test_nothing_counts_without_its_resolution(member, by):
    with pytest.raises(Refusal) as refused:
        membership_acts.cover(member, "exempt", first=ON, last=ON, by=by, at=NOW, on=ON, resolution=None)
    assert refused.value.field == "meeting"
    assert Membership.select().where(Membership.id == member.id).exists()


def test_nobody_writes_down_what_is_about_their_own_household(member, by, resolution):
    """Nor undoes it: a registrar who lives there leaves it to another."""
    made = membership_acts.end(member, why="deceased", first=ON, by=by, at=NOW)
    home = Person.get_by_id(member.person).household_id
    neighbour = Person.select().where(Person.household == home).order_by(Person.local_id.desc()).first()
    Account.update(person=neighbour.id).where(Account.id == by.id).execute()
    own = Account.get_by_id(by.id)
    about = dict(first=ON, last=ON + DAY, by=own, at=NOW, on=ON, resolution=resolution)
    with pytest.raises(Refusal):
        membership_acts.cover(member, "exempt", **about)
    with pytest.raises(Refusal):
        membership_acts.undo(made, by=own, at=NOW, on=ON, reason="ยังอยู่")
    assert MembershipAct.select().count() == 1
