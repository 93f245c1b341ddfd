"""Who was present at a sitting, and whether they are enough."""

import pytest

from db.models import Attendance
from pwa.domain import Refusal
from pwa.domain.people import accounts
from pwa.domain.review import attendance
from tests.claiming import AT
from tests.sittings import THREE, held


def written(one, handles, guests=None, **offices):
    officers = {str(accounts.named(handle).id): offices.get(handle.replace("-", "_"), "") for handle in handles}
    attendance.record(one, officers, guests or {}, by=accounts.named("registrar"), at=AT)
    return [(each.name, each.office) for each in attendance.of(one)]


def test_officers_come_as_what_they_are_or_do_and_guests_by_name(app):
    one = held()
    names = [accounts.named(handle).name for handle in THREE]
    assert [(each.name, each.office) for each in attendance.of(one)] == list(
        zip(names, ("registrar", "committee", "committee"), strict=True)
    )
    found = written(one, THREE[:2], {"กำนันแดง": "ที่ปรึกษา"}, committee="chair", registrar="x")
    assert found == [(names[0], "registrar"), (names[1], "chair"), ("กำนันแดง", "ที่ปรึกษา")]


def test_the_same_again_writes_nothing_and_who_is_not_named_was_not_there(app):
    one = held()
    before = Attendance.select().count()
    written(one, THREE)
    assert Attendance.select().count() == before
    assert len(written(one, THREE[:1])) == 1
    assert len(written(one, THREE)) == 3


def test_fewer_than_the_regulation_wants_resolve_nothing(app):
    one = held("committee")
    assert attendance.quorum(one) == 3
    with pytest.raises(Refusal) as refused:
        attendance.must_suffice(one)
    assert refused.value.values == {"n": 3, "there": 1}
    written(one, [])
    with pytest.raises(Refusal, match="who is present"):
        attendance.must_suffice(one)
    written(one, THREE)
    attendance.must_suffice(one)


@pytest.mark.parametrize("guests", [{"": "ที่ปรึกษา"}, {"กำนันแดง": ""}, {"ก" * 101: "ที่ปรึกษา"}])
def test_a_guest_has_a_name_and_an_office(app, guests):
    with pytest.raises(Refusal) as refused:
        written(held(), THREE, guests)
    assert refused.value.field == "name"


def test_who_is_no_officer_of_the_fund_is_written_by_name(app):
    with pytest.raises(Refusal):
        written(held(), ["volunteer"])
