"""Slips about applicants: who has just recorded what was resolved takes it back within ten minutes, while nothing rests on it.

One of them, or all that were recorded in one go. The rows stay to be read; a membership taken back never began, its number is not
given again, and the same people may be admitted anew. Source: what holds for every decision here (slips), because a wrong press
is seen at once; that only a resolution makes a member is the funds' regulation, so what the committee resolved is recorded again
and not corrected. Nobody else takes an admission back and nobody does later: then it is known outside.

What rests on it (`_resting`) is whatever may have told of it or built on it since: an entry about the house that came, was
approved, undone or erased, the printed paper with the number, a further word on the same person in the same fund. An access of
their own does not rest on it, applicants may have one; nor does a kit on a phone, which follows the register.
"""

from dataclasses import dataclass

from db import database
from db.models import (
    Admission,
    Application,
    Approval,
    CounterDecision,
    Entry,
    Erasure,
    Opening,
    Person,
    TakingBack,
    Viewing,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import advances
from pwa.domain.people import takings_back
from pwa.domain.register import applicants, memberships
from pwa.domain.review import slips
from pwa.domain.text.dates import BANGKOK

OTHERS = N_("Somebody else decided this. Only they take it back, within ten minutes.")
LATE = N_("Ten minutes have passed. It stays as it was decided.")
VISITED = N_("An entry about the house of %(name)s has come or was decided since. It stays as it was decided.")
PRINTED = N_("The paper of %(name)s has been printed since. It stays as it was decided.")
AGAIN = N_("Something more was recorded about %(name)s since. It stays as it was decided.")


@dataclass(frozen=True)
class Last:
    """What a registrar recorded in one go, the first of it `made`, about `people` (name, application id); `objection`, a
    Refusal, why it stays."""

    made: Admission
    people: list
    objection: Refusal | None = None

    @property
    def until(self):
        return self.made.at + slips.SOON


def last(account, *, at):
    """What this registrar recorded last and stands, where it is at most ten minutes old; else None."""
    mine = Admission.select().where(Admission.account == account, states.standing(Admission))
    made = mine.order_by(Admission.id.desc()).first()
    if made is None or at - made.at > slips.SOON:
        return None
    rows = _together(made)
    return Last(rows[0], _people(rows), objection(rows, by=account, at=at))


def taken(account, *, at):
    """What this registrar took back last, where nothing was recorded since and it is at most ten minutes old; else None."""
    mine = TakingBack.select().where(TakingBack.account == account.id, TakingBack.kind == "admission")
    back = mine.order_by(TakingBack.id.desc()).first()
    since = Admission.select().where(Admission.account == account)
    if back is None or at - back.at > slips.SOON or since.where(Admission.at >= back.at).exists():
        return None
    rows = list(Admission.select().where(Admission.id.in_([one.row for one in mine.where(TakingBack.at == back.at)])))
    return Last(rows[0], _people(rows))


def of(made, *, by, at):
    """The same of one person, where it is the account's own and not ten minutes old; else None."""
    if made is None or made.account_id != by.id or at - made.at > slips.SOON:
        return None
    return Last(made, [], objection([made], by=by, at=at))


def history(application):
    """[(Admission, TakingBack)] of all that was recorded about the person in the fund and taken back, oldest first."""
    about = (Admission.person == application.person, Admission.fund == application.fund_id)
    query = Admission.select(Admission, TakingBack).join(TakingBack, on=(TakingBack.row == Admission.id), attr="back")
    return list(query.where(*about, TakingBack.kind == "admission").order_by(Admission.id))


def take_back(made_id, *, by, at, fund=None, application=None):
    """Undo what this registrar recorded in the fund in one go, or about one applicant alone. Twice changes nothing."""
    with database.atomic():
        made = Admission.get_or_none(Admission.id == made_id)
        if made is None or not _is_about(made, fund, application):
            raise NotFound
        rows = [row for row in _together(made) if application is None or row == made]
        if not rows and made.account_id == by.id:
            return
        refused = objection(rows or [made], by=by, at=at)
        if refused:
            raise refused
        for row in rows:
            takings_back.take(row, by=by, at=at)
            advances.take_back(row.fund, row.person, on=at.astimezone(BANGKOK).date(), at=at, by=by)
        applicants.note(Application.person.in_([row.person for row in rows]))


def objection(rows, *, by, at):
    """The Refusal why these, recorded in one go, are not the account's to take back now; None when they are."""
    if any(row.account_id != by.id for row in rows):
        return Refusal(OTHERS)
    if any(at - row.at > slips.SOON for row in rows):
        return Refusal(LATE)
    return next((Refusal(why, name=memberships.name_of(person)) for why, person in _resting(rows)), None)


def _resting(rows):
    """(sentence, person) of whatever rests on these since they were recorded."""
    since, made = rows[0].at, {row.person: row for row in rows}
    homes = dict(Person.select(Person.id, Person.household).where(Person.id.in_([*made])).tuples())
    about = Opening.select(Opening.subject).where(Opening.subject.in_(set(homes.values())))
    moved = {subject for (subject,) in about.join(Entry).where(Entry.received_at > since).tuples()}
    for model in (Approval, CounterDecision, Erasure):
        done = about.join(model, on=(model.entry == Opening.entry)).where(model.at > since)
        moved |= {subject for (subject,) in done.tuples()}
    yield from ((VISITED, person) for person, home in homes.items() if home in moved)
    printed = Viewing.select(Viewing.person).where(Viewing.person.in_([*made]), Viewing.purpose == "print")
    yield from ((PRINTED, person) for (person,) in printed.where(Viewing.at >= since).tuples())
    more = Admission.select().where(Admission.person.in_([*made]), Admission.fund == rows[0].fund_id)
    for row in more.where(Admission.at >= since, states.standing(Admission)):
        if row.id > made[row.person].id:
            yield AGAIN, row.person


def _is_about(made, fund, application):
    if application is not None:
        return (made.person, made.fund_id) == (application.person, application.fund_id)
    return made.fund_id == fund.id


def _together(made):
    """What stands of all that was recorded in the same go."""
    same = [
        getattr(Admission, name) == getattr(made, name)
        for name in ("account", "at", "accepted", "kind", "fund", "resolution")
    ]
    return list(Admission.select().where(*same, states.standing(Admission)).order_by(Admission.id))


def _people(rows):
    """[(name, application id or None)] of the people that these rows are about."""
    ids = [row.person for row in rows]
    asked = Application.select().where(Application.person.in_(ids))
    there = {(one.person, one.fund_id, one.kind): one.id for one in asked}
    names = memberships.names_of(ids)
    return [(names[row.person], there.get((row.person, row.fund_id, row.kind))) for row in rows]
