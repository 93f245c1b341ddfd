"""What a kit tells of a house beside the register: money that nobody signed for, what was claimed, and what nobody has claimed yet.

It stands with the house, because a payee or a member may have died. Nothing of a benefit that tells of health; of a day that rests on
a birthday its month alone. What is not claimed follows from the rest of the kit and from the day, so it makes no mark.
"""

from db.models import Claim, Household, Person
from pwa.domain.fieldwork import kit_payouts
from pwa.domain.fieldwork.assignments import LONGEST
from pwa.domain.fund import claim_lists, claim_payments, unclaimed

UNMARKED = "unclaimed"
BIRTHDAYS = ("birth", "delivery", "age")
GONE = "withdrawn"
PAID = ("due", "paying", "paid", "received")


def of(places, *, on, house=None):
    """{household: {word: rows}} of the houses in these units, or of one of them.

    "paid" as kit_payouts has it; "claims" [["fund.benefit", whose right, event day or month, to whom, number, state], …]; "unclaimed"
    [["fund.benefit", name of the benefit, whose right, called, event day or month, last day or month or None, to whom], …].
    """
    here = Household.select(Household.id).where(Household.place.in_([unit.id for unit in places]))
    here = here if house is None else here.where(Household.id == house)
    homes = dict(Person.select(Person.id, Person.household).where(Person.household.in_(here)).tuples())
    found, rules = {}, {}
    people = Person.select(Person.id).where(Person.household.in_(here))
    for word, told in (("paid", kit_payouts.of(people)), ("claims", _claims(people, rules))):
        for person, rows in told.items():
            found.setdefault(homes[person], {}).setdefault(word, []).extend(rows)
    for one in unclaimed.within(Household.id.in_(here), on=on, ahead=LONGEST):
        if not one.is_of_health:
            found.setdefault(one.member.household_id, {}).setdefault(UNMARKED, []).append(_unclaimed(one))
    return found


def marked(household):
    """A household without what makes no mark."""
    return {word: said for word, said in household.items() if word != UNMARKED}


def _claims(people, rules):
    found = {}
    for row in claim_lists.rows(Claim.person.in_(people), most=None):
        one = row.standing
        fund, said = one.claim.fund, one.said
        if one.state == GONE or row.benefit is None or kit_payouts.is_of_health(fund, said["benefit"], rules):
            continue
        on = _shown(one.claim.event_on, row.benefit.event in BIRTHDAYS)
        told = [f"{fund.code}.{said['benefit']}", str(one.claim.person), on, said["subject"], said["nth"], _state(row)]
        found.setdefault(one.claim.person, []).append(told)
    return {person: sorted(rows) for person, rows in found.items()}


def _state(row):
    """Where it is: the claim's own state, once it is granted that of the payment that is furthest behind."""
    payments = [PAID.index(one.state) for one in claim_payments.of(row)]
    return PAID[min(payments)] if payments else row.standing.state


def _unclaimed(one):
    last = one.last_on and _shown(one.last_on, one.is_of_birthday)
    code = f"{one.membership.fund.code}.{one.benefit.code}"
    called = " ".join(filter(None, (f"{one.member.title}{one.member.first_name}", one.member.last_name)))
    return [code, one.benefit.name, str(one.member.id), called, _shown(one.on, one.is_of_birthday), last, one.name]


def _shown(day, is_of_birthday):
    return day.isoformat()[:7] if is_of_birthday else day.isoformat()
