"""Payments for which nobody signed yet, as a phone may know them: who gets how much by which voucher, never what it is given for.

A kit holds none of a benefit that tells of health: its payee signs on the voucher, on the treasurer's phone, or on a phone of their own.
"""

from db.models import Claim, Fund, Household, Person
from pwa.domain.custody import collectors
from pwa.domain.fund import outlook, unsigned, versions
from pwa.domain.fund.terms import Regulation
from pwa.domain.places import units


def of(people):
    """{person: [[payment, fund, payee, satang, paid on, voucher number], …]} of the claims by the right of these people (a query of ids)."""
    found, rules = {}, {}
    for one in unsigned.among(Claim.person.in_(people)):
        if not is_of_health(one.claim.fund, one.row.standing.said["benefit"], rules):
            found.setdefault(one.claim.person, []).append(_told(one))
    return {person: sorted(rows) for person, rows in found.items()}


def near(account):
    """The same rows of every payment where an office of the account reaches, of whatever benefit; asked while there is a signal."""
    reach = units.within(account, *collectors.OFFICERS)
    living = Person.select(Person.id).join(Household).where(Household.place.in_(reach))
    mine = Claim.fund.in_(Fund.select(Fund.id).where(Fund.unit.in_(reach))) | Claim.person.in_(living)
    return sorted(_told(one) for one in unsigned.among(mine))


def _told(one):
    paper = one.voucher
    return [
        str(paper.command_id),
        one.claim.fund.code,
        one.to["name"],
        paper.amount_satang,
        paper.on.isoformat(),
        paper.n,
    ]


def is_of_health(fund, benefit, rules):
    """Whether a benefit of a fund tells of health in some version; `rules` remembers the funds that were asked."""
    if fund.id not in rules:
        known = versions.effective(fund)
        rules[fund.id] = Regulation(known[0].regulation, tuple(known))
    return outlook.is_ever_of_health(rules[fund.id], benefit)
