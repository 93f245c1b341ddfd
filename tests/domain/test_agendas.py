"""What waits for a committee, many typed and confirmed in one go, and the money there is."""

import pytest

from db.models import Account, ClaimAct
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claims, versions
from pwa.domain.people import accounts
from pwa.domain.review import agendas, meeting_money
from tests.claiming import AT, birth, certified, decided, member, stay
from tests.sittings import held


@pytest.fixture
def fund(app):
    return versions.fund_of("F1")


def typing():
    return dict(by=accounts.named("registrar"), at=AT)


def test_what_the_rules_give_is_typed_together_and_confirmed_together(fund):
    ones = [certified(), certified(birth())]
    registrar, committee = accounts.named("registrar"), accounts.named("committee")
    agenda = agendas.of(fund, registrar)
    assert [(item.satang, item.is_plain) for item in agenda.to_decide] == [(100000, True), (60000, True)]
    agendas.propose(held(), [str(one.claim.id) for one in ones], **typing())
    agenda = agendas.of(fund, committee)
    assert ([item.typed.n for item in agenda.to_confirm], agenda.to_decide) == ([2, 2], [])
    agendas.confirm(
        fund, [f"{item.claim.id}:{item.typed.n}" for item in agenda.to_confirm], by=committee, at=AT, device=None
    )
    assert {claims.of(one.claim).state for one in ones} == {"granted"}
    assert meeting_money.of(fund, []).promised == 160000


def test_two_that_share_a_cap_are_not_typed_above_it(fund):
    """Each is worth 600 by itself; the second one's word on the other finds that only 400 are left."""
    ones = [certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))]
    agendas.propose(held(), [str(one.claim.id) for one in ones], **typing())
    typed = agendas.of(fund, accounts.named("committee")).to_confirm
    chosen = [f"{item.claim.id}:{item.typed.n}" for item in typed]
    with pytest.raises(Refusal, match="sum has changed"):
        agendas.confirm(fund, chosen, by=accounts.named("committee"), at=AT, device=None)
    assert ClaimAct.select().where(ClaimAct.kind == "grant").count() == 0


def test_what_another_typed_meanwhile_is_not_typed_over(fund):
    one, other = certified(), certified(birth())
    agendas.propose(held(), [str(one.claim.id)], by=accounts.named("committee"), at=AT)
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            agendas.propose(held(), [str(one.claim.id), str(other.claim.id)], **typing())
    assert refused.value.values == {"name": accounts.named("committee").name}
    assert claims.of(other.claim).state == "certified"


def test_one_that_cannot_be_typed_keeps_all_from_it(fund):
    ones = [certified(), certified(birth(evidence=[]))]
    assert [item.is_plain for item in agendas.of(fund, accounts.named("registrar")).to_decide] == [False, True]
    with pytest.raises(Refusal):
        agendas.propose(held(), [str(one.claim.id) for one in ones], **typing())
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
        agendas.propose(held(), [], **typing())
    with pytest.raises(NotFound):
        agendas.propose(held(), ["7b1a5a52-6a0e-4c55-8a1e-0d5f6f3c2a10"], **typing())
    with pytest.raises(NotFound):
        agendas.fund("F1", seen_by=accounts.named("registrar-2"))
