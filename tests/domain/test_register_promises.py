"""The promises about the register, broken on purpose."""

import uuid
from datetime import date

import pytest

from db.models import (
    Admission,
    Application,
    Approval,
    Bearer,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    NamePart,
    Person,
    Resolution,
)
from pwa.domain.crypto import sealing
from pwa.domain.custody import entries
from pwa.domain.operations import promises
from pwa.domain.people import takings_back
from pwa.domain.register import applicants
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def subject(fund):
    """A household in the register, with an applicant who said something about health."""
    payload = small_fund.household()
    payload["people"][0] |= small_fund.APPLIES
    phone = small_fund.phone(fund)
    picture = phone.picture(b"\xff\xd8\xff hand", "signature", at=NOW)
    payload["people"][0]["application"]["signature"]["blob"] = picture["sha256"]
    entry = phone.record("household", payload, at=NOW, place="canal", pictures=[picture])
    assert entry.reason == ""
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    assert promises.check() == []
    assert HealthFact.select().exists()
    assert Application.select().count() == 1
    return entries.opening(entry).subject


def test_it_sees_a_value_that_was_changed(subject):
    fact = Fact.get(Fact.path == "house.number")
    other = sealing.seal_value('"45/3"', f"{subject}|house.number")
    Fact.update(value=other).where(Fact.id == fact.id).execute()
    assert promises.check() == [f"house.number of the household {subject} is not what was approved."]


@pytest.mark.parametrize("model", [Fact, HealthFact])
def test_it_sees_a_value_that_is_gone(subject, model):
    fact = model.select().first()
    fact.delete_instance()
    assert promises.check() == [f"{fact.path} of the household {subject} is not what was approved."]


@pytest.mark.parametrize("model", [Fact, HealthFact])
def test_it_sees_a_value_that_nobody_approved(fund, subject, model):
    waiting = small_fund.phone(fund).record("household", small_fund.household("9"), at=NOW, place="canal")
    sealed = sealing.seal_value('"x"', f"{subject}|house.lane")
    model.create(subject=subject, path="house.lane", value=sealed, entry=waiting)
    found = promises.check()
    assert any("comes from an entry that nobody approved" in line for line in found)
    assert f"house.lane of the household {subject} is not what was approved." in found


@pytest.mark.parametrize(
    "change",
    [{"number": "45/3"}, {"version": 2}, {"outcome": "refused"}, {"sort_key": "z"}],
)
def test_it_sees_a_changed_household(subject, change):
    Household.update(change).execute()
    assert promises.check() == [f"The household {subject} is not what was approved."]


def test_it_sees_a_household_that_came_from_nowhere(fund, subject):
    Household.create(id=fund.people["admin"].id, place=fund.units["canal"], version=1)
    assert promises.check() == [f"The household {fund.people['admin'].id} is not what was approved."]


@pytest.mark.parametrize("change", [{"first_name": "บุญมี"}, {"search": ""}, {"gone": "died"}, {"birth_date": "1900"}])
def test_it_sees_a_changed_person(subject, change):
    Person.update(change).execute()
    found = promises.check()
    assert found[0] == f"The people of the household {subject} are not those who were approved."
    assert len(found) == 1 + ("gone" in change), "whoever died need not be told any more"


def test_it_sees_a_likeness_that_is_gone(subject):
    Likeness.delete().where(Likeness.id == Likeness.select().first().id).execute()
    assert promises.check() == [f"The likenesses of the household {subject} are not those of who was approved."]


def test_it_sees_names_that_somebody_does_not_bear(subject):
    lost = [f"Those of the household {subject} do not bear the names that were approved."]
    part = NamePart.create(text="มานะ", sound="มานะ")
    assert promises.check() == [f"The spelling {part.id} of a name is borne by nobody."]
    borne = Bearer.create(person=Person.get(), part=part)
    assert promises.check() == lost
    borne.delete_instance()
    part.delete_instance()
    assert promises.check() == []
    NamePart.update(sound="x").where(NamePart.id == NamePart.get().id).execute()
    assert promises.check() == lost


def test_it_sees_a_changed_application(subject):
    Application.update(applied_on=date(2020, 1, 1)).execute()
    assert promises.check() == [f"The applications of the household {subject} are not those that were approved."]


def test_it_sees_values_and_applications_of_nobody(fund, subject):
    other = fund.people["admin"].id
    sealed = sealing.seal_value('"x"', f"{other}|house.lane")
    Fact.create(subject=other, path="house.lane", value=sealed, entry=Fact.get().entry)
    Application.update(person=other).execute()
    found = promises.check()
    assert f"house.lane of the household {other} is not what was approved." in found
    assert "is by nobody in the register" in found[-1]


def test_it_sees_an_approval_that_never_reached_the_register(fund, subject):
    waiting = small_fund.phone(fund).record("household", small_fund.household("9"), at=NOW, place="canal")
    Approval.create(entry=waiting, account=fund.people["zone-leader"], at=NOW, version=1)
    assert f"The household {entries.opening(waiting).subject} is not what was approved." in promises.check()


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"accepted": False}, "has no accepted admission"),
        ({"person": "other"}, "has no accepted admission"),
        ({"resolution": None}, "has no resolution of the committee"),
        ({}, None),
    ],
)
def test_it_sees_members_who_were_not_admitted(fund, subject, about, sentence):
    person, registrar = Person.get(), fund.people["registrar"]
    sitting = Resolution.create(
        fund=fund.fund, board="3", meeting="1/2569", resolved_on=date(2026, 11, 1), account=registrar, at=NOW
    )
    told = {"accepted": True, "resolution": sitting, "person": person.id} | about
    told["person"] = registrar.id if about.get("person") else person.id
    admission = Admission.create(fund=fund.fund, kind="new", account=registrar, at=NOW, **told)
    Membership.create(
        id=subject, person=person.id, fund=fund.fund, number="1", joined_on=date(2026, 11, 1), admission=admission
    )
    applicants.note()
    found = promises.check()
    assert any(sentence in line for line in found) if sentence else found == []


def test_it_sees_a_member_who_is_not_in_the_register(fund, subject):
    person = fund.people["volunteer"].id
    admission = Admission.create(
        fund=fund.fund, kind="existing", person=person, accepted=True, account=fund.people["registrar"], at=NOW
    )
    Membership.create(
        id=subject, person=person, fund=fund.fund, number="8", joined_on=date(2020, 1, 1), admission=admission
    )
    assert promises.check() == ["The member 8 is not in the register."]


def test_it_sees_two_memberships_of_one_person_and_two_holders_of_one_number(fund, subject):
    person, registrar = Person.get(), fund.people["registrar"]
    for turn in range(3):
        admission = Admission.create(
            fund=fund.fund, kind="existing", person=person.id, accepted=True, account=registrar, at=NOW
        )
        about = dict(person=person.id, fund=fund.fund, number="8", joined_on=date(2020, 1, 1), admission=admission)
        Membership.create(id=uuid.uuid4(), turn=turn, number_turn=turn, **about)
        if turn == 0:
            takings_back.take(admission, by=registrar, at=NOW)
    applicants.note()
    assert promises.check() == [
        "The membership 8 has the person of another one that stands.",
        "The membership 8 has the number of another one that stands.",
    ]
