"""Versions of a regulation: put in force by two, one after the other, chosen by the day of the event, and kept as they were."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from db.models import Fund, Regulation, Resolution
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import documents, versions
from pwa.domain.operations import fund_promises
from pwa.domain.people import accounts
from tests import rivals, rules_at_hand
from tests.hamlets import open_access
from tests.small_fund import NOW

SITTING = {"board": "3", "meeting": "9/2569", "resolved_on": date(2026, 9, 14)}
FIRST = date(2026, 10, 1)


def told(name, **more):
    """A document that can be put in force: the published example under another name."""
    [example] = documents.schema()["examples"]
    return json.dumps(example | {"name": name} | more).encode()


@pytest.fixture
def town(settled_fund):
    """The fund of the town, its registrar, two of the committee, and somebody of the other zone alone."""
    people, unit = dict(settled_fund.people), settled_fund.units["town"]
    for handle, name, where in (
        ("committee", "ประสิทธิ์ แก้วดี", "town"),
        ("committee-2", "สมใจ งามตา", "town"),
        ("zone-committee", "ปราณี มีสุข", "other-zone"),
    ):
        place = settled_fund.units[where]
        people[handle] = accounts.add(handle, name=name, unit=place, at=NOW)
        accounts.grant(people[handle], "committee", place, at=NOW)
    settled_fund.town, settled_fund.people = Fund.get(Fund.unit == unit), people
    return settled_fund


def enforce(town, document=None, *, starts_on=FIRST, replaces=None, first="registrar", second="committee"):
    about = dict(starts_on=starts_on, sitting=SITTING, replaces=replaces, at=NOW)
    people = town.people
    document = told("first") if document is None else document
    return versions.enforce(town.town, document, drafted_by=people[first], by=people[second], **about)


def refused(town, **more):
    with pytest.raises(Refusal) as no:
        enforce(town, **more)
    return no.value.message % no.value.values


def test_it_keeps_the_document_with_who_answers_for_it(town):
    made = enforce(town, told("one"))
    [kept] = versions.of_fund(town.town)
    assert (kept.id, bytes(kept.document), kept.sha256) == (
        made.id,
        told("one"),
        hashlib.sha256(told("one")).hexdigest(),
    )
    assert (kept.version, kept.replaces_id, kept.at) == (1, None, NOW)
    assert (kept.drafted_by, kept.enforced_by) == (town.people["registrar"], town.people["committee"])
    assert (kept.resolution.board, kept.resolution.meeting) == ("3", "9/2569")
    assert list(fund_promises.regulations_are_as_two_put_them_in_force()) == []


def test_the_same_twice_changes_nothing(town):
    assert enforce(town).id == enforce(town).id
    assert (Regulation.select().count(), Resolution.select().count()) == (1, 1)


def test_the_day_alone_picks_the_version(town):
    assert versions.in_force(town.town, FIRST) is None
    enforce(town)
    enforce(town, told("two"), starts_on=date(2027, 1, 1), replaces=1)
    assert versions.in_force(town.town, FIRST - timedelta(1)) is None
    for on, version in ((FIRST, 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 2), (date(2030, 1, 1), 2)):
        assert versions.in_force(town.town, on).version == version
    others = Fund.create(code="OTHER", unit=town.units["other-zone"], name="กองทุนอื่น")
    assert versions.in_force(others, date(2030, 1, 1)) is None


def test_a_later_version_may_begin_in_the_past_and_then_holds(town):
    enforce(town)
    enforce(town, told("two"), starts_on=date(2020, 1, 1), replaces=1)
    for on in (date(2020, 1, 1), FIRST, date(2030, 1, 1)):
        assert versions.in_force(town.town, on).version == 2


def test_two_versions_for_one_day_are_refused(town):
    enforce(town)
    assert refused(town, document=told("two"), replaces=1) == "Another version begins on the same day."


def test_the_second_of_two_drafts_is_refused(town):
    enforce(town)
    later = dict(starts_on=date(2027, 1, 1), replaces=1)
    enforce(town, told("two"), **later)
    assert "version 2 is the last one" in refused(
        town, document=told("another two"), starts_on=date(2027, 2, 1), replaces=1
    )
    assert "Version 2 is the last one" in refused(town, document=told("none"), starts_on=date(2027, 2, 1))


def test_a_first_draft_replaces_none(town):
    assert "no regulation yet" in refused(town, replaces=1)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("committee", "committee", "by two people"),
        ("registrar", "zone-committee", "ปราณี มีสุข is neither"),
        ("zone-committee", "committee", "ปราณี มีสุข is neither"),
        ("registrar", "zone-leader", "neither of the committee nor the registrar"),
        ("admin", "committee", "neither of the committee nor the registrar"),
    ],
)
def test_it_takes_two_of_committee_and_registrar(town, first, second, sentence):
    assert sentence in refused(town, first=first, second=second)
    assert not Regulation.select().exists()
    assert not Resolution.select().exists()


def test_two_of_the_committee_do(town):
    assert enforce(town, first="committee", second="committee-2").version == 1


def test_one_persons_two_accounts_are_one(town):
    one = town.people["committee"]
    twin = accounts.add("committee-twin", name=one.name, unit=one.unit, at=NOW)
    accounts.grant(twin, "committee", one.unit, at=NOW)
    person = "11111111-1111-4111-8111-111111111112"
    for account in (one, twin):
        account.person = person
        account.save(only=["person"])
    town.people["twin"] = twin
    assert "by two people" in refused(town, first="committee", second="twin")


def test_who_opened_the_others_access_is_not_the_second(town):
    open_access(town.people["committee"], by=town.people["registrar"], at=NOW)
    assert "opened the other's access" in refused(town)
    assert enforce(town, first="registrar", second="committee-2").version == 1


@pytest.mark.parametrize("document", [b"", b"[]", b"{", b'"two"', b"\xff", b'{"form": NaN}', b" " * 3_000_000 + b"{}"])
def test_what_is_no_regulation_is_refused(town, document):
    assert refused(town, document=document)
    assert not Regulation.select().exists()


def test_what_cannot_be_published_is_refused(town):
    """Two benefits of nothing but signs for a clause; two versions in one file."""
    odd = json.dumps(rules_at_hand.document({"clause": "—"})).encode()
    assert "say which clause" in refused(town, document=odd)
    both = b"[" + told("one") + b"," + told("two", version=2, in_force_from="2027-01-01") + b"]"
    assert "several versions" in refused(town, document=both)
    assert not Regulation.select().exists()


def test_the_document_may_say_what_it_replaces(town):
    enforce(town)
    assert enforce(town, told("two", version=2, replaces=1), starts_on=date(2027, 1, 1)).version == 2
    again = told("three", version=2, replaces=1)
    assert "version 2 is the last one" in refused(town, document=again, starts_on=date(2027, 2, 1))


def test_the_engine_reads_each_version_from_its_day(town):
    enforce(town)
    enforce(town, told("two"), starts_on=date(2027, 1, 1), replaces=1)
    enforce(town, told("three"), starts_on=date(2026, 12, 1), replaces=2)
    known = versions.effective(town.town)
    assert [(one.version, one.in_force_from, one.name) for one in known] == [
        (1, FIRST, "first"),
        (3, date(2026, 12, 1), "three"),
    ]


def test_a_year_of_the_other_era_is_asked_about(town):
    assert "Check the year" in refused(town, starts_on=date(2569, 10, 1))


def test_a_version_is_never_changed(town):
    made = enforce(town)
    for change in (
        Regulation.update(document=told("other")),
        Regulation.delete().where(Regulation.id == made.id),
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            change.execute()


def test_only_a_fund_has_versions(town):
    assert versions.fund_of(town.town.code) == town.town
    with pytest.raises(NotFound):
        versions.fund_of("NONE")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sha256": "00"}, "is not the document"),
        ({"version": 3}, "does not replace"),
        ({"replaces": None, "version": 2}, "does not replace"),
    ],
)
def test_the_promise_names_what_is_wrong(town, wrong, sentence):
    made = enforce(town)
    row = {
        "fund": town.town,
        "version": 2,
        "in_force_from": date(2027, 1, 1),
        "document": told("two"),
        "at": NOW,
    }
    row |= {"sha256": hashlib.sha256(told("two")).hexdigest(), "resolution": made.resolution, "replaces": made}
    row |= {"drafted_by": town.people["registrar"], "enforced_by": town.people["committee"]}
    Regulation.create(**row | wrong)
    [found] = fund_promises.regulations_are_as_two_put_them_in_force()
    assert sentence in found


def test_of_two_who_press_at_once_one_is_refused(town):
    """Both drafts replace none: whoever comes second is told to look."""
    first, second = rivals.press(
        lambda: enforce(town), lambda: enforce(town, told("two"), starts_on=FIRST + timedelta(1))
    )
    assert sorted(one is None for one in (first, second)) == [False, True]
    assert "is the last one" in str((first or second).message)
    assert [row.version for row in Regulation.select()] == [1]
