"""A passbook's word is needed whole before somebody counts as a member already."""

import ast
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from peewee import IntegrityError
from playhouse import migrations

import db
from db.models import Admission, Fund, Membership, Person, Unit
from pwa.domain import Refusal
from pwa.domain.custody import states
from pwa.domain.fieldwork import kits
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.privacy import erasure
from pwa.domain.register import memberships
from pwa.domain.review import admission_slips, admissions, counter_decisions, review
from tests import databases
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, holds

LATER = MORNING + timedelta(hours=50)
NEXT = LATER + timedelta(minutes=1)
DOMAIN = Path(memberships.__file__).parents[1]
ASK_FOR_ALL = {
    "__init__": "a number that a slip gave is not given again",
    "taken": "what was taken back",
    "history": "what was taken back",
    "take_back": "one by its row",
    "what_was_taken_back_was_a_slip": "what was taken back",
}


def resolve(hamlet, at=LATER):
    asked = admissions.waiting(hamlet.fund)
    sitting = {"board": "3", "meeting": f"{at:%H%M}", "resolved_on": at.date()}
    admissions.resolve(hamlet.fund, asked, accepted=True, by=hamlet.registrar, at=at, **sitting)
    return Admission.get(Admission.fund == hamlet.fund, states.standing(Admission))


def take_back(hamlet, made, at=LATER):
    admission_slips.take_back(made.id, by=hamlet.registrar, at=at, fund=hamlet.fund)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def test_it_reads_the_passbook_from_the_register_with_its_entry(hamlet):
    entry = hamlet.approved(form(bunma(**holds())))
    told = memberships.passbook(admissions.waiting(hamlet.fund)[0])
    assert (told["number"].value, told["joined_on"].value) == ("02-0147", "2021-01-05")
    assert memberships.source(told["number"]) == entry


def test_it_refuses_a_passbook_whose_values_were_erased(hamlet):
    from db.models import EntryKey, Erasure

    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma(**holds())), subject=home)
    application = admissions.waiting(hamlet.fund)[0]
    memberships.register.Fact.delete().where(memberships.register.Fact.subject == home).execute()
    with pytest.raises(Refusal):
        admissions.confirm(application, accepted=True, by=hamlet.registrar, at=MORNING)
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 0
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    Erasure.create(entry=entry, account=hamlet.leader.id, at=MORNING, reason="ขอลบ", legal_ground="ม.33")
    memberships.register.apply(home)


def test_whoever_reads_members_asks_for_those_that_stand():
    """A membership that was taken back never began, for every reader that there is and comes."""
    careless = []
    for path in sorted(DOMAIN.rglob("*.py")):
        for function in (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.FunctionDef)):
            said = ast.unparse(function)
            reads = any(
                f"{model}.{verb}(" in said
                for model in ("Membership", "Admission")
                for verb in ("select", "get_or_none")
            )
            if reads and ".standing(" not in said and function.name not in ASK_FOR_ALL:
                careless.append(f"{path.name}: {function.name}")
    assert careless == []


@pytest.mark.slow
def test_what_was_never_begun_holds_no_approval_and_no_erasure(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma(**applies())), subject=home)
    made = resolve(hamlet)
    with pytest.raises(Refusal, match="became member"):
        counter_decisions.undo(entry, by=hamlet.second, at=LATER, reason="ผิดบ้าน")
    take_back(hamlet, made)
    counter_decisions.undo(entry, by=hamlet.second, at=NEXT, reason="ผิดบ้าน")
    assert not Person.select().where(Person.household == home).exists()
    assert promises.check() == []
    review.approve(entry, by=hamlet.leader, at=NEXT)
    made = resolve(hamlet, at=NEXT)
    with pytest.raises(Refusal, match="member of the fund stands"):
        erasure.erase(entry, by=hamlet.registrar, at=NEXT, reason="ขอลบ", legal_ground="withdrawn")
    take_back(hamlet, made, at=NEXT)
    erasure.erase(entry, by=hamlet.registrar, at=NEXT, reason="ขอลบ", legal_ground="withdrawn")
    assert promises.check() == []


def test_a_kit_shows_no_number_of_one_that_was_taken_back(hamlet):
    hamlet.approved(form(bunma(**applies())))
    made = resolve(hamlet)

    def shown():
        return [
            (one["passbook"], one["standing"])
            for _, people in kits.contents([units.get("V1A")], on=LATER.date())
            for one in people
        ]

    assert shown() == [("VF-0001", "waiting")]
    take_back(hamlet, made)
    assert shown() == [(None, "applicant")]


def test_who_was_a_member_before_stays_one_and_may_not_be_doubled(engine, tmp_path):
    """A database of the version before, with members in it, is brought up to date."""
    databases.open_in(tmp_path)
    runner = migrations.Runner(db.database.obj, str(db.MIGRATIONS))
    person = uuid.uuid4()
    with db.database.connection_context():
        runner.up("0016_takings_back")
        town = Unit.create(code="T", kind="municipality", name="เทศบาล")
        fund = Fund.create(code="F", unit=town, name="กองทุน", number_pattern="{n}")
        account = accounts.add("registrar", name="ทะเบียน", unit=town, role="registrar", at=MORNING)
        about = dict(person=person, fund=fund, kind="existing", accepted=True, account=account, at=MORNING)
        made = Admission.create(**about)
        columns = '"id", "person", "fund_id", "number", "joined_on", "admission_id"'
        values = (uuid.uuid4().hex, person.hex, fund.id, "7", f"{MORNING:%Y-%m-%d}", made.id)
        marks = ", ".join([db.database.param] * len(values))
        with db.database.atomic():
            db.database.execute_sql(f'INSERT INTO "membership" ({columns}) VALUES ({marks})', values)
        assert "0017_admissions_taken_back" in db.migrate()
        kept = Membership.get()
        assert (kept.number, kept.turn, kept.number_turn) == ("7", 0, 0)
        again = dict(number="8", joined_on=MORNING.date(), fund=fund, admission=Admission.create(**about))
        for doubled in ({"person": person}, {"person": uuid.uuid4(), "number": "7"}):
            with pytest.raises(IntegrityError), db.database.atomic():
                Membership.create(id=uuid.uuid4(), **(again | doubled))
        Membership.create(id=uuid.uuid4(), person=person, turn=1, **again)
    databases.drop(tmp_path)
