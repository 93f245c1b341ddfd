"""What keeps a claim from being granted, whatever it comes to: nights that were paid for already, and a list's member who has died."""

from pwa.domain import N_, Refusal
from pwa.domain.fund import claims, deaths, due_claims
from pwa.domain.review import claiming

DIED = N_("The member has died since the list was written, so nobody is paid. Do not grant it, and write why.")
SUMS = N_(
    "Another stay of the same person has nights in common with this one. Decide on that one first, or do not grant this."
)


def must_be_free(one):
    """Refuses to grant it."""
    must_live(one)
    must_not_overlap(one)


def must_live(one):
    """What falls due by the calendar is granted to nobody who died before the list was decided."""
    if deaths.among([one.claim.person]) and due_claims.line_of(one.claim):
        raise Refusal(DIED)


def must_not_overlap(one):
    """Of two stays of a person with a night in common one is granted."""
    payload, _, _ = claims.told(one.claim)
    if payload.get("admit_on"):
        others = claims.granted(*claims.of_right(one.claim))
        if any(claiming.overlaps(payload, other) for other in others):
            raise Refusal(SUMS)
