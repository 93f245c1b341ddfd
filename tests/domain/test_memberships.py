"""A passbook's word is needed whole before somebody counts as a member already."""

import uuid

import pytest

from db.models import Membership
from pwa.domain import Refusal
from pwa.domain.registry import admissions, memberships
from tests.villages import MORNING, Village, bunma, form, holds


@pytest.fixture
def village(app):
    return Village()


def test_it_reads_the_passbook_from_the_register_with_its_entry(village):
    entry = village.approved(form(bunma(**holds())))
    told = memberships.passbook(admissions.waiting(village.fund)[0])
    assert (told["number"].value, told["joined_on"].value) == ("02-0147", "2021-01-05")
    assert memberships.source(told["number"]) == entry


def test_it_refuses_a_passbook_whose_values_were_erased(village):
    from db.models import EntryKey, Erasure

    home = uuid.uuid4()
    entry = village.approved(form(bunma(**holds())), subject=home)
    application = admissions.waiting(village.fund)[0]
    memberships.register.Fact.delete().where(memberships.register.Fact.subject == home).execute()
    with pytest.raises(Refusal):
        admissions.confirm(application, accepted=True, by=village.registrar, at=MORNING)
    assert Membership.select().where(Membership.fund == village.fund).count() == 0
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    Erasure.create(entry=entry, account=village.leader.id, at=MORNING, reason="ขอลบ", legal_ground="ม.33")
    memberships.register.apply(home)
