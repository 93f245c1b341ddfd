"""The versions of a fund's regulation: put in force by two people, kept for good, and chosen by the day of the event alone.

Of two versions that have begun on a day the later one holds, since it replaces the one before it; a version may begin in the past.
"""

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from db import database
from db.models import Fund, Regulation, Resolution
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import decided, regulation
from pwa.domain.people import hands, roles
from pwa.domain.places import units
from pwa.domain.text.dates import BANGKOK

OFFICERS = roles.may("set-rules")
AHEAD = timedelta(days=5 * 366)
"""A start later than that is a year of the other era."""
DECIDED = N_(
    "Events from this day on are decided already: %(count)s, of %(first)s to %(last)s. "
    "The resolution must say that those decisions stay."
)

CLAIMED = N_(
    "The draft no longer gives “%(benefit)s”, but %(count)s claims of it are open about events from this day on, the first of "
    "%(first)s. Decide them first, or let the version begin later."
)


def of_fund(fund):
    """Every version of a fund, the first one first, with its resolution."""
    query = Regulation.select(Regulation, Resolution).join(Resolution).where(Regulation.fund == fund)
    return list(query.order_by(Regulation.version))


def made(fund, version):
    """The Regulation with this number, with the resolution that put it in force."""
    query = Regulation.select(Regulation, Resolution).join(Resolution)
    return query.where(Regulation.fund == fund, Regulation.version == version).get()


def in_force(fund, on):
    """The version in force on a day; None where the fund had no regulation then."""
    begun = Regulation.select(Regulation, Resolution).join(Resolution)
    begun = begun.where(Regulation.fund == fund, Regulation.in_force_from <= on)
    return begun.order_by(Regulation.version.desc()).first()


def effective(fund):
    """The versions that hold at some time, as the engine reads them, the first one first; a later one takes the days of those before."""
    kept = []
    for row in reversed(list(_known.rows(fund))):
        if not kept or row.in_force_from < kept[-1].in_force_from:
            kept.append(row)
    return [replace(_read(row.sha256), version=row.version, in_force_from=row.in_force_from) for row in reversed(kept)]


_known = Prepared(
    lambda fund: (
        Regulation.select(Regulation.version, Regulation.in_force_from, Regulation.sha256)
        .where(Regulation.fund == fund)
        .order_by(Regulation.version)
    )
)


@lru_cache(maxsize=256)
def _read(sha256):
    """A document by its hash, read once: it never changes."""
    row = Regulation.select(Regulation.document).where(Regulation.sha256 == sha256).first()
    return regulation.load(bytes(row.document)).versions[-1]


def numbered(fund, number):
    """The version of a fund with this number, as the engine reads it, also where a later one has taken its days."""
    row = next(one for one in of_fund(fund) if one.version == number)
    return replace(_read(row.sha256), version=row.version, in_force_from=row.in_force_from)


def staying(made):
    """What was decided, before this version (a Regulation) was put in force, about events from its first day on: that stays as it is."""
    made_on = made.at.astimezone(BANGKOK).date()
    if made.in_force_from > made_on:
        return ()
    found = decided.since(made.fund_id, made.in_force_from)
    return tuple(one for one in found if (one.version or 0) < made.version and one.event_on <= made_on)


def fund_of(code):
    """The fund with this code. Raises NotFound."""
    found = Fund.get_or_none(Fund.code == code)
    if found is None:
        raise NotFound
    return found


def enforce(fund, document, *, starts_on, sitting, replaces, drafted_by, by, at, decided_stay=False):
    """Put a document in force from a day on, as the sitting {board, meeting, resolved_on} resolved; → Regulation.

    `replaces` is the number of the version that the draft names, None where the document names it, or none is there: of two
    drafts that name the same one the second is refused. `decided_stay`: the resolution says that what was decided about events
    from that day on stays under the version it was decided by. The same twice changes nothing.
    """
    sha256 = hashlib.sha256(document).hexdigest()
    with database.atomic():
        before = of_fund(fund)
        last = before[-1] if before else None
        if last and (last.sha256, last.in_force_from) == (sha256, starts_on):
            return last
        _must_be_two(fund, drafted_by, by)
        must_be_enforceable(fund, document, starts_on=starts_on, replaces=replaces, decided_stay=decided_stay, at=at)
        resolution, _ = Resolution.get_or_create(fund=fund, **sitting, defaults={"account": by, "at": at})
        return Regulation.create(
            fund=fund,
            version=last.version + 1 if last else 1,
            in_force_from=starts_on,
            document=document,
            sha256=sha256,
            resolution=resolution,
            drafted_by=drafted_by,
            enforced_by=by,
            at=at,
            replaces=last,
        )


def must_be_enforceable(fund, document, *, starts_on, replaces, decided_stay, at):
    """Every reason but its two people why a document is not put in force from a day on. Raises Faulty and Refusal."""
    before = of_fund(fund)
    last = before[-1] if before else None
    told = _must_be_publishable(document)
    _must_replace_the_last(told.replaces if replaces is None else replaces, last)
    _must_begin_well(fund, starts_on, before, at)
    if not decided_stay:
        _must_not_be_decided(fund, starts_on)
    if last:
        _must_leave_open_claims(fund, told, starts_on)


def _must_be_publishable(document):
    """One version, which nothing keeps from being published. Faulty and Refusal with the first reason."""
    told = regulation.load(document)
    if len(told.versions) != 1:
        raise Refusal(N_("This file holds several versions. Put them in force one after the other."))
    faults = regulation.check(told)
    if faults:
        raise Refusal(faults[0].msgid, **faults[0].values)
    return told.versions[0]


def _must_be_two(fund, first, second):
    if are_one(first, second):
        raise Refusal(N_("A regulation is put in force by two people: who drafted it, and somebody else."))
    for officer in (first, second):
        if fund.unit_id not in units.within(officer, *OFFICERS):
            raise Refusal(N_("%(name)s is neither of the committee nor the registrar of this fund."), name=officer.name)
    if hands.are_tied(first.id, [second.id]):
        raise Refusal(N_("One of these two opened the other's access, and no second officer has confirmed it."))


def are_one(first, second):
    """Whether two accounts are one person's."""
    return first == second or (first.person is not None and first.person == second.person)


def _must_replace_the_last(replaces, last):
    now = last.version if last else None
    if replaces == now:
        return
    if now is None:
        raise Refusal(N_("This fund has no regulation yet, so the draft replaces none."))
    if replaces is None:
        raise Refusal(N_("Version %(last)s is the last one. A draft names the version that it replaces."), last=now)
    raise Refusal(
        N_(
            "The draft replaces version %(replaces)s, but version %(last)s is the last one. Compare them, and draft anew."
        ),
        replaces=replaces,
        last=now,
    )


def _must_begin_well(fund, starts_on, before, at):
    if starts_on > at.date() + AHEAD:
        raise Refusal(N_("The day on which it begins is too far ahead. Check the year."), field="in_force_from")
    if any(one.in_force_from == starts_on for one in before):
        raise Refusal(N_("Another version begins on the same day."), field="in_force_from")


def _must_not_be_decided(fund, starts_on):
    found = decided.since(fund.id, starts_on)
    if found:
        told = {"count": len(found), "first": found[0].event_on, "last": found[-1].event_on}
        raise Refusal(DECIDED, field="in_force_from", **told)


def _must_leave_open_claims(fund, told, starts_on):
    """A benefit that is not given any more must not be claimed of an event that its version would judge."""
    found = [one for one in decided.open_since(fund.id, starts_on) if one.benefit not in told.benefits]
    if found:
        version = next((one for one in effective(fund)[::-1] if found[0].benefit in one.benefits), None)
        named = version.benefits[found[0].benefit].name if version else found[0].benefit
        count = sum(one.benefit == found[0].benefit for one in found)
        raise Refusal(CLAIMED, field="in_force_from", benefit=named, count=count, first=found[0].event_on)
