"""Who of those present keeps out of a decision, and what happens where nobody is left."""

import pytest

from db.models import Abstention, Account
from pwa.domain import Refusal
from pwa.domain.fund import claims
from pwa.domain.people import accounts
from pwa.domain.review import abstentions, claim_decisions
from tests.claiming import AT, certified, decided, member, sitting
from tests.sittings import THREE, held


@pytest.fixture
def at_home(app):
    """Lets officers live with the member whose claims these are; afterwards each is themselves again, so that nobody is two."""
    was = {}

    def move(*handles):
        for handle in handles:
            account = accounts.named(handle)
            was[account.id] = account.person
            Account.update(person=member().person).where(Account.id == account.id).execute()

    yield move
    for account, person in was.items():
        Account.update(person=person).where(Account.id == account).execute()


def names(found):
    return [one.name for one in found]


def test_the_own_household_keeps_out_and_the_minutes_will_say_so(app, at_home):
    resolution, one = held(), certified()
    at_home("committee")
    found = abstentions.sides(resolution, one)
    assert names(found.out) == [accounts.named("committee").name]
    assert names(found.free) == [accounts.named("registrar").name, accounts.named("committee-2").name]
    decided()
    assert abstentions.of(resolution) == {one.claim.id: [accounts.named("committee").name]}


def test_three_officers_of_one_household_decide_nothing_by_themselves(app, at_home):
    resolution, one = held(), certified()
    at_home(*THREE)
    assert abstentions.sides(resolution, one).free == []
    with pytest.raises(Refusal, match="another house"):
        abstentions.note(resolution, one, at=AT)
    assert Abstention.select().count() == 0


def test_somebody_from_outside_types_what_nobody_present_may_decide_and_is_refused(app, at_home):
    held("committee", "committee-2")
    at_home("committee", "committee-2")
    with pytest.raises(Refusal, match="another house"):
        claim_decisions.propose(certified().claim, accepted=True, **sitting())
    assert claims.of(certified().claim).state == "certified"


def test_who_recorded_and_who_certified_are_told(app):
    told = abstentions.sides(held(), certified()).told
    assert set(told) == {accounts.named("volunteer").name, accounts.named("zone-leader").name}
