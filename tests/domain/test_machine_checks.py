"""What the machine finds, and what it leaves alone."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.custody.phones import Phone
from pwa.domain.places import units
from pwa.domain.register import register, submissions
from pwa.domain.review import findings
from pwa.domain.review.surroundings import Surroundings
from tests.hamlets import BUNMA, MALI, MORNING, Hamlet, applies, bunma, form, holds, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def checks(entry, reach=frozenset()):
    one = submissions.of(entry)
    return findings.of(one, register.record_of(one.opening.subject), Surroundings([one], reach=reach))


def found(hamlet, *people, **more):
    return {check.name: check for check in checks(hamlet.visit(form(*people, **more)))}


def test_it_finds_nothing_wrong_with_a_good_entry(hamlet):
    assert [(check.kind, check.name) for check in checks(hamlet.visit(form(bunma())))] == [("done", "id")]


def test_it_says_what_lacks_a_signature_and_what_was_proved_only_afterwards(hamlet):
    signed = hamlet.visit(form(bunma()))
    assert "unsigned" not in {check.name for check in checks(signed)}
    for column, value in (("signing", "unsigned"), ("transport", "unproved")):
        one = submissions.of(signed)
        setattr(one.row, column, value)
        told = findings.of(one, register.record_of(one.opening.subject), Surroundings([one], reach=frozenset()))
        assert "unsigned" in {check.name for check in told}


def test_it_warns_of_a_wrong_check_digit(hamlet):
    check = found(hamlet, bunma(id_number="3900100123454"))["id"]
    assert (check.kind, check.path) == ("wait", f"people.{BUNMA}.id_number")


def test_it_leaves_passports_and_missing_numbers_alone(hamlet):
    assert "id" not in found(hamlet, bunma(id_kind="passport", id_number="AB123"))
    assert "id" not in found(hamlet, bunma(id_kind="not_given", id_number=""))


@pytest.mark.parametrize(
    ("title", "birth", "odd"),
    [
        ("เด็กชาย", "2007", True),
        ("เด็กชาย", "2012-01-01", False),
        ("เด็กหญิง", "2011-11-20", True),
        ("เด็กหญิง", "2011-11-21", False),
        ("นาย", "2015", True),
        ("นาย", "2011", False),
        ("นาง", "1958", False),
        ("พระ", "2015", False),
    ],
)
def test_it_knows_the_age_of_titles(hamlet, title, birth, odd):
    assert ("title" in found(hamlet, bunma(title=title, birth_date=birth))) is odd


def test_it_wonders_about_the_very_old(hamlet):
    assert found(hamlet, bunma(birth_date="1901"))["age"].values == {"name": "นางบุญมา ใจงาม"}


def test_it_marks_a_year_that_began_in_april(hamlet):
    check = found(hamlet, bunma(birth_date="1937-02-15"))["year"]
    assert (check.path, check.notes[1][1]["age"]) == (f"people.{BUNMA}.birth_date", 88)
    assert "year" not in found(hamlet, bunma(birth_date="1937-04-15"))


def test_it_sees_a_minors_own_consent(hamlet):
    consent = {"health": True, "by": "self", "given_on": "2026-11-20"}
    assert "consent" in found(hamlet, bunma(title="", birth_date="2010", consent=consent))
    assert "consent" not in found(hamlet, bunma(consent=consent))


def test_it_misses_pictures_signatures_and_passbook_pages(hamlet):
    picture = {"sha256": "ab" * 32, "kid": "k", "role": "house", "type": "image/jpeg", "bytes": 9}
    entry = hamlet.visit(form(bunma(**applies())), pictures=[picture])
    assert [check.values for check in checks(entry) if check.name == "evidence"] == [{"n": 1, "all": 1}]
    passbook = holds()
    del passbook["passbook"]["photo"]
    assert found(hamlet, mali(**passbook))["evidence"].path == f"people.{MALI}.passbook.photo"


def test_it_counts_pictures_that_came(hamlet):
    picture = hamlet.phone.picture(b"\xff\xd8\xff jpeg", "house", at=MORNING)
    entry = hamlet.visit(form(bunma()), pictures=[picture])
    assert ("done", "evidence") in [(check.kind, check.name) for check in checks(entry)]


def test_it_names_who_was_not_there(hamlet):
    assert found(hamlet, bunma(), mali())["named"].values == {"names": "มาลี ใจงาม"}
    assert "named" not in found(hamlet, bunma(), mali(), respondent={"person": MALI})
    assert "named" not in found(hamlet, bunma(), mali(gone="moved"))


def test_it_wonders_about_the_clock(hamlet):
    line = hamlet.phone.line(
        "household", form(bunma()), at=MORNING + timedelta(hours=2), subject=uuid.uuid4(), place="V1A"
    )
    hamlet.phone.send([line], at=MORNING)
    entry = submissions.rows().order_by(submissions.Entry.id.desc()).first()
    assert "clock" in {check.name for check in checks(entry)}


def test_it_says_who_carried_or_brought_it(hamlet):
    line = hamlet.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    Phone(hamlet.second, at=MORNING).send([line], at=MORNING)
    entry = submissions.rows().order_by(submissions.Entry.id.desc()).first()
    [carried] = [check for check in checks(entry) if check.name == "carried"]
    assert carried.values == {"names": "v-second"}


def test_it_sees_a_fund_that_is_not_known(hamlet):
    assert found(hamlet, bunma(**applies(fund="nobody's")))["fund"].kind == "problem"


def test_it_sees_a_house_that_moved_and_a_base_that_is_not_there(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    names = {check.name for check in checks(hamlet.visit(form(bunma()), subject=home, place="V1B", base=7, hours=2))}
    assert {"place", "base"} <= names


def test_it_suggests_duplicates_with_reasons(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    again = bunma(id=str(uuid.uuid4()), id_kind="not_given", id_number="")
    entry = hamlet.visit(form(again, number="9"))
    [seen] = [check for check in checks(entry, units.within(hamlet.leader, "zone_leader")) if check.name == "duplicate"]
    assert seen.link == home
    assert len(seen.notes) > 1
    [unseen] = [check for check in checks(entry) if check.name == "duplicate"]
    assert (unseen.link, len(unseen.notes)) == (None, 1)
    assert "บุญมา" not in str(unseen.notes)


def test_it_does_not_take_a_person_for_their_own_duplicate(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    entry = hamlet.visit(form(bunma(nickname="มา")), subject=home, base=1, hours=2)
    assert "duplicate" not in {check.name for check in checks(entry)}
