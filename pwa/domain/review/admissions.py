"""From applicant to member: the committee's resolution on new applicants, the registrar's confirmation of those who hold a passbook.

Only who applied, or who showed a passbook, ever becomes a member; and only by the application that the registrar had seen.
What was taken back at once (admission_slips) was never resolved.
"""

from peewee import JOIN, Case, fn

from db import database
from db.models import (
    Account,
    Admission,
    Application,
    Entry,
    Fund,
    Household,
    Person,
    Resolution,
    Unit,
)
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import advances, rulings
from pwa.domain.places import units
from pwa.domain.register import applicants, memberships, numbers, submissions
from pwa.domain.register import applications as asking
from pwa.domain.review import deciders, resolutions
from pwa.domain.review.deciders import Deciders
from pwa.domain.text.dates import BANGKOK

OWN = {
    deciders.OWN_WORK: N_("You recorded the entry of %(name)s yourself. Another registrar decides."),
    deciders.OWN_IMPORT: N_("You brought in the entry of %(name)s from a file. Another registrar decides."),
    deciders.OWN_PHONE: N_("The entry of %(name)s came from a phone that you have used. Another registrar decides."),
    deciders.OWN_HOUSE: N_("%(name)s lives in your own household. Another registrar decides."),
    deciders.OWN_ACCESS: N_(
        "You and the recorder of %(name)s opened one another's access, and no second officer has confirmed it. "
        "Another registrar decides."
    ),
}


def funds(account):
    """The funds that this registrar looks after, by name."""
    reach = units.within(account, "registrar")
    return [one for one in Fund.select(Fund, Unit).join(Unit).order_by(Fund.name) if one.unit_id in reach]


def fund(code, *, seen_by):
    """One of the registrar's funds."""
    found = next((fund for fund in funds(seen_by) if fund.code == code), None)
    if found is None:
        raise NotFound
    return found


def count(fund):
    """How many wait for a resolution of this fund."""
    return _count.value(fund)


_count = Prepared(
    lambda fund: Application.select(fn.COUNT(Application.id)).where(Application.fund == fund, Application.is_open)
)


def waiting(fund, most=2**31 - 1):
    """Applications that nobody resolved about since they were made, the oldest first, as much of each as a list shows.

    Rows with the columns of Application (`id`, `person`, `fund_id`, `kind`, `applied_on`, `entry_id`), the person's `title`,
    `first_name` and `last_name`, `house` and `place` where they live, and `recorder`, the name of who recorded it.
    """
    return _waiting.rows(fund.id, most)


def _open_ones(fund, most):
    house = Case(None, [(Household.number != "", Household.number)], Household.description)
    asked = [Application.id, Application.person, Application.fund.alias("fund_id"), Application.kind]
    asked += [Application.applied_on, Application.entry.alias("entry_id"), Account.name.alias("recorder")]
    named = [Person.title, Person.first_name, Person.last_name, house.alias("house"), Unit.name.alias("place")]
    query = Application.select(*asked, *named)
    query = query.join(Person, on=(Application.person == Person.id)).join(Household).join(Unit).switch(Application)
    query = query.join(Entry).join(Account, JOIN.LEFT_OUTER, on=(Entry.author == Account.id))
    query = query.where(Application.fund == fund, Application.is_open)
    return query.order_by(Application.applied_on, Person.sort_key, Application.id).limit(most).namedtuples()


_waiting = Prepared(_open_ones)


def get(application_id, *, seen_by):
    """An application to one of the registrar's funds, resolved or not, with `.who` and `.fund`."""
    query = (
        Application.select(Application, Fund, Person, Household, Unit)
        .join(Fund)
        .switch(Application)
        .join(Person, on=(Application.person == Person.id), attr="who")
        .join(Household)
        .join(Unit)
    )
    found = query.where(Application.id == application_id).get_or_none()
    if found is None or found.fund.unit_id not in units.within(seen_by, "registrar"):
        raise NotFound
    return found


def decision(application):
    """The last Admission of this person to this fund, or None."""
    return (
        Admission.select(Admission, Account, Resolution)
        .join(Account)
        .switch(Admission)
        .join(Resolution, JOIN.LEFT_OUTER)
        .where(
            Admission.person == application.person,
            Admission.fund == application.fund_id,
            states.standing(Admission),
        )
        .order_by(Admission.id.desc())
        .first()
    )


def resolve(fund, applications, *, accepted, board, meeting, resolved_on, by, at, reason=""):
    """Record what the committee resolved about applicants; who is accepted becomes a member with the fund's next number.

    Tenure begins as the fund says: with the application, the resolution, or the first payment. The same twice changes nothing.
    """
    sitting = resolutions.sitting(board, meeting, resolved_on, at=at)
    reason = resolutions.reason(reason, accepted=accepted)
    if not applications:
        raise Refusal(N_("Choose at least one applicant."), field="application")
    with database.atomic():
        asking.must_be_as_read(applications)
        said = dict(accepted=accepted, reason=reason, sitting=sitting)
        fresh = [application for application in applications if _is_fresh(application, "new", **said)]
        if not fresh:
            return
        _must_not_be_own(fresh, by, at)
        resolution = resolutions.of(fund, sitting, by=by, at=at)
        series = numbers.Series(fund, resolution.resolved_on)
        starts = rulings.tenure_starts(fund, resolution.resolved_on)
        for application in fresh:
            admission = _admit(application, accepted=accepted, resolution=resolution, reason=reason, by=by, at=at)
            if accepted:
                memberships.begin(application, admission, series.next(), starts=starts)
            advances.settle(fund, application.person, accepted=accepted, on=resolution.resolved_on, at=at, by=by)
        applicants.note(Application.person.in_([application.person for application in fresh]))


def confirm(application, *, accepted, by, at, reason=""):
    """The registrar's word on somebody who is a member already: they keep number, day of joining and what is paid."""
    reason = resolutions.reason(reason, accepted=accepted)
    with database.atomic():
        asking.must_be_as_read([application])
        if not _is_fresh(application, "existing", accepted=accepted, reason=reason):
            return
        _must_not_be_own([application], by, at)
        admission = _admit(application, accepted=accepted, resolution=None, reason=reason, by=by, at=at)
        if accepted:
            memberships.carry_on(application, admission)
            on = at.astimezone(BANGKOK).date()
            advances.settle(admission.fund, application.person, accepted=True, on=on, at=at, by=by)
        applicants.note(Application.person == application.person)


def _is_fresh(application, kind, *, accepted, reason, sitting=None):
    """False when the same was resolved before, at the same sitting and for the same reason; refuses when something else was."""
    if application.kind != kind:
        raise NotFound
    made = decision(application)
    if made is None or (not made.accepted and not _is_settled(application)):
        return True
    held = made.resolution and {name: getattr(made.resolution, name) for name in ("board", "meeting", "resolved_on")}
    if (made.accepted, made.kind, made.reason, held) == (accepted, kind, reason, sitting):
        return False
    raise Refusal(
        N_("About %(name)s something else was resolved already."), name=memberships.name_of(application.person)
    )


def _is_settled(application):
    return not Application.select().where(Application.id == application.id, applicants.still_open()).exists()


def _admit(application, *, accepted, resolution, reason, by, at):
    if resolution is not None and resolution.resolved_on < application.applied_on:
        raise Refusal(
            N_("The meeting was before %(name)s applied. Check the date of the meeting."),
            field="resolved_on",
            name=memberships.name_of(application.person),
        )
    return Admission.create(
        person=application.person,
        fund=application.fund_id,
        kind=application.kind,
        resolution=resolution,
        accepted=accepted,
        reason=reason,
        account=by,
        at=at,
    )


def objections(applications, by, *, at):
    """{application id: the sentence why this registrar may not decide}: the entry that it stands on is their own in some way."""
    ones = {one.row.id: one for one in submissions.named({application.entry_id for application in applications})}
    found = Deciders(ones.values(), at=at)
    why = {row: found.interest(one, by) for row, one in ones.items()}
    return {one.id: why[one.entry_id] for one in applications if why.get(one.entry_id)}


def _must_not_be_own(applications, by, at):
    own = objections(applications, by, at=at)
    for application in applications:
        if application.id in own:
            name = memberships.name_of(application.person)
            raise Refusal(OWN[own[application.id]], name=name)
