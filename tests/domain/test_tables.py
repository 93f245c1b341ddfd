"""The rows that a record stands for."""

import uuid
from datetime import UTC, datetime

from pwa.domain.register import projection, tables
from tests.hamlets import BUNMA, Hamlet, applies, bunma, form

AT = datetime(2026, 11, 20, 18, tzinfo=UTC)


def rows(payload):
    about = dict(place="V1A", recorded_at="2569-11-21T01:00:00+07:00", received_at=AT, base=None)
    submission = projection.FOLDED["household"](
        entry=7, kind="household", subject=uuid.UUID(int=1), payload=payload, **about
    )
    state = projection.project({}, [(submission, 1, {})])
    return tables.of(uuid.UUID(int=1), state[uuid.UUID(int=1)], tables.Lookups())


def test_it_finds_people_by_every_way_of_writing(app):
    Hamlet()
    person = rows(form(bunma(nickname="มา", id_number="3-9001-00123-45-3")))
    [row] = person.people.values()
    assert (row["search"], row["id_last4"]) == ("บุญมาใจงาม มา", "3453")
    [same] = rows(form(bunma(id_number="๓๙๐๐๑๐๐๑๒๓๔๕๓"))).people.values()
    assert row["id_index"] == same["id_index"] != ""


def test_an_application_without_a_day_is_of_the_day_it_was_received(app):
    hamlet = Hamlet()
    wishes = applies()
    del wishes["application"]["applied_on"]
    [application] = rows(form(bunma(**wishes))).applications.items()
    assert application[0] == (tables.person_id(uuid.UUID(int=1), BUNMA), hamlet.fund.id, "new")
    assert str(application[1]["applied_on"]) == "2026-11-21"


def test_an_unknown_fund_makes_no_application(app):
    Hamlet()
    assert rows(form(bunma(**applies(fund="nobody's")))).applications == {}
