"""Who sees a claim, and who may not act on it: nobody on their own household's, no second one who is the first, no payer who decided."""

from db.models import Approval, Claim, Fund, Household, Opening, Person, RoleGrant
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.fund import appeals, claim_states, claims, due_claims
from pwa.domain.people import devices, hands
from pwa.domain.places import grants, units

OWN_HOUSE = N_("This is about your own household. Somebody else acts on it.")
OWN_WORK = N_("You recorded this claim, or certified it. Somebody else pays.")
OWN_WORD = N_("You typed this resolution yourself. Another member of the committee confirms it.")
OWN_PHONE = N_("Whoever typed this resolution has used this phone. Confirm it on a phone of your own.")
WHO_DECIDED = N_("You decided about this claim. Who decides never pays.")
TREASURER_FIRST = N_("The treasurer pays this. The committee pays only where no treasurer may.")
NOT_YOURS = N_("Your role does not do this.")
DECIDED_BEFORE = N_("You decided what the member appeals against. Others decide now.")
DECIDES = ("propose", "grant", "refuse")
SECOND = {
    **dict.fromkeys(("grant", "refuse", "object"), ("propose", "urge")),
    **dict.fromkeys(("dissent", "uphold", "top_up", "claw_back", "redirect", "waive"), ("review",)),
}
"""{the second one's word: the acts of the first that it answers}."""
FIRST = ("propose", "urge", "review")
PAYS = (*claim_states.PAYMENT, "repay")


def get(claim_id, *, seen_by):
    """The Standing of a claim of a fund, or of a place, that this account looks after. Raises NotFound."""
    found = Claim.select(Claim, Fund).join(Fund).where(Claim.id == claim_id).first()
    if found is None or not sees(seen_by, found):
        raise NotFound
    return claims.of(found)


def sees(account, claim):
    """Whether the claim is of a fund, or of a house, within the reach of a role that sees claims."""
    reach = units.within(account, *claim_states.READERS)
    return claim.fund.unit_id in reach or bool(places_of(claim) & reach)


def places_of(claim):
    """The units where whose right it is lives now."""
    query = Household.select(Household.place).join(Person, on=(Person.household == Household.id))
    return {place for (place,) in query.where(Person.id == claim.person).tuples()}


def homes_of(claim):
    """{household}: where whose right it is lives, and the houses that the claim was recorded for."""
    told = [one.id for one in claims.telling(claim)]
    subjects = Opening.select(Opening.subject).where(Opening.entry.in_(told)).tuples()
    lived = Person.select(Person.household).where(Person.id == claim.person).tuples()
    return {home for (home,) in [*lived, *subjects]} - {None}


def is_asked(account, standing, kind):
    """Whether a role of the account on the fund does this at all."""
    act = claim_states.ACTS[kind]
    return standing.claim.fund.unit_id in units.within(account, *act.roles) if act.roles else False


def objection(account, standing, kind, *, device=None):
    """The sentence why this account may not do this to the claim, on this phone where one is named; None when it may."""
    if not is_asked(account, standing, kind):
        return NOT_YOURS
    if _is_house(account, standing.claim):
        return OWN_HOUSE
    if kind in DECIDES and _decided_before(account, standing, kind):
        return DECIDED_BEFORE
    if kind in SECOND:
        return _second(account, standing, SECOND[kind], device)
    return _payer(account, standing) if kind in PAYS else None


def _second(account, standing, firsts, device):
    typed = standing.last(*firsts)
    first = typed.account_id if typed else None
    if account.id == first or hands.are_tied(account.id, [first]):
        return OWN_WORD
    used = devices.known_on([device]).get(device, set()) if device else set()
    return OWN_PHONE if first in used else None


def _decided_before(account, standing, kind):
    """Whether they decided what was appealed against, and somebody else could decide now."""
    before = appeals.before(standing)
    if account.id not in before:
        return False
    over = units.above(standing.claim.fund.unit_id)
    query = grants.living(RoleGrant).where(RoleGrant.role.in_(claim_states.CLAIM[kind].roles), RoleGrant.unit.in_(over))
    typed = standing.last("propose") if kind in SECOND else None
    out = before | ({typed.account_id} if typed else set())
    return any(one.account_id not in out and not _is_house(one.account, standing.claim) for one in query)


def _payer(account, standing):
    why = _own(account, standing)
    if why or "treasurer" in _roles(account, standing):
        return why
    others = _treasurers(standing)
    free = [one for one in others if not _is_house(one, standing.claim) and not _own(one, standing)]
    return TREASURER_FIRST if free else None


def _own(account, standing):
    """Whether they recorded, certified or decided it, or wrote the list that it stands on."""
    told = claims.telling(standing.claim)
    approved = Approval.select(Approval.account).where(Approval.entry.in_([one.id for one in told]))
    certified = {one for (one,) in approved.where(states.standing(Approval)).tuples()}
    line = due_claims.line_of(standing.claim)
    if account.id in {one.author for one in told} | certified | ({line.batch.account_id} if line else set()):
        return OWN_WORK
    decided = {one.account_id for one in standing.acts if one.kind in (*FIRST, *claim_states.DECIDES)}
    return WHO_DECIDED if account.id in decided else None


def _roles(account, standing):
    return {one.role for one in grants.of(account) if standing.claim.fund.unit_id in units.below([one.unit_id])}


def _treasurers(standing):
    over = units.above(standing.claim.fund.unit_id)
    query = grants.living(RoleGrant).where(RoleGrant.role == "treasurer", RoleGrant.unit.in_(over))
    return [one.account for one in query]


def _is_house(account, claim):
    """Whether they live in one of the houses that the claim is about."""
    home = account.person and Person.select(Person.household).where(Person.id == account.person).first()
    return bool(home) and home.household_id in homes_of(claim)
