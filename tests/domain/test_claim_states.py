"""The three tables: every state is reached, none is a dead end before money or a no has come, and each act has its roles."""

from db.models.claims import ACTS
from pwa.domain.fund import claim_states
from pwa.domain.fund.claim_states import AFTER, CLAIM, PAYMENT

ENDS = {"received"}


def test_the_tables_know_the_acts_that_the_database_does():
    assert set(claim_states.ACTS) == {*CLAIM, *PAYMENT, *AFTER} == set(ACTS)


def test_from_every_state_something_may_follow():
    for table, begins in ((CLAIM, claim_states.BEGINS), (PAYMENT, claim_states.DUE), (AFTER, "")):
        reached = {begins, *(act.to for act in table.values())}
        assert reached - {state for act in table.values() for state in act.of} <= ENDS
        assert {state for act in table.values() for state in act.of} <= reached


def test_only_what_follows_from_an_entry_has_no_role():
    assert {kind for kind, act in claim_states.ACTS.items() if not act.roles} == {"certify", "withdraw"}


def test_acts_lead_to_a_state_and_payments_belong_to_a_grant():
    told = [("certify", None), ("propose", None), ("grant", None), ("hold", 1), ("pay", 1), ("hold", 2)]
    assert claim_states.after(told) == ("granted", {1: "paid", 2: "paying"})
    assert claim_states.after([*told, ("reopen", None)]) == ("certified", {})
    assert not claim_states.may_follow("hold", "certified")
    assert claim_states.may_follow("hold", "granted") and not claim_states.may_follow("pay", "granted")


def test_a_grant_is_looked_at_by_two_and_its_payments_go_on():
    told = [("certify", None), ("urge", None), ("grant", None), ("hold", 0), ("pay", 0), ("review", None)]
    assert claim_states.after(told) == ("granted", {0: "paid"})
    assert claim_states.looked_at(kind for kind, _ in told) == "typed"
    assert claim_states.may_follow("uphold", "granted", review="typed") and not claim_states.may_follow(
        "uphold", "granted"
    )
    assert not claim_states.may_follow("review", "certified") and claim_states.may_follow("receive", "granted", "paid")
    assert claim_states.looked_at(["review", "uphold"]) == claim_states.looked_at(["review", "reopen"]) == ""
