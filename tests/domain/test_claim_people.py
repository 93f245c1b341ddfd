"""Who sees a claim, and who may not act on it."""

import pytest

from db.models import Account
from pwa.domain import NotFound
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import appeals, claim_people, claim_states, claims
from pwa.domain.people import accounts
from pwa.domain.places import grants
from pwa.domain.review import claim_decisions
from tests.claiming import AT, certified, decided, member, typed
from tests.hamlets import open_access

SEEN = ["zone-leader", "registrar", "treasurer", "committee", "committee-2", "auditor"]
EVERYBODY = [
    *SEEN,
    "other-zone-leader",
    "volunteer",
    "registrar-2",
    "treasurer-2",
    "auditor-2",
    "network",
    "admin",
    "member",
]


@pytest.mark.parametrize("handle", EVERYBODY)
def test_it_is_seen_where_one_looks_after_the_fund_or_the_house(app, handle):
    one, account = certified(), accounts.named(handle)
    if handle in SEEN:
        assert claim_people.get(one.claim.id, seen_by=account).claim == one.claim
    else:
        with pytest.raises(NotFound):
            claim_people.get(one.claim.id, seen_by=account)


def stands(state):
    """A claim in this state: the registrar types, committee-2 confirms."""
    if state in ("certified", "proposed"):
        return certified() if state == "certified" else typed()
    if state == "appealed":
        return after_an_appeal()
    return decided() if state == "granted" else decided(accepted=False, reason="ไม่ครบ")


def after_an_appeal():
    """Registrar and committee-2 decided, the member appealed, and it waits again."""
    one, about = decided(), dict(reason="ไม่ครบคืน", how="own", by=accounts.named("member"), at=AT)
    appeals.file(one, clause=appeals.right(one).clauses[0], **about)
    claim_decisions.take_up(one.claim, by=accounts.named("registrar"), at=AT)
    return claims.of(one.claim)


@pytest.mark.parametrize("state", ["certified", "proposed", "granted", "refused", "appealed"])
@pytest.mark.parametrize(
    "handle", ["zone-leader", "registrar", "treasurer", "committee", "committee-2", "auditor", "stranger"]
)
def test_each_act_in_each_state_by_each_role_at_home_and_abroad(app, state, handle):
    """The machine's tables, asked of every officer; nobody acts for their own house, whatever their role."""
    one, account = stands(state), accounts.named(handle)
    roles = {grant.role for grant in grants.of(account)}
    acts = claim_states.ACTS
    for kind, act in acts.items():
        said = claim_people.objection(account, one, kind)
        assert (said == claim_people.NOT_YOURS) is not bool(roles & set(act.roles)), (kind, said)
        again = state == "appealed" and handle in ("registrar", "committee-2") and kind in claim_people.DECIDES
        assert (said == claim_people.DECIDED_BEFORE) is (again and bool(roles & set(act.roles))), (kind, said)
    Account.update(person=member().person).where(Account.id == account.id).execute()
    account = accounts.named(handle)
    assert {claim_people.objection(account, one, kind) for kind in acts} <= {
        claim_people.NOT_YOURS,
        claim_people.OWN_HOUSE,
    }


def test_the_second_is_somebody_else_on_a_phone_of_their_own(app):
    first, second = accounts.named("committee"), accounts.named("committee-2")
    one = typed(by=first)
    phone = Phone(first, at=AT).device.id
    assert claim_people.objection(first, one, "grant") == claim_people.OWN_WORD
    assert claim_people.objection(second, one, "grant", device=phone) == claim_people.OWN_PHONE
    assert claim_people.objection(second, one, "grant", device=Phone(second, at=AT).device.id) is None
    open_access(second, by=first)
    assert claim_people.objection(second, one, "grant") == claim_people.OWN_WORD


def test_who_decided_or_certified_never_pays_and_the_committee_only_where_no_treasurer_may(app):
    one = stands("granted")
    treasurer, committee = accounts.named("treasurer"), accounts.named("committee")
    assert claim_people.objection(treasurer, one, "pay") is None
    assert claim_people.objection(committee, one, "pay") == claim_people.TREASURER_FIRST
    assert claim_people.objection(accounts.named("committee-2"), one, "pay") == claim_people.WHO_DECIDED
    Account.update(person=member().person).where(Account.id == treasurer.id).execute()
    assert claim_people.objection(accounts.named("treasurer"), one, "pay") == claim_people.OWN_HOUSE
    assert claim_people.objection(committee, one, "pay") is None
