"""Who looks after which communities for some days. Only for these, and only meanwhile, does a phone get a field kit."""

import uuid
from datetime import timedelta

from peewee import JOIN, fn

from db import database
from db.models import (
    Account,
    Assignment,
    AssignmentAim,
    AssignmentEnd,
    AssignmentFund,
    AssignmentPlace,
    KitDownload,
    RoleGrant,
    Unit,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import roles
from pwa.domain.places import funds, grants, units
from pwa.domain.text import thai, wording

GIVERS = roles.may("assign")
(TAKER,) = roles.may("take-assignments")
LONGEST = timedelta(days=90)
LONGEST_TEXT = 500
NO_RIGHT = {"assignment": None}
UNCOVERED = "uncovered"
PAST_SHOWN = 60
DOWNLOADS_SHOWN = 200


def give(account, places, *, starts_on, ends_on, by, at, on, note="", assignment_id=None, collects_for=(), aim=""):
    """Send a volunteer to communities, both within what they were granted and within the giver's own reach.

    `collects_for`: the funds, of those that serve these communities, for which contributions are collected there.
    `aim`: UNCOVERED for a round to the houses in which nobody is in a fund.
    Rules: never to oneself, at most 90 days, not over already. A later one takes the place of an earlier one meanwhile.
    """
    if account is None:
        raise Refusal(N_("Choose a volunteer."), field="account")
    if account == by:
        raise Refusal(N_("You cannot give an assignment to yourself. Another leader can."), field="account")
    if not _reaches(by) & units.within(account, TAKER):
        raise NotFound
    _must_be_days(starts_on, ends_on, on)
    _must_be_places(places, account, by)
    _must_serve(collects_for, places)
    with database.atomic():
        made = Assignment.create(
            id=assignment_id or uuid.uuid4(),
            account=account,
            starts_on=starts_on,
            ends_on=ends_on,
            given_by=by,
            given_at=at,
            note=wording.said(note, field="note", longest=LONGEST_TEXT),
        )
        for unit in sorted(set(places), key=lambda unit: unit.code):
            AssignmentPlace.create(assignment=made, unit=unit)
        for fund in collects_for:
            AssignmentFund.create(assignment=made, fund=fund)
        if aim == UNCOVERED:
            AssignmentAim.create(assignment=made, aim=aim)
    return made


def end(assignment, *, by, at, on, reason):
    """Call a volunteer back before the last day; the phone erases its kit when it hears of it. Twice changes nothing."""
    reason = wording.said(reason, asked=N_("Write why it ends."), longest=LONGEST_TEXT)
    if assignment.ends_on < on:
        raise Refusal(N_("It is over already."))
    known = {"account": by, "at": at, "reason": reason}
    return AssignmentEnd.get_or_create(assignment=assignment, defaults=known)[0]


def current(account, *, on):
    """The assignment in force, the latest given where several are; None when there is none or the right to it is gone."""
    query = (
        Assignment.select(Assignment, Account)
        .join(Account, on=(Assignment.given_by == Account.id))
        .switch(Assignment)
        .join(AssignmentEnd, JOIN.LEFT_OUTER)
        .where(
            Assignment.account == account,
            Assignment.starts_on <= on,
            Assignment.ends_on >= on,
            AssignmentEnd.id.is_null(),
        )
        .order_by(Assignment.given_at.desc(), Assignment.id)
    )
    return next((assignment for assignment in query if communities(assignment)), None)


def right(account, *, on):
    """What a phone is told with every word about its entries: the assignment it may hold a kit of, or null."""
    assignment = current(account, on=on)
    return {"assignment": str(assignment.id)} if assignment else NO_RIGHT


def is_to_uncovered(assignment):
    """Whether this round is for the houses in which nobody is in a fund."""
    return AssignmentAim.select().where(AssignmentAim.assignment == assignment, AssignmentAim.aim == UNCOVERED).exists()


def coming(account, *, on):
    """The next assignment that has not begun, or None."""
    query = Assignment.select().join(AssignmentEnd, JOIN.LEFT_OUTER)
    later = query.where(Assignment.account == account, Assignment.starts_on > on, AssignmentEnd.id.is_null())
    return later.order_by(Assignment.starts_on, Assignment.id).first()


def communities(assignment):
    """The units of an assignment that its volunteer may still enter, by name."""
    named = AssignmentPlace.select(AssignmentPlace.unit).where(AssignmentPlace.assignment == assignment)
    rows = Unit.select().where(Unit.id.in_(named), Unit.id.in_(units.within(assignment.account_id, TAKER)))
    return sorted(rows, key=lambda unit: (thai.sort_key(unit.name), unit.code))


def listed(*, seen_by, on):
    """(current and coming, past) assignments of the leader's reach.

    Each has `.taker`, `.giver`, `.ended`, `.places_named`, and how often and when last a kit was brought: `.brought`.
    """
    rows = list(_visible(seen_by).order_by(Assignment.starts_on.desc(), Assignment.given_at.desc(), Assignment.id))
    living = [row for row in rows if row.ends_on >= on and ended(row) is None]
    past = [row for row in rows if row not in living][:PAST_SHOWN]
    _tell_more([*living, *past])
    return living, past


def get(assignment_id, *, seen_by):
    """One assignment of the leader's reach. Raises NotFound."""
    found = _visible(seen_by).where(Assignment.id == assignment_id).get_or_none()
    if found is None:
        raise NotFound
    _tell_more([found])
    return found


def ended(assignment):
    """The AssignmentEnd with `.by`, or None."""
    return getattr(assignment, "ended", None)


def downloads(assignment):
    """Every kit that was brought to a phone for it, newest first, at most 200."""
    query = KitDownload.select().where(KitDownload.assignment == assignment)
    return list(query.order_by(KitDownload.id.desc()).limit(DOWNLOADS_SHOWN))


def takers(by):
    """The volunteers whom this leader may send, by name."""
    reach = _reaches(by)
    query = (
        grants.living(RoleGrant, Account)
        .join(Account, on=(RoleGrant.account == Account.id))
        .where(RoleGrant.role == TAKER, RoleGrant.account != by)
    )
    found = {row.account.id: row.account for row in query if units.below({row.unit_id}) & reach}
    return sorted(found.values(), key=lambda account: (thai.sort_key(account.name), account.handle))


def taker(account_id, *, by):
    """One of them by id, None when nobody was chosen. Raises NotFound."""
    if not account_id:
        return None
    found = next((account for account in takers(by) if str(account.id) == account_id), None)
    if found is None and account_id != str(by.id):
        raise NotFound
    return found or by


def _tell_more(rows):
    ids, names = [row.id for row in rows], {}
    query = AssignmentPlace.select(AssignmentPlace, Unit).join(Unit).where(AssignmentPlace.assignment.in_(ids))
    for place in query.order_by(Unit.name):
        names.setdefault(place.assignment_id, []).append(place.unit)
    count = KitDownload.select(KitDownload.assignment, fn.COUNT(KitDownload.id), fn.MAX(KitDownload.at))
    grouped = count.where(KitDownload.assignment.in_(ids)).group_by(KitDownload.assignment)
    brought = {assignment: (times, last) for assignment, times, last in grouped.tuples()}
    for row in rows:
        row.places_named, row.brought = names.get(row.id, []), brought.get(row.id, (0, None))


def _visible(by):
    """Assignments that name a community of the leader's reach."""
    ender = Account.alias()
    near = AssignmentPlace.select(AssignmentPlace.assignment).where(AssignmentPlace.unit.in_(_reaches(by)))
    giver = Account.alias()
    return (
        Assignment.select(Assignment, Account, giver, AssignmentEnd, ender)
        .join(Account, on=(Assignment.account == Account.id), attr="taker")
        .switch(Assignment)
        .join(giver, on=(Assignment.given_by == giver.id), attr="giver")
        .switch(Assignment)
        .join(AssignmentEnd, JOIN.LEFT_OUTER, attr="ended")
        .join(ender, JOIN.LEFT_OUTER, on=(AssignmentEnd.account == ender.id), attr="by")
        .where(Assignment.id.in_(near))
    )


def _reaches(by):
    return units.within(by, *GIVERS)


def _must_be_days(starts_on, ends_on, on):
    if starts_on is None:
        raise Refusal(N_("Say on which day it begins."), field="starts_on")
    if ends_on is None:
        raise Refusal(N_("Say which is the last day."), field="ends_on")
    if ends_on < starts_on:
        raise Refusal(N_("The last day lies before the first."), field="ends_on")
    if ends_on < on:
        raise Refusal(N_("The last day is over already."), field="ends_on")
    if ends_on - starts_on >= LONGEST:
        raise Refusal(N_("An assignment lasts at most 90 days. Give another one afterwards."), field="ends_on")


def _must_serve(collects_for, places):
    serving = {fund.id for fund in funds.serving(places)}
    for fund in collects_for:
        if fund.id not in serving:
            raise Refusal(N_("%(fund)s does not serve these communities."), field="collects_for", fund=fund.name)


def _must_be_places(places, account, by):
    if not places:
        raise Refusal(N_("Choose at least one community."), field="place")
    granted, own = units.within(account, TAKER), _reaches(by)
    for unit in places:
        if unit.id not in own:
            raise NotFound
        if unit.id not in granted:
            said = {"name": account.name, "place": unit.name}
            raise Refusal(N_("%(name)s may not record in %(place)s."), field="place", **said)
