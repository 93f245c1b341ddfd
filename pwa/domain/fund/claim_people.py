"""Who sees a claim, and who may not act on it: nobody on their own household's, no second one who is the first, no payer who decided."""

from functools import cache, cached_property

from db.models import Account, Approval, Claim, Fund, Household, Opening, Person, RoleGrant
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.fund import appeals, claim_states, claim_tellings, claims, due_claims
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
    return _homes([claim], claim_tellings.entries_of([claim]))[claim.id]


def objection(account, standing, kind, *, device=None):
    """The sentence why this account may not do this to the claim, on this phone where one is named; None when it may."""
    return Objections([standing]).to(account, standing, kind, device=device)


def objections(account, standings, kind, *, device=None):
    """{claim id: the same} of many claims, with the same few queries."""
    asked = Objections(standings)
    return {one.claim.id: asked.to(account, one, kind, device=device) for one in standings}


class Objections:
    """What may stand in somebody's way at these claims. What is asked of the database is asked once for all of them, and only if it matters."""

    def __init__(self, standings):
        self._standings = standings
        self._reach = cache(units.within)
        self._roles = cache(grants.of)
        self._under = cache(lambda unit: units.below([unit]))
        self._home = cache(_home_of)
        self._tied = cache(lambda account, first: hands.are_tied(account, [first]))
        self._used = cache(lambda device: devices.known_on([device]).get(device, set()))
        self._officers = cache(_officers)

    def to(self, account, standing, kind, *, device=None):
        """The sentence; None when nothing stands in the way."""
        act = claim_states.ACTS[kind]
        if not act.roles or standing.claim.fund.unit_id not in self._reach(account, *act.roles):
            return NOT_YOURS
        if self._is_house(account, standing.claim):
            return OWN_HOUSE
        if kind in DECIDES and self._decided_before(account, standing, kind):
            return DECIDED_BEFORE
        if kind in SECOND:
            return self._second(account, standing, SECOND[kind], device)
        return self._payer(account, standing) if kind in PAYS else None

    def _second(self, account, standing, firsts, device):
        typed = standing.last(*firsts)
        first = typed.account_id if typed else None
        if account.id == first or self._tied(account.id, first):
            return OWN_WORD
        return OWN_PHONE if device and first in self._used(device) else None

    def _decided_before(self, account, standing, kind):
        """Whether they decided what was appealed against, and somebody else could decide now."""
        before = self._before.get(standing.claim.id, set())
        if account.id not in before:
            return False
        typed = standing.last("propose") if kind in SECOND else None
        out = before | ({typed.account_id} if typed else set())
        others = self._officers(standing.claim.fund.unit_id, claim_states.CLAIM[kind].roles)
        return any(one.id not in out and not self._is_house(one, standing.claim) for one in others)

    def _payer(self, account, standing):
        unit = standing.claim.fund.unit_id
        roles = {one.role for one in self._roles(account) if unit in self._under(one.unit_id)}
        why = self._own(account, standing)
        if why or "treasurer" in roles:
            return why
        others = self._officers(unit, ("treasurer",))
        free = [one for one in others if not self._is_house(one, standing.claim) and not self._own(one, standing)]
        return TREASURER_FIRST if free else None

    def _own(self, account, standing):
        """Whether they recorded, certified or decided it, or wrote the list that it stands on."""
        told, line = self._told[standing.claim.id], self._lines.get(standing.claim.id)
        worked = {one.author for one in told} | {who for one in told for who in self._certified.get(one.id, ())}
        if account.id in worked | ({line.batch.account_id} if line else set()):
            return OWN_WORK
        decided = {one.account_id for one in standing.acts if one.kind in (*FIRST, *claim_states.DECIDES)}
        return WHO_DECIDED if account.id in decided else None

    def _is_house(self, account, claim):
        """Whether they live in one of the houses that the claim is about."""
        home = self._home(account.person)
        return home is not None and home in self._homes[claim.id]

    @cached_property
    def _told(self):
        return claim_tellings.entries_of([one.claim for one in self._standings])

    @cached_property
    def _homes(self):
        return _homes([one.claim for one in self._standings], self._told)

    @cached_property
    def _certified(self):
        """{entry: accounts that certified it}"""
        ids, found = [one.id for rows in self._told.values() for one in rows], {}
        approved = Approval.select(Approval.entry, Approval.account).where(Approval.entry.in_(ids))
        for entry, account in approved.where(states.standing(Approval)).tuples() if ids else ():
            found.setdefault(entry, set()).add(account)
        return found

    @cached_property
    def _lines(self):
        return due_claims.lines_of([one.claim.id for one in self._standings])

    @cached_property
    def _before(self):
        return appeals.before(self._standings)


def _homes(claims, told):
    """{claim id: households}, with the entries that tell of the claims."""
    ids = [one.id for rows in told.values() for one in rows]
    subjects = (
        dict(Opening.select(Opening.entry, Opening.subject).where(Opening.entry.in_(ids)).tuples()) if ids else {}
    )
    lived = Person.select(Person.id, Person.household).where(Person.id.in_({one.person for one in claims}))
    lived = dict(lived.tuples())
    return {one.id: {lived.get(one.person), *(subjects.get(row.id) for row in told[one.id])} - {None} for one in claims}


def _home_of(person):
    """The household of somebody; None for nobody."""
    found = person and Person.select(Person.household).where(Person.id == person).first()
    return found.household_id if found else None


def _officers(unit, roles):
    """[Account] who hold one of these roles over a unit."""
    query = grants.living(RoleGrant).where(RoleGrant.role.in_(roles), RoleGrant.unit.in_(units.above(unit)))
    return [one.account for one in query.join(Account, on=RoleGrant.account)]
