"""A membership's page: the registrar writes down what was resolved, at the field where something is wrong, and once."""

from datetime import date

import pytest

from db.models import Fund, Membership, MembershipAct
from db.models.membership_acts import KINDS, WHYS
from pwa.domain.fund import membership_pages
from tests.things import things

DAYS = {"first:day": "20", "first:month": "11", "first:year": "2569"}
SITTING = {
    "board": "3", "meeting": "๑๑/2569",
    "resolved_on:day": "20", "resolved_on:month": "11", "resolved_on:year": "2569",
}  # fmt: skip


@pytest.fixture
def member(app):
    return Membership.select().join(Fund).where(Fund.code == "F1", Membership.number == "เดิม-88").get()


@pytest.fixture
def registrar(client_as):
    return client_as("registrar")


def write(registrar, member, **said):
    return registrar.post(f"/memberships/{member.id}/acts", data={**DAYS, **SITTING, **said})


def test_a_resolution_is_written_down_once_and_taken_back_with_a_reason(member, registrar):
    for _ in range(2):
        assert write(registrar, member, kind="end", why="resigned").status_code == 303
    act = MembershipAct.get()
    assert (act.kind, act.why, act.first, act.resolution.meeting) == ("end", "resigned", date(2026, 11, 20), "11/2569")
    page = registrar.get(f"/memberships/{member.id}").text
    assert "ลาออก" in page and "มติ 3/11/2569" in page
    undo = f"/memberships/{member.id}/acts/{act.id}/undo"
    assert registrar.post(undo, data={}).status_code == 422
    assert registrar.post(undo, data={"reason": "เปลี่ยนใจก่อนประชุมจบ"}).status_code == 303
    assert "ยกเลิกแล้ว" in registrar.get(f"/memberships/{member.id}").text
    assert MembershipAct.select().count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "end", "why": "bored"}, "why"),
        ({"kind": "end", "why": "resigned", "board": "", "meeting": ""}, "meeting"),
        ({"kind": "suspend", "first:day": "31", "first:month": "2"}, "first"),
        ({"kind": "suspend", "first:year": "2026"}, "first"),
        ({"kind": "exempt"}, "last"),
        ({"kind": "exempt", "last:day": "1", "last:month": "11", "last:year": "2569"}, "last"),
        ({"kind": "party", "last:day": "30", "last:month": "11", "last:year": "2569"}, "kind"),
        ({"kind": "rejoin"}, "first"),
        ({"kind": "end", "why": "expelled", "resolved_on:year": "2571"}, "resolved_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(member, registrar, said, field):
    answer = registrar.post(
        f"/memberships/{member.id}/acts", data={**DAYS, **SITTING, **said}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert f'data-refused="{field}"' in answer.text
    assert MembershipAct.select().count() == 0


def test_a_death_needs_no_resolution(member, registrar):
    said = {"kind": "end", "why": "deceased", "board": "", "meeting": ""}
    assert write(registrar, member, **said).status_code == 303
    assert "เสียชีวิต" in registrar.get(f"/memberships/{member.id}").text or MembershipAct.get().resolution is None


def test_another_funds_membership_is_not_found(client_as, member):
    assert client_as("registrar").get(f"/memberships/{things()['membership_id']}").status_code in (200, 404)

    assert client_as("zone-leader").get(f"/memberships/{member.id}").status_code in (403, 404)


def test_every_act_and_every_end_has_a_word():
    assert {*membership_pages.KINDS} == {*KINDS} - {"undo"}
    assert {*membership_pages.WHYS} == {*WHYS} - {""}


def test_a_plan_is_chosen_from_a_day_on(member, registrar):
    plan = {"plan": membership_pages.plan_choices.offered(member.fund, date(2026, 11, 20)).popitem()[0]}
    for _ in range(2):
        assert registrar.post(f"/memberships/{member.id}/plans", data={**DAYS, **plan}).status_code == 303
    assert [(one.first, one.plan) for one in member.plan_choices] == [(date(2026, 11, 20), plan["plan"])]
    page = registrar.get(f"/memberships/{member.id}").text.replace("\u00a0", " ")
    assert "ตั้งแต่ 20 พ.ย. 2569: รายเดือน" in page
    refused = registrar.post(f"/memberships/{member.id}/plans", data={**DAYS, "plan": "weekly"})
    assert refused.status_code == 422 and "เลือกแบบการส่งที่ระเบียบมี" in refused.text
