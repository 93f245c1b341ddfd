"""Queues are questions about the last act."""

from pwa.domain.fund import claim_lists, versions
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
