"""Who may be given access by whom, and what has to be said for it: how they are known, and whether one stands beside them."""

from typing import NamedTuple

from db.models import Account, Household, Person
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import accounts, roles
from pwa.domain.places import grants, units

ISSUERS = roles.may("open-access")
CHECKS = {
    "known": N_("I know them personally"),
    "id_card": N_("I have seen their ID card"),
    "passbook": N_("I have seen their passbook"),
    "other": N_("Another way"),
}


class Candidate(NamedTuple):
    """Somebody who may be given access by the one who asks, and what has to be said for it."""

    name: str
    account: Account | None
    person: Person | None
    is_member: bool
    needs_beside: bool


def candidate(*, by, account=None, person=None):
    """Whom `by` may give access: an administrator everybody they look after, registrar and zone leader the members of their
    units, a volunteer a member of their round beside whom they stand. Anybody else is not found."""
    if account is None and person is not None:
        account = Account.get_or_none(Account.person == person.id)
    if account is not None and account.person and person is None:
        person = Person.get_or_none(Person.id == account.person)
    if person is not None and person.gone in ("died", "mistake"):
        raise NotFound
    place = Household.get_by_id(person.household_id).place_id if person else None
    only_member = account is None or {grant.role for grant in grants.given([account.id])} <= {"member"}
    if account is not None and accounts.looks_after(by, account):
        return Candidate(account.name, account, person, bool(account.person), False)
    if place is None or not only_member:
        raise NotFound
    name = account.name if account else accounts.full_name(person)
    if place in units.within(by, *ISSUERS, "admin"):
        return Candidate(name, account, person, True, False)
    if place in units.within(by, "volunteer"):
        return Candidate(name, account, person, True, True)
    raise NotFound


def must_be_allowed(subject, identity_check, beside, note, reason):
    """Refuses an issuer who does not say why, or how they know a member and stand beside them."""
    if subject.is_member:
        _must_be_known(subject, identity_check, beside, note)
    if not reason.strip():
        raise Refusal(N_("Write why."), field="reason")


def check_text(identity_check, note):
    """How identity was checked, as it is kept."""
    return f"{identity_check}: {note.strip()}" if note.strip() else identity_check


def _must_be_known(subject, identity_check, beside, note):
    if identity_check not in CHECKS:
        raise Refusal(N_("Say how you know that it is really them."), field="identity_check")
    if identity_check == "other" and not note.strip():
        raise Refusal(N_("Write how you checked who they are."), field="note")
    if subject.needs_beside and not beside:
        raise Refusal(N_("A volunteer gives access only while standing beside the member."), field="beside")
