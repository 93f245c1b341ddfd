"""Why a claim comes to what it does, for a screen that a whole room reads: of conditions about health only that there is one.

Beside it stands what else asks for the same: open claims by the same right, which may share a cap with this one.
"""

from pwa.domain import N_
from pwa.domain.fund import claim_lists, claim_states, claims
from pwa.domain.fund.sentences import Sentence

HEALTH = Sentence(N_("A condition about health, told on the page of the claim"))


def of(known):
    """The conditions of a Proposal in their order, one level deep; none where nothing can be answered."""
    if known is None or known.answer is None:
        return []
    health = {f"fact:{name}" for name, fact in known.version.facts.items() if fact.health}
    return [_plain(one, health) for one in known.answer.conditions]


def beside(one):
    """[Row] of the other open claims by the same right (a Standing's)."""
    return claim_lists.rows(*claims.of_right(one.claim), claim_lists.stands(claim_states.OPEN))


def _plain(one, health):
    if one.code in health:
        return one._replace(says=HEALTH, fact=None, source="", remedy=None, parts=())
    return one._replace(parts=tuple(_plain(part, health) for part in one.parts))
