"""Queues are questions about the last act."""

import json
import uuid
from datetime import date

from db.models import Claim
from pwa.domain.crypto import sealing
from pwa.domain.fund import claim_lists, claims, versions
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions
from tests.claiming import AT, birth, certified, typed


def test_each_claim_stands_in_the_list_of_its_state(app):
    stay, child = certified(), typed(birth(), accepted=False, reason="ไม่ครบ")
    committee = accounts.named("committee")
    assert [row.claim for row in claim_lists.of(committee, "certified")] == [stay.claim]
    found = claim_lists.of(committee, "certified", "proposed")
    assert [row.claim for row in found] == [child.claim, stay.claim]
    assert [row.benefit.code for row in found] == ["birth", "illness"]
    assert claim_lists.of(accounts.named("other-zone-leader"), "certified") == []
    fund = versions.fund_of("F1")
    assert claim_lists.waiting(fund) == 2
    claim_decisions.confirm(child.claim, agrees=True, seen=2, by=committee, at=AT)
    assert (claim_lists.waiting(fund), [row.claim for row in claim_lists.of(committee, "refused")]) == (
        1,
        [child.claim],
    )


def test_a_long_list_is_turned_page_by_page(app):
    """What waits begins with the oldest event, what is decided with the latest; each claim stands on one page."""
    one, by = certified().claim, accounts.named("zone-leader")
    days = [date(2026, 1, 1 + number % 9) for number in range(25)]
    for day in days:
        known = uuid.uuid4()
        said = sealing.seal_value(json.dumps(claims.of(one).said), f"claim|{known}")
        made = Claim.create(id=known, fund=one.fund_id, person=one.person, event_on=day, said=said, at=AT)
        claims.act(made, "certify", by=by, at=AT)
    keys = [key for page in turned(accounts.named("committee"), "certified") for key in page]
    assert keys == sorted(set(keys)) and [day for day, _ in keys] == [*sorted(days), one.event_on]
    assert claim_lists.pages(accounts.named("other-zone-leader"), "certified") == [("certified", [], "")]
    assert len(claim_lists.pages(accounts.named("committee"), "certified", after="nonsense")[0][1]) == 26
    for made in Claim.select().where(Claim.id != one.id):
        claims.act(made, "withdraw", by=by, at=AT)
    for handle in ("committee", "zone-leader"):
        told = list(turned(accounts.named(handle), "withdrawn"))
        assert [len(page) for page in told] == [10, 10, 5]
        assert [key for page in told for key in page] == sorted(keys[:-1], reverse=True)


def turned(account, state):
    after = ""
    while True:
        [(_, rows, after)] = claim_lists.pages(account, state, after=after, most=10)
        yield [(row.claim.event_on, row.claim.id) for row in rows]
        if not after:
            return
