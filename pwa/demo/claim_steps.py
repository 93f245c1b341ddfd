"""What each fate of the village's claims goes through: somebody who is entitled, a certificate, a decision, a later meeting's word."""

from datetime import timedelta

from pwa.demo.claims import decide, record, told
from pwa.demo.story import sitting
from pwa.domain.fund import claim_cases, claims
from pwa.domain.fund.answers import ENTITLED
from pwa.domain.review import claim_reviews, review

LAST_SITTING = 3
"""So many days ago was the last one; what waits now stands on its agenda."""
ILLNESS = "ค่าสวัสดิการเรื่อง เจ็บ"


def entitled(world, benefit, nights, days):
    """The next member, as a house of one, who has asked for nothing and whom the rules give something for an event so many days ago."""
    told_on = world.at.date() - timedelta(days=days)
    for home in world.free:
        said = told(home[0].who, benefit, nights, told_on - timedelta(days=1))
        if claim_cases.proposal(said, filed_on=told_on).answer.outcome == ENTITLED:
            world.free.remove(home)
            return home
    raise LookupError(benefit, days)


def certified(world, home, benefit, nights, days, **more):
    """A claim that a zone leader certified three days after it was told."""
    entry = record(world, home, benefit, nights, days, **more)
    review.approve(entry, by=world.accounts["zone-leader"], at=world.days_ago(days - 3))
    return entry.claims.get().claim


def granted(world, nights, days, on, home=None, **said):
    """A stay that the meeting decided on the day so many ago."""
    claim = certified(world, home or entitled(world, "illness", nights, days), "illness", nights, days)
    decide(world, claim, on, **said)
    return claim


def looked_at(world, claim, days, outcome, agrees=True, why="", **about):
    """The registrar types what a meeting so many days ago resolved about a grant; one of the committee confirms it, or does not."""
    at = world.days_ago(days, hour=11)
    claim_reviews.propose(claim, outcome=outcome, by=world.accounts["registrar"], at=at, **sitting(at), **about)
    seen = len(claims.of(claim).acts)
    by = world.accounts["committee"]
    claim_reviews.confirm(claim, agrees=agrees, seen=seen, by=by, at=at, on=at.date(), reason=why)
