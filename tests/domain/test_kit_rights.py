"""What a kit tells of a member's rights: never of health, of use, of arrears or of a birthday, and the same however many days pass."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.models import Membership, Person, Resolution
from pwa import spoken, web
from pwa.domain.fieldwork import assignments, kit_rights
from pwa.domain.fund import facts, membership_acts, outlook, rights, versions
from pwa.domain.people import accounts

TODAY = date(2026, 11, 29)
THAI = spoken.speaker("th")
ILLNESS, ELDERLY = "นอนโรงพยาบาล", "เงินผู้สูงอายุ"


@pytest.fixture
def long_members(app):
    Membership.update(joined_on=date(2021, 1, 5), tenure_from=date(2021, 1, 5)).execute()
    return [row.person for row in Membership.select()]


def of(people, on=TODAY):
    """({person: rows with the benefit's name and the sentence}, sentences, names of benefits)."""
    members = kit_rights.Members(people)
    numbers, tables = members.told(members.marks.values(), on=on)
    said, given = tables["sentences"], [name for _, name in tables["benefits"]]
    rows = [[(given[one], day, satang, said[n]) for one, day, satang, n in mine] for mine in tables["rows"]]
    return {person: rows[numbers[mark]] for person, mark in members.marks.items()}, said, given


def holding(rows, on):
    """{benefit: sentence} that a phone shows on a day, picked by other means than the phone's."""
    shown = {}
    for benefit, day, _, sentence in rows:
        if (day < on.isoformat()[: len(day)]) if len(day) == 7 else day <= on.isoformat():
            shown[benefit] = sentence
    return shown


def test_nothing_of_health_is_in_it(long_members):
    _, _, given = of(long_members)
    health = {
        benefit.name
        for fund in ("F1", "F2")
        for version in versions.effective(versions.fund_of(fund))
        for benefit in version.benefits.values()
        if outlook.is_of_health(version, benefit)
    }
    assert given and ILLNESS in health and not health & set(given)


def test_no_use_no_arrears_and_nothing_through_when_it_is_paid(long_members):
    before = of(long_members)
    Membership.update(paid_through=date(2026, 1, 31)).execute()
    assert of(long_members) == before
    words = " ".join(map(THAI, before[1]))
    assert "ใช้ไปแล้ว" not in words and "เหลือ" not in words and "ค้างส่ง" not in words and "ส่งถึง" not in words


def test_a_birthday_is_told_by_its_month_alone(long_members):
    Person.update(birth_date="1967-08-12").execute()
    rows, *_ = of(long_members)
    days = {row[1] for mine in rows.values() for row in mine if row[0] == ELDERLY}
    assert days == {"", "2027-08"}
    assert not re.search("2510|2570-08-12|12 ส.ค.", json.dumps([rows[person] for person in rows], default=str))


def test_nobody_is_marked_anew_by_a_day_that_passes_and_all_by_a_new_version(long_members, monkeypatch):
    """Marks are asked without a day; whatever they rest on changes them."""
    before = kit_rights.Members(long_members).marks
    known = versions.effective
    monkeypatch.setattr(versions, "effective", lambda fund: [*known(fund), replace(known(fund)[-1], version=99)])
    after = kit_rights.Members(long_members).marks
    assert before.keys() == after.keys() and not before.items() & after.items()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Membership.update(joined_on=date(2020, 1, 5)),
        lambda: Membership.update(tenure_from=date(2021, 2, 5)),
        lambda: Person.update(birth_date="1960"),
        lambda: Person.update(sex="female"),
    ],
)
def test_whoever_changes_is_marked_anew(long_members, change):
    Person.update(birth_date="1970-01-01", sex="male").execute()
    before = kit_rights.Members(long_members).marks
    change().execute()
    assert not before.items() & kit_rights.Members(long_members).marks.items()


def test_the_same_rows_hold_on_every_day_of_an_assignment(long_members):
    """What was brought on the first day tells on each later one what a kit of that day tells."""
    first, *_ = of(long_members)
    for days in (1, 37, 89):
        on = TODAY + timedelta(days=days)
        later, *_ = of(long_members, on=on)
        assert {who: holding(rows, on) for who, rows in first.items()} == {
            who: holding(rows, on) for who, rows in later.items()
        }


def test_the_last_day_of_a_kit_sees_400_days_ahead():
    assert kit_rights.AHEAD >= assignments.LONGEST + outlook.AHEAD


@pytest.mark.parametrize("ahead", [0, 37, 200, 399])
def test_it_tells_the_sum_of_the_engine_on_that_day(long_members, ahead):
    """Of what no birthday, question or arrears decides: the engine asked about the day itself."""
    on = TODAY + timedelta(days=ahead)
    rows, *_ = of(long_members)
    version = versions.effective(versions.fund_of("F1"))[-1]
    mine = Membership.select().where(Membership.fund == versions.fund_of("F1"))
    for known in facts.of([row.id for row in mine]).values():
        case = facts.case(known, event_on=on)
        shown = holding(rows[known.book.membership.person], on)
        for code in ("birth", "death"):
            name = version.benefits[code].name
            paid = rights.asked(version, version.benefits[code], case.__class__(**vars_of(case) | {"coverage": None}))
            assert THAI(shown[name]) == f"{paid.answer.amount_satang // 100:,} บาท"


def vars_of(case):
    return {name: getattr(case, name) for name in case.__slots__}


def test_who_is_in_no_fund_is_not_in_it(app):
    members = {row.person for row in Membership.select()}
    rows, _, _ = of(Person.select(Person.id))
    assert rows.keys() == members


def test_what_a_later_version_calls_otherwise_is_still_of_health(long_members, monkeypatch):
    """A version from March on that counts the nights in hospital among "others", as a gift."""
    first = versions.effective(versions.fund_of("F1"))[-1]
    old = first.benefits["illness"]
    gift = replace(old, category=15, event="other", clauses=first.benefits["birth"].clauses, conditions=())
    later = replace(first, version=9, in_force_from=date(2027, 3, 1), benefits=first.benefits | {"illness": gift})
    assert outlook.is_of_health(first, old) and not outlook.is_of_health(later, gift)
    known = versions.effective
    monkeypatch.setattr(versions, "effective", lambda fund: [*known(fund), *([later] if fund.code == "F1" else [])])
    rows, _, given = of(long_members)
    assert ILLNESS not in given and not [row for mine in rows.values() for row in mine if row[0] == ILLNESS]


def test_marks_are_long_enough_for_a_village(long_members):
    """Of n marks with b bits about n²/2^(b+1) meet: of 10,000 less than once in a million kits."""
    assert {len(mark) for mark in kit_rights.Members(long_members).marks.values()} == {8}
    assert 10_000**2 / 2 ** (6 * 8 + 1) < 1e-6


def test_who_is_suspended_is_marked_anew_and_nobody_else(app):
    everybody, mine = [row.person for row in Membership.select()], Membership.get(Membership.number == "เดิม-88")
    before, by, at = kit_rights.Members(everybody).marks, accounts.named("registrar"), web.system_clock()
    sitting = {"fund": mine.fund, "board": "3", "meeting": "11/2569", "resolved_on": TODAY, "account": by, "at": at}
    about = {"first": TODAY + timedelta(days=9), "last": None, "resolution": Resolution.create(**sitting)}
    membership_acts.suspend(mine, **about, by=by, at=at)
    after = kit_rights.Members(everybody).marks
    assert {person for person in before if before[person] != after[person]} == {mine.person}
    rows, *_ = of(everybody)
    assert [row[1:3] for row in rows[mine.person] if row[0] == "เงินจัดการศพ"] == [("", 1_000_000), ("2026-12-08", 0)]


def test_what_is_told_of_a_member_weighs_little(long_members):
    """A thousand members of whom no two have the same rows stay below 100 kB beside what a kit holds of people (test_kits)."""
    members = kit_rights.Members(long_members)
    _, tables = members.told(members.marks.values(), on=TODAY)
    weights = [len(json.dumps(mine, separators=(",", ":"))) for mine in tables["rows"]]
    assert weights and sum(weights) / len(weights) <= 100, weights
