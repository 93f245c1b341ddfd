"""A claim before a zone leader: what it comes to by the rules, what else waits on the same right, and what its approval does."""

from dataclasses import dataclass
from datetime import date

from db.models import Claim, Fund, Person
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import clocks, states
from pwa.domain.fund import books, claim_cases, claim_states, claims
from pwa.domain.review import machine_checks
from pwa.domain.text import dates
from pwa.domain.text.dates import BANGKOK

OF_AGE = 20
"""Years (Civil and Commercial Code 19)."""
UNKNOWN_RULE = N_("The fund has no such benefit on the day of the event. Return it.")
STILL_TO_COME = N_("The event is still to come. Return it.")
NOBODY = N_("Whose right it is does not stand in the register, so nobody is entitled by it.")
AGAIN = N_("The same event was told before. This one joins it; nothing is paid twice.")
OVERLAPS = N_("Another stay of the same person has nights in common with this one.")
ALSO = N_("Another claim about the same day waits, or was granted.")
DEAD_PAYEE = N_("A payee has died. The meeting names who gets their part.")
YOUNG_PAYEE = N_("A payee is not of age. The meeting names who takes the money for them.")
LATER = N_("Payments came in after the event. They do not count for it.")


@dataclass(frozen=True)
class Beside:
    """What stands beside a claim: the proposal, and what else there is of the same right."""

    proposal: claim_cases.Proposal
    filed_on: date


def apply(one, *, by, at):
    """Follow the decisions about an entry: approved it begins its claim or joins it, undone it leaves it."""
    if states.of(one.row) == "approved":
        claims.join(one.row, one.says.payload, by=by, at=at)
    else:
        claims.part(one.row, by=by, at=at)


def must_be_possible(one, record, changes):
    """Refuses to certify what no rule of the fund is about, and what has not happened yet."""
    known = beside(one).proposal
    if known.event_on is None or known.fund is None or known.benefit is None:
        raise Refusal(UNKNOWN_RULE)
    if known.event_on > one.row.received_at.astimezone(BANGKOK).date():
        raise Refusal(STILL_TO_COME)


def glance(one):
    """Whom it happened to, or who is to be paid."""
    said = one.says.payload
    return {"name": said["subject"].get("name") or said["payees"][0]["name"]}


def beside(one):
    """The proposal to an opened claim, as of now."""
    filed_on = clocks.of(one.opening, received_at=one.row.received_at).astimezone(BANGKOK).date()
    return Beside(claim_cases.proposal(one.says.payload, filed_on=filed_on), filed_on)


def checks(one, record, around):
    """What a zone leader must know before certifying: told before, nights in common, other claims, money that came late."""
    known = beside(one).proposal
    if known.fund is None or known.event_on is None:
        return [machine_checks.Check("problem", "fund", UNKNOWN_RULE)]
    found = [] if known.membership else [machine_checks.Check("problem", "member", NOBODY)]
    found += [machine_checks.Check("wait", "told", words) for words in others(one.says.payload, known.fund)]
    found += _of_payees(one.says.payload, known.event_on)
    if known.membership and _came_late(known):
        found.append(machine_checks.Check("wait", "late", LATER))
    return found


def _of_payees(payload, on):
    """What the register knows of payees that a meeting has to settle: somebody who died, or who is not of age."""
    named = [str(each["person"]) for each in payload["payees"] if each.get("person")]
    people = list(Person.select().where(Person.id.in_(named)))
    if any(each.gone == "died" for each in people):
        yield machine_checks.Check("problem", "payees", DEAD_PAYEE)
    born = [dates.latest_birth(each.birth_date) for each in people if each.birth_date and each.gone != "died"]
    if any(dates.complete_on(day, OF_AGE, "year") > on for day in born):
        yield machine_checks.Check("wait", "payees", YOUNG_PAYEE)


def others(payload, fund: Fund, but=None):
    """Sentences about other claims of the same right: the same event, a stay with nights in common, the same day."""
    mine = claims.id_of(fund.code, payload)
    there = Claim.select(Claim, Fund).join(Fund).where(Claim.person == payload["member"], Claim.id != but)
    said = [one for one in claims.many(there) if one.state in (*claim_states.OPEN, "granted")]
    if any(one.claim.id == mine for one in said) and but is None:
        yield AGAIN
    rest = [one for one in said if one.claim.id != mine]
    if payload.get("admit_on") and any(overlaps(payload, one) for one in rest):
        yield OVERLAPS
    if any(one.claim.event_on == dates.day(payload["event_on"]) for one in rest):
        yield ALSO


def overlaps(payload, standing):
    """Whether two stays have a night in common: each is the nights from the day in to the day before the day out."""
    try:
        told, _, _ = claims.told(standing.claim)
    except NotFound:
        return False
    if not told.get("admit_on"):
        return False
    return payload["admit_on"] < told["event_on"] and told["admit_on"] < payload["event_on"]


def _came_late(known):
    page = books.of([known.membership.id])[known.membership.id]
    return any(line.counts_on > known.event_on for line in page.lines)
