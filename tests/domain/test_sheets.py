"""What a checker sees about one entry: all of it, beside the register as it was, and health only while deciding."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.custody.phones import Phone
from pwa.domain.review import review, sheets
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form, mali

LATER = MORNING + timedelta(hours=9)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def sheet_of(hamlet, entry, account=None):
    return sheets.of(entry.entry_id, account or hamlet.leader, at=LATER)


def fields(sheet):
    return {one.path: one for group in sheet.groups for one in group.fields}


def test_it_groups_a_new_house_by_section_and_person(hamlet):
    sheet = sheet_of(hamlet, hamlet.visit(form(bunma(), mali(), respondent={"person": BUNMA})))
    assert [group.title or group.person for group in sheet.groups] == [
        "House",
        "Home visit",
        "นางบุญมา ใจงาม",
        "มาลี ใจงาม",
        "Respondent",
    ]
    assert (sheet.may_decide, sheet.respondent, sheet.state) == (True, "นางบุญมา ใจงาม", "received")


def test_it_names_what_is_new_changed_cleared_and_asked(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111", occupation="ทำนา", marital="single")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222", occupation="ทำนา", marital="single")), subject=home, base=1, hours=2)
    late = form(bunma(phone="0833333333", nickname="มา", marital="married"))
    found = fields(sheet_of(hamlet, hamlet.visit(late, subject=home, base=1, hours=4)))
    kinds = {path.rsplit(".", 1)[1]: one.kind for path, one in found.items()}
    assert kinds == {"phone": "asked", "nickname": "new", "marital": "changed", "occupation": "cleared"}
    asked = found[f"people.{BUNMA}.phone"]
    assert (asked.base, asked.register, asked.entry) == ("0811111111", "0822222222", "0833333333")
    assert asked.origin.recorder == "v-volunteer"


def test_it_hides_health_from_who_may_not_decide(hamlet):
    consent = {"health": True, "by": "self", "given_on": "2026-11-20"}
    entry = hamlet.visit(form(bunma(consent=consent, health={"groups": ["chronic"]})))
    path = f"people.{BUNMA}.health.groups"
    assert path in fields(sheet_of(hamlet, entry))
    review.reject(entry, by=hamlet.second, at=LATER, reason="ไม่ใช่")
    assert path not in fields(sheet_of(hamlet, entry))


def test_it_shows_pictures_and_whether_they_came(hamlet):
    here = hamlet.phone.picture(b"\xff\xd8\xff", "house", at=MORNING)
    late = here | {"sha256": "ab" * 32, "role": "signature"}
    entry = hamlet.visit(form(bunma()), pictures=[here, late])
    assert [(one.role, one.has_come) for one in sheet_of(hamlet, entry).pictures] == [
        ("house", True),
        ("signature", False),
    ]
    assert sheets.picture(entry, here["sha256"]) == here["kid"]
    assert sheets.picture(entry, "cd" * 32) is None


def test_it_compares_a_decided_entry_with_the_register_before_it(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    second = hamlet.approved(form(bunma(nickname="มา")), subject=home, base=1, hours=2)
    hamlet.approved(form(bunma(nickname="หล้า")), subject=home, base=2, hours=4)
    sheet = sheet_of(hamlet, second)
    assert [(one.kind, one.register, one.entry) for one in fields(sheet).values()] == [("new", None, "มา")]
    assert sheet.decision.account == hamlet.leader


def test_it_shows_what_was_asked_of_the_one_it_takes_the_place_of(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    asked = {f"people.{BUNMA}.birth_date": "ดูจากบัตร"}
    review.send_back(entry, by=hamlet.leader, at=LATER, comments=asked)
    newer = hamlet.visit(form(bunma(birth_date="1958-08-21")), subject=home, hours=2, replaces=entry.entry_id)
    sheet = sheet_of(hamlet, newer)
    assert (sheet.before, sheet.comments) == (entry, asked)


def test_a_double_that_waits_is_linked_for_who_sees_it(hamlet):
    """The registrar reads an entry that came up to them; the one that is like it still waits for its own zone leader."""
    phone = Phone(hamlet.other, at=MORNING)
    come_up = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A")
    twin = hamlet.visit(form(bunma(id=str(uuid.uuid4()))), hours=1)
    near = hamlet.visit(form(bunma(id=str(uuid.uuid4())), number="9"), hours=2)
    late = MORNING + timedelta(days=3)
    for account, entry, links in (
        (hamlet.registrar, come_up, {None}),
        (hamlet.leader, near, {twin.entry_id}),
    ):
        sheet = sheets.of(entry.entry_id, account, at=late)
        doubles = [check for check in sheet.item.checks if check.name == "duplicate"]
        assert doubles and {check.entry for check in doubles} == links
