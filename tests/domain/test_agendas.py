"""What waits for a committee, many typed and confirmed in one go, and the money there is."""

import pytest

from db.models import Account, ClaimAct
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claims, versions
from pwa.domain.people import accounts
from pwa.domain.review import agendas
from tests.claiming import AT, birth, certified, decided, member, sitting, stay


@pytest.fixture
def fund(app):
    return versions.fund_of("F1")


def about(**more):
    said = sitting(**more)
    return {name: said[name] for name in ("board", "meeting", "resolved_on", "by", "at")}


def test_what_the_rules_give_is_typed_together_and_confirmed_together(fund):
    ones = [certified(), certified(birth())]
    registrar, committee = accounts.named("registrar"), accounts.named("committee")
    agenda = agendas.of(fund, registrar)
    assert [(item.satang, item.is_plain) for item in agenda.to_decide] == [(100000, True), (60000, True)]
    agendas.propose(fund, [str(one.claim.id) for one in ones], **about())
    agenda = agendas.of(fund, committee)
    assert ([item.typed.n for item in agenda.to_confirm], agenda.to_decide) == ([2, 2], [])
    agendas.confirm(
        fund, [f"{item.claim.id}:{item.typed.n}" for item in agenda.to_confirm], by=committee, at=AT, device=None
    )
    assert {claims.of(one.claim).state for one in ones} == {"granted"}
    assert agendas.of(fund, committee).promised == 160000


def test_two_that_share_a_cap_are_not_typed_above_it(fund):
    """Each is worth 600 by itself; the second one's word on the other finds that only 400 are left."""
    ones = [certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))]
    agendas.propose(fund, [str(one.claim.id) for one in ones], **about())
    typed = agendas.of(fund, accounts.named("committee")).to_confirm
    chosen = [f"{item.claim.id}:{item.typed.n}" for item in typed]
    with pytest.raises(Refusal, match="sum has changed"):
        agendas.confirm(fund, chosen, by=accounts.named("committee"), at=AT, device=None)
    assert ClaimAct.select().where(ClaimAct.kind == "grant").count() == 0


def test_one_that_cannot_be_typed_keeps_all_from_it(fund):
    ones = [certified(), certified(birth(evidence=[]))]
    assert [item.is_plain for item in agendas.of(fund, accounts.named("registrar")).to_decide] == [False, True]
    with pytest.raises(Refusal):
        agendas.propose(fund, [str(one.claim.id) for one in ones], **about())
    assert {claims.of(one.claim).state for one in ones} == {"certified"}


def test_who_lives_there_is_named_as_not_deciding(fund):
    certified()
    registrar = accounts.named("registrar")
    Account.update(person=member().person).where(Account.id == registrar.id).execute()
    (item,) = agendas.of(fund, accounts.named("registrar")).to_decide
    assert item.objection and not item.is_plain


def test_nothing_chosen_and_strangers_are_refused(fund):
    decided()
    with pytest.raises(Refusal):
        agendas.propose(fund, [], **about())
    with pytest.raises(NotFound):
        agendas.propose(fund, ["7b1a5a52-6a0e-4c55-8a1e-0d5f6f3c2a10"], **about())
    with pytest.raises(NotFound):
        agendas.fund("F1", seen_by=accounts.named("registrar-2"))
