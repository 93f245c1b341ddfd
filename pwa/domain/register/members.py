"""Standing of a person in the funds: applicant, member, waiting or entitled, with the dates and the clause. And who looked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from db import database
from db.models import Account, Admission, Application, Entry, Fund, Household, Membership, Person, Unit, Viewing
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.text import dates

LOOKERS = roles.may("see-members")
VIEWS_SHOWN = 20
AN_HOUR = timedelta(hours=1)
PURPOSES = {
    "show": N_("looked"),
    "print": N_("printed"),
    "own": N_("in this account's own name, from a phone that nobody has confirmed"),
    "household": N_("looked at the household"),
    "form": N_("opened the household's form"),
    "review": N_("checked an entry about the household"),
    "admission": N_("looked at the application"),
    "collecting": N_("took a contribution"),
    "claim": N_("looked at a claim"),
    "count": N_("had the members of all funds counted; only numbers came of it"),
}
"""For what somebody of the fund looked at a person's record."""


class Waiting(NamedTuple):
    """How long a new member waits, and where that stands. `version`: of the regulation; None where the fund has none in force."""

    n: int
    unit: str
    clause: str
    version: int | None = None


@dataclass(frozen=True)
class Standing:
    """One person in one fund. `state` is applicant, claimed (a member by the passbook, not confirmed
    yet), refused, waiting, entitled or unpaid (tenure begins with the first payment).

    `entitled_from` is the first day with rights; days are whole, counted in Thailand.
    """

    fund: Fund
    state: str
    applied_on: date | None = None
    membership: Membership | None = None
    entitled_from: date | None = None
    days_left: int = 0
    days_waited: int = 0
    days_in_all: int = 0
    reason: str = ""
    waiting: Waiting | None = None


def written_down(fund):
    """The waiting time that a fund wrote down of itself, for when it has no regulation in force."""
    return Waiting(fund.waiting_n, fund.waiting_unit, fund.waiting_clause)


def standings(person, *, on, waits=written_down):
    """Every fund that the person is, or asks to be, a member of; memberships first.

    `waits` tells a fund's Waiting that day (rulings.waits, for who may ask the regulation).
    """
    found = {m.fund_id: of_member(m, on=on, waits=waits) for m in _memberships(person)}
    for asked in Application.select(Application, Fund).join(Fund).where(Application.person == person.id):
        if asked.fund_id not in found:
            found[asked.fund_id] = _of_applicant(asked, _last_word(asked))
    return list(found.values())


def standings_of(people, *, on, waits=written_down):
    """{person: standings} of many people (ids, or a query of them), memberships first; with three queries."""
    found = {}
    joined = Membership.select(Membership, Fund).join(Fund)
    joined = joined.where(Membership.person.in_(people), states.standing(Membership))
    for membership in joined.order_by(Membership.joined_on, Membership.id):
        found.setdefault(membership.person, []).append(of_member(membership, on=on, waits=waits))
    admissions = Admission.select().where(Admission.person.in_(people), states.standing(Admission))
    last = {(row.person, row.fund_id, row.kind): row for row in admissions.order_by(Admission.id)}
    asking = (
        Application.select(Application, Fund, Entry.id, Entry.received_at).join(Fund).switch(Application).join(Entry)
    )
    for asked in asking.where(Application.person.in_(people)).order_by(Application.id):
        held = found.setdefault(asked.person, [])
        if all(one.fund.id != asked.fund_id for one in held):
            held.append(_of_applicant(asked, last.get((asked.person, asked.fund_id, asked.kind))))
    return found


def of_member(membership, *, on, waits=written_down):
    """Rule: rights begin when the fund's waiting time is complete, counted from `tenure_from`."""
    fund = membership.fund
    waiting = waits(fund)
    if membership.tenure_from is None:
        return Standing(fund, "unpaid", membership=membership, waiting=waiting)
    start = dates.complete_on(membership.tenure_from, waiting.n, waiting.unit)
    return Standing(
        fund,
        "entitled" if on >= start else "waiting",
        membership=membership,
        entitled_from=start,
        days_left=max((start - on).days, 0),
        days_waited=min(max((on - membership.tenure_from).days, 0), (start - membership.tenure_from).days),
        days_in_all=(start - membership.tenure_from).days,
        waiting=waiting,
    )


def length(membership, *, on):
    """(years, months) of completed membership since it was joined; never negative."""
    return divmod(dates.months_complete(membership.joined_on, on), 12)


def of_account(account):
    """The person whose account this is, with the household. NotFound for an account without one."""
    return _with_household(Person.id == account.person) if account.person else _missing()


def place_of(account):
    """The place of the account's own house, or None."""
    try:
        return of_account(account).household.place
    except NotFound:
        return None


def get(person_id, *, seen_by):
    """A person of the units that the asking account looks after. Raises NotFound."""
    person = _with_household(Person.id == person_id)
    if person.household.place_id not in units.within(seen_by, *LOOKERS):
        raise NotFound
    return person


def view(person, *, by, at, purpose):
    """Keep that somebody of the fund looked at a member's page ("show") or printed it ("print")."""
    Viewing.create(person=person.id, account=by, at=at, purpose=purpose)


def view_own(person, *, by, since, at):
    """Keep that the person's own page was opened in a session that may be somebody else's; once since it began."""
    seen = Viewing.select().where(Viewing.person == person.id, Viewing.account == by, Viewing.purpose == "own")
    if not seen.where(Viewing.at >= since, Viewing.at <= at).exists():
        view(person, by=by, at=at, purpose="own")


def view_house(household_id, *, by, at, purpose):
    """The same for everybody of a house that a page shows; for each once in an hour, however often it is opened."""
    view_all([person for (person,) in _of_house(household_id)], by=by, at=at, purpose=purpose)


def view_all(people, *, by, at, purpose):
    """The same of people by their ids, for a page that shows several, or part of a record."""
    with database.atomic():
        lately = Viewing.select(Viewing.person).where(
            Viewing.person.in_(people),
            Viewing.account == by,
            Viewing.purpose == purpose,
            Viewing.at > at - AN_HOUR,
            Viewing.at <= at,
        )
        seen = {person for (person,) in lately.tuples()}
        for person in people:
            if person not in seen:
                Viewing.create(person=person, account=by, at=at, purpose=purpose)


def view_counted(unit, *, by, at):
    """Keep that all members of a network or province (its code) were counted: one line, which each of them finds on their page."""
    Viewing.create(person=_everybody(unit), account=by, at=at, purpose="count")


def viewings(person):
    """The latest who looked, newest first; each with its purpose in `words`."""
    counted = [_everybody(code) for code in units.networks(person.household.place_id)]
    query = Viewing.select(Viewing, Account).join(Account).where(Viewing.person.in_([person.id, *counted]))
    found = list(query.order_by(Viewing.id.desc()).limit(VIEWS_SHOWN))
    for row in found:
        row.words = PURPOSES.get(row.purpose, PURPOSES["show"])
    return found


def _everybody(unit):
    """What stands for everybody below a unit in the place of a person."""
    return uuid5(NAMESPACE_URL, f"everybody|{unit}")


def _of_house(household_id):
    return Person.select(Person.id).where(Person.household == household_id).order_by(Person.id).tuples()


def _memberships(person):
    return (
        Membership.select(Membership, Fund)
        .join(Fund)
        .where(Membership.person == person.id, states.standing(Membership))
        .order_by(Membership.joined_on)
    )


def _last_word(asked):
    same = (Admission.person == asked.person, Admission.fund == asked.fund_id, Admission.kind == asked.kind)
    return Admission.select().where(*same, states.standing(Admission)).order_by(Admission.id.desc()).first()


def _of_applicant(asked, last):
    """Waits for the committee, or was not admitted: the latest word about the same application counts."""
    refused = last is not None and not last.accepted and last.at >= asked.entry.received_at
    asks = "claimed" if asked.kind == "existing" else "applicant"
    return Standing(
        asked.fund,
        "refused" if refused else asks,
        applied_on=asked.applied_on,
        reason=last.reason if refused else "",
    )


def _with_household(condition):
    person = Person.select(Person, Household, Unit).join(Household).join(Unit).where(condition).get_or_none()
    return person or _missing()


def _missing():
    raise NotFound
