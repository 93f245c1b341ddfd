"""A membership as its registrar sees it: how it stands, its terms, and every act about it, also those that were undone."""

from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from db.models import Account, Fund, Membership, MembershipAct, Person, Resolution
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.fund import books, plan_choices
from pwa.domain.fund.membership import STANDINGS
from pwa.domain.fund.standing import Standing
from pwa.domain.fund.tenure import ENDS
from pwa.domain.people import roles
from pwa.domain.places import units

KINDS = {
    "end": N_("The membership ends"),
    "rejoin": N_("Comes back under the same number"),
    "suspend": N_("Rights rest for a time"),
    "exempt": N_("Need not pay for these days"),
    "forgive": N_("Arrears of these days are forgiven"),
    "fund_pays": N_("The fund pays for these days"),
    "moved_in": N_("Paid in another fund for these days"),
}
WHYS = {why: STANDINGS[why] for why in ENDS}
ADMITTERS = roles.may("admit")


@dataclass(frozen=True)
class Page:
    """`acts` are [(MembershipAct, the one that undid it or None)], the latest first; `pots` {code: name} that may pay;
    `plans` {code: name} of today, the first for who chose none; `choices` [PlanChoice], the latest first."""

    membership: Membership
    person: Person | None
    stands: Standing | None
    acts: list
    pots: dict[str, str]
    plans: dict[str, str]
    choices: list


def of(membership_id, *, seen_by, on: date) -> Page:
    """The page of a membership of a fund that this registrar looks after. Raises NotFound."""
    found = (
        Membership.select(Membership, Fund)
        .join(Fund)
        .where(Membership.id == membership_id, states.standing(Membership))
        .first()
    )
    if found is None or found.fund.unit_id not in units.within(seen_by, *ADMITTERS):
        raise NotFound
    book = books.of([found.id])[found.id]
    ruling = books.ruling_of(book, on)
    begun = any(term.joined <= on for term in book.terms)
    return Page(
        membership=found,
        person=Person.get_or_none(Person.id == found.person),
        stands=books.standing_of(book, ruling, on) if begun else None,
        acts=_acts(found),
        pots=dict(ruling.version.pots) if ruling.version else {},
        plans=plan_choices.offered(found.fund, on),
        choices=plan_choices.written(found),
    )


def _acts(membership):
    query = MembershipAct.select(MembershipAct, Resolution, Account).join(Resolution, JOIN.LEFT_OUTER)
    rows = list(query.switch(MembershipAct).join(Account).where(MembershipAct.membership == membership))
    undone = {row.undoes_id: row for row in rows if row.undoes_id}
    kept = [row for row in rows if not row.undoes_id]
    return [(row, undone.get(row.id)) for row in sorted(kept, key=lambda row: row.id, reverse=True)]
