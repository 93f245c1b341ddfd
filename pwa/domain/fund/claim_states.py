"""Where a claim, each of its payments, and the word on what was granted may go from where they are, and who may take them there:
three tables, and nothing else decides.

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
    "withdraw": Act(("certified", "proposed", "urged"), "withdrawn"),
    "propose": Act(("certified", "proposed", "urged"), "proposed", roles.may("propose-claims")),
    "urge": Act(("certified", "urged"), "urged", roles.may("agree-claims")),
    "object": Act(("proposed", "urged"), "certified", roles.may("agree-claims")),
    "grant": Act(("proposed", "urged"), "granted", roles.may("agree-claims")),
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
AFTER = {
    "review": Act(("", "typed"), "typed", roles.may("propose-claims")),
    "dissent": Act(("typed",), "", roles.may("agree-claims")),
    "uphold": Act(("typed",), "", roles.may("agree-claims")),
    "top_up": Act(("typed",), "", roles.may("agree-claims")),
    "claw_back": Act(("typed",), "", roles.may("agree-claims")),
    "redirect": Act(("typed",), "", roles.may("agree-claims")),
    "waive": Act(("typed",), "", roles.may("agree-claims")),
    "repay": Act(("",), "", roles.may("pay-claims")),
}
"""What is done about a grant that stands, whatever has been paid on it: a meeting looks at it anew, money comes back."""
ACTS = CLAIM | PAYMENT | AFTER
DECIDES = ("grant", "refuse", "uphold", "top_up", "claw_back", "redirect")
"""Acts that keep a decision as it was frozen; the last of them is the one that holds."""
BEGINS, DUE = "", "due"
"""Before the first act: a claim is nothing yet, a payment of a granted claim is due."""
OPEN = ("certified", "proposed", "urged")
"""States in which somebody still has to decide."""
READERS = roles.may("see-claims")


def after(acts):
    """(state of the claim, {payee: state of its payment}) after these acts, told as (kind, payee) in their order."""
    state, payments = BEGINS, {}
    for kind, payee in acts:
        if kind in CLAIM:
            state = CLAIM[kind].to
            payments = {}
        elif kind in PAYMENT:
            payments[payee] = PAYMENT[kind].to
    return state, payments


def looked_at(kinds):
    """Whether a word on the grant is typed and waits for a second one: "typed", or ""."""
    now = ""
    for kind in kinds:
        now = "" if kind in CLAIM else AFTER[kind].to if kind in AFTER else now
    return now


def may_follow(kind, state, payment=DUE, review=""):
    """Whether an act may follow: on a claim in this state, on a payment in that one of a granted claim, or on a grant as it is looked at."""
    if kind in CLAIM:
        return state in CLAIM[kind].of
    if kind in AFTER:
        return state == "granted" and review in AFTER[kind].of
    return state == "granted" and payment in PAYMENT[kind].of
