"""A meeting looks at a grant anew: what stays, what is given on top, what is brought back; counted by hand."""

import pytest

from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import claim_payments, claims, decided, reclaims
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from pwa.domain.review import claim_reviews, grant_changes, urgent_money
from tests.claim_paying import HAND, pay, payment
from tests.claiming import AT, TODAY, birth, certified, death, looked_at, sitting, stay, told, urgent
from tests.claiming import decided as granted
from tests.collecting import balances


def settle(one, treasurer, payee=0):
    claim_payments.hold(payment(one, payee), by=treasurer, at=AT)
    pay(payment(one, payee), treasurer)


def kept():
    return [words for promise in claim_promises.OF_CLAIMS for words in promise()]


def halves(first="ก", second="ข"):
    return [{"type": "other", "name": name, "share": 50, "how": "cash"} for name in (first, second)]


def test_urgent_money_that_the_meeting_confirms_waits_no_more(app):
    one = urgent()
    assert claim_reviews.why(one) == (True, None)
    after = looked_at(one, "uphold")
    assert claim_reviews.why(after) == (False, None) and not urgent_money.is_urgent(after)
    assert (after.state, decided.of(after.decision).amount_satang) == ("granted", 1_000_000)
    assert payment(after).satang == 1_000_000 and kept() == []


def test_urgent_money_that_was_paid_and_not_confirmed_is_to_be_brought_back(treasurer):
    """Paid 600 of a payee's; 1300 has it, in their name, on the account and pot that it was paid from."""
    one = granted()
    settle(one, treasurer)
    after = looked_at(one, "claw_back", amount_satang=0, reason="ไม่ใช่สมาชิก")
    assert (balances()["1300"], balances().get("5002 benefit", 0)) == (60000, 0)
    (debt,) = reclaims.waiting(treasurer)
    assert (debt.name, debt.satang, debt.since) == ("บุญมี ตัวอย่าง", 60000, TODAY)
    assert told(certified(birth())).case.used == (), "what was clawed back is given back to the caps"
    assert decided.of(after.decision).amount_satang == 0 and kept() == []


def test_what_is_not_paid_yet_is_not_paid_any_more(treasurer):
    """Of 1,000 each had half; A was paid 500. 600 stay: 300 each. A brings 200 back, B gets 300."""
    one = granted(birth(payees=halves()))
    settle(one, treasurer, 0)
    after = looked_at(one, "claw_back", amount_satang=60000, reason="นับผิด")
    assert reclaims.of(after) == {0: 20000}
    assert (payment(after, 1).satang, payment(after, 1).state) == (30000, "due")
    settle(after, treasurer, 1)
    assert (balances()["5001 benefit"], balances()["1300"], balances()[HAND]) == (60000, 20000, 20000)
    assert kept() == []


def test_more_is_a_further_payment_by_the_new_resolution(treasurer):
    one = granted(stay(), amount_satang=50000, reason="ให้ก่อน")
    settle(one, treasurer)
    after = looked_at(one, "top_up", amount_satang=60000, reason="ให้ครบ")
    more = payment(after, 1)
    assert (more.satang, more.state, more.resolution.meeting) == (10000, "due", "13/2569")
    settle(after, treasurer, 1)
    assert balances()["5002 benefit"] == 60000 and kept() == []
    assert told(certified(birth())).case.used[0].satang == 60000


@pytest.mark.parametrize(
    "outcome, about, field",
    [
        ("top_up", dict(amount_satang=60001, reason="x"), "amount"),
        ("top_up", dict(amount_satang=60000, reason="x"), "amount"),
        ("claw_back", dict(amount_satang=60000, reason="x"), "amount"),
        ("claw_back", dict(reason="x"), "amount"),
        ("claw_back", dict(amount_satang=0), "reason"),
        ("waive", dict(payee=0, reason="x"), "payee"),
        ("perhaps", {}, "outcome"),
    ],
)
def test_what_cannot_be_resolved_is_said_at_its_field(app, outcome, about, field):
    one = granted()
    with pytest.raises(Refusal) as refused:
        claim_reviews.propose(one.claim, outcome=outcome, **sitting(**about))
    assert refused.value.field == field


def test_nobody_confirms_alone_and_one_who_does_not_agree_changes_nothing(app):
    one, committee = urgent(), accounts.named("committee")
    claim_reviews.propose(one.claim, outcome="claw_back", **sitting(by=committee, amount_satang=0, reason="ไม่ครบ"))
    about = dict(seen=4, at=AT, on=TODAY)
    phone = Phone(committee, at=AT).device.id
    for by, device in ((committee, None), (accounts.named("committee-2"), phone)):
        with pytest.raises(Refusal):
            claim_reviews.confirm(one.claim, agrees=True, by=by, device=device, **about)
    with pytest.raises(Refusal, match="typed anew"):
        claim_reviews.confirm(one.claim, agrees=True, by=accounts.named("committee-2"), **about | {"seen": 3})
    for _ in range(2):
        claim_reviews.confirm(one.claim, agrees=False, by=accounts.named("committee-2"), **about)
    after = claims.of(one.claim)
    assert [act.kind for act in after.acts][-2:] == ["review", "dissent"] and urgent_money.is_urgent(after)


def test_what_is_being_paid_is_let_go_of_first(treasurer):
    one = granted()
    claim_payments.hold(payment(one), by=treasurer, at=AT)
    with pytest.raises(Refusal, match=grant_changes.BEING_PAID[:30]):
        claim_reviews.propose(one.claim, outcome="claw_back", **sitting(amount_satang=0, reason="x"))


def test_typing_and_confirming_twice_is_once(app):
    one = urgent()
    for _ in range(2):
        claim_reviews.propose(one.claim, outcome="uphold", **sitting())
    for _ in range(2):
        claim_reviews.confirm(one.claim, agrees=True, seen=4, by=accounts.named("committee"), at=AT, on=TODAY)
    assert [act.kind for act in claims.of(one.claim).acts] == ["certify", "urge", "grant", "review", "uphold"]
    assert death()["benefit"] == one.said["benefit"]
