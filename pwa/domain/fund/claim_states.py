"""Where a claim, and each of its payments, may go from where it is, and who may take it there: two tables, and nothing else decides.

A claim begins with a zone leader's certificate (review.effects); before that it is an entry like any other. What is owed to each
payee of a granted claim is a payment of its own. Queues are questions about the state that the last act left.
"""

from typing import NamedTuple

from pwa.domain.people import roles


class Act(NamedTuple):
    """An act: from which states, to which one, and which roles may do it (none: it follows from another act)."""

    of: tuple[str, ...]
    to: str
    roles: tuple[str, ...] = ()


CLAIM = {
    "certify": Act(("", "withdrawn"), "certified"),
    "withdraw": Act(("certified", "proposed"), "withdrawn"),
    "propose": Act(("certified", "proposed"), "proposed", roles.may("propose-claims")),
    "object": Act(("proposed",), "certified", roles.may("agree-claims")),
    "grant": Act(("proposed",), "granted", roles.may("agree-claims")),
    "refuse": Act(("proposed",), "refused", roles.may("agree-claims")),
    "reopen": Act(("granted", "refused"), "certified", roles.may("propose-claims")),
}
PAYMENT = {
    "hold": Act(("due",), "paying", roles.may("pay-claims")),
    "release": Act(("paying",), "due", roles.may("pay-claims")),
    "pay": Act(("paying",), "paid", roles.may("pay-claims")),
    "receive": Act(("paid",), "received", roles.may("pay-claims")),
    "bring_back": Act(("paid",), "due", roles.may("pay-claims")),
}
BEGINS, DUE = "", "due"
"""Before the first act: a claim is nothing yet, a payment of a granted claim is due."""
OPEN = ("certified", "proposed")
"""States in which somebody still has to decide."""
READERS = roles.may("see-claims")


def after(acts):
    """(state of the claim, {payee: state of its payment}) after these acts, told as (kind, payee) in their order."""
    state, payments = BEGINS, {}
    for kind, payee in acts:
        if kind in CLAIM:
            state = CLAIM[kind].to
            payments = {}
        else:
            payments[payee] = PAYMENT[kind].to
    return state, payments


def may_follow(kind, state, payment=DUE):
    """Whether an act may follow: on a claim in this state, or on a payment in that one of a granted claim. What was paid is not reopened."""
    if kind in CLAIM:
        return state in CLAIM[kind].of
    return state == "granted" and payment in PAYMENT[kind].of
