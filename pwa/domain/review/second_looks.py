"""Second looks at entries that were drawn (draws): by somebody else than who approved them, never at what is one's own.

They agree, or find a difference and say it in words; then a counter-decision may follow. The results of a zone are a rate of
agreement, to learn from and not to blame with.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peewee import fn

from db import database
from db.models import (
    Account,
    Approval,
    CounterDecision,
    Draw,
    Entry,
    Finding,
    Lot,
    Opening,
    RoleGrant,
    Unit,
)
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import entries, states
from pwa.domain.people import takings_back
from pwa.domain.places import grants, units
from pwa.domain.register import households, payloads, submissions
from pwa.domain.review import slips
from pwa.domain.review.deciders import CHECKERS, Deciders
from pwa.domain.review.samples import LOOKERS, READERS, approved, has_approved, mark, since_of
from pwa.domain.text import wording

OUTCOMES = ("agrees", "differs")
OTHERS_FINDING = N_("Somebody else found this. Only they take it back, within ten minutes.")
LATE = N_("Ten minutes have passed. The finding stays.")
RESTS = N_("Somebody has acted on this finding already. It stays.")
WEEK = timedelta(days=7)
FACTS_AGAIN = 3
OWN_DECISION = N_("You approved this one yourself. Somebody else takes the second look.")
NOT_IN_FORM = (".blob", ".photo", ".kind", ".role", ".person", ".given_to", ".fund", ".id_number", ".present")


@dataclass
class Zone:
    """A zone with what its second looks came to; `fresh` approvals were made since `last`, the last draw."""

    unit: Unit
    last: datetime | None = None
    fresh: int = 0
    looked: int = 0
    agreed: int = 0
    draws: list = field(default_factory=list)
    is_due: bool = False


def lot(draw_id, entry_id, *, seen_by):
    """One drawn entry of a draw, for who checks over its zone."""
    query = Lot.select(Lot, Draw, Approval, Entry).join(Draw).switch(Lot).join(Approval).join(Entry)
    found = query.where(Lot.draw == draw_id, Entry.entry_id == entry_id, Lot.drawn.is_null(False)).get_or_none()
    if found is None or found.draw.unit_id not in units.within(seen_by, *LOOKERS):
        raise NotFound
    return found


def subject(lot):
    """The household that a drawn entry is about."""
    return Opening.get(Opening.entry == lot.approval.entry_id).subject


def facts(lot):
    """[(path, value)]: three things to ask the household again, drawn with the same seed. Nothing about health."""
    one = submissions.of(lot.approval.entry)
    if one is None or one.says.payload is None:
        return []
    asked = [path for path in one.says.values if not payloads.is_health(path) and not path.endswith(NOT_IN_FORM)]
    chosen = sorted(asked, key=lambda path: mark(lot.draw.seed, f"{one.row.entry_id}|{path}"))[:FACTS_AGAIN]
    return [
        (path, one.says.values[path], payloads.name_of(one.says.values, payloads.person_of(path) or ""))
        for path in chosen
    ]


def about(lot):
    """{house, place, name, recorder, checker} of a drawn entry, in words."""
    entry = lot.approval.entry
    one = submissions.of(entry)
    home = households.standing(one.opening.subject)
    values = one.says.values if one.says.payload is not None else {}
    return {
        "house": values.get("house.number") or values.get("house.description") or "",
        "place": home.place.name if home else "—",
        "respondent": households.respondent(values),
        "recorder": Account.select(Account.name).where(Account.id == entry.author).scalar() or "—",
        "checker": lot.approval.account.name,
    }


def objection(lot, account, *, at):
    """The sentence why this account may not take the second look; None when it may."""
    one = submissions.of(lot.approval.entry)
    deciders = Deciders([one], at=at)
    if deciders.is_same(account, [lot.approval.account_id]):
        return OWN_DECISION
    return deciders.interest(one, account) or (None if deciders.oversees(one, account) else OWN_DECISION)


def look(lot, *, by, at, outcome, words=""):
    """Say what the second look found; a difference in words. The same twice by the same person changes nothing."""
    if outcome not in OUTCOMES:
        raise Refusal(N_("Say whether it agrees."), field="outcome")
    asked = N_("Write what is different.") if outcome == "differs" else ""
    words = wording.said(words, asked=asked, field="words")
    with database.atomic():
        made = finding(lot)
        if made is not None and (made.account_id, made.outcome, made.words) != (by.id, outcome, words):
            raise Refusal(N_("%(name)s has looked at this already."), name=made.account.name)
        refused = objection(lot, by, at=at)
        if refused:
            raise Refusal(refused)
        if made is None:
            Finding.create(
                lot=lot, turn=takings_back.turn(Finding.lot, lot), account=by, at=at, outcome=outcome, words=words
            )


def take_back(lot, *, by, at, turn):
    """Undo the own finding of a turn at once, and look again. Twice changes nothing; later it stays."""
    with database.atomic():
        made = Finding.get_or_none(Finding.lot == lot, Finding.turn == turn)
        if made is None:
            raise NotFound
        if made.account_id == by.id and takings_back.of(Finding, made.id):
            return
        refused = slip_objection(lot, made, by=by, at=at)
        if refused:
            raise Refusal(refused)
        takings_back.take(made, by=by, at=at)


def slip_objection(lot, made, *, by, at):
    """The sentence why this finding is not the account's to take back now; None when it is."""
    if made.account_id != by.id:
        return OTHERS_FINDING
    if at - made.at > slips.SOON:
        return LATE
    entry = lot.approval.entry_id
    acted = CounterDecision.select().where(CounterDecision.entry == entry, CounterDecision.turn == lot.approval.turn)
    return RESTS if acted.exists() or _visited_since(lot, made) else None


def _visited_since(lot, made):
    """The house was visited again after a difference was found."""
    newer = Opening.select().join(Entry).where(Opening.subject == subject(lot), Entry.received_at >= made.at)
    return made.outcome == "differs" and newer.exists()


def finding(lot):
    """What the second look found, with who looked, or None."""
    return (
        Finding.select(Finding, Account).join(Account).where(Finding.lot == lot, states.standing(Finding)).get_or_none()
    )


def waiting(account, *, at):
    """Drawn lots that this account may look at, whose approval stands and that nobody looked at yet, oldest draw first."""
    rows = _drawn.rows(list(units.within(account, *LOOKERS)), account)
    if not rows:
        return []
    ones = {one.row.id: one for one in submissions.named({row.approval.entry_id for row in rows})}
    deciders = Deciders(ones.values(), at=at)
    return [
        row
        for row in rows
        if (one := ones.get(row.approval.entry_id))
        and not deciders.interest(one, account)
        and not deciders.is_same(account, [row.approval.account_id])
        and deciders.oversees(one, account)
    ]


def _to_look_at(near, account):
    looked = Finding.select(Finding.id).where(Finding.lot == Lot.id, states.standing(Finding))
    query = Lot.select(Lot, Draw, Approval, *entries.FACTS).join(Draw).switch(Lot).join(Approval).join(Entry)
    theirs = (Draw.unit.in_(near), Approval.account != account, states.standing(Approval))
    return query.where(Lot.drawn.is_null(False), ~fn.EXISTS(looked), *theirs).order_by(Draw.at, Lot.drawn)


_drawn = Prepared(_to_look_at)


def count(account, *, at):
    """Second looks that wait for this account, and zones where a draw is due."""
    return len(waiting(account, at=at)) + sum(_is_due(unit, at) for unit in _led(account, LOOKERS))


def zones(account, roles=READERS, *, at):
    """[Zone] that these roles of the account reach: units that have a zone leader, with their draws, newest first."""
    return [_zone(unit, at) for unit in _led(account, roles)]


def _led(account, roles):
    return _zones.rows(list(units.within(account, *roles)), CHECKERS)


_zones = Prepared(
    lambda near, role: (
        Unit.select()
        .where(Unit.id.in_(near), Unit.id.in_(grants.living(RoleGrant.unit).where(RoleGrant.role == role)))
        .order_by(Unit.name)
    )
)


def _is_due(unit, at):
    """A week has passed since the last draw, and there is something to draw from."""
    since = since_of(unit, at)
    return at - since >= WEEK and has_approved(unit, since, at)


def _zone(unit, at):
    draws = list(Draw.select(Draw, Account).join(Account).where(Draw.unit == unit).order_by(Draw.at.desc()))
    rows = (
        Finding.select(Finding.outcome, fn.COUNT(Finding.id))
        .join(Lot)
        .join(Draw)
        .where(Draw.unit == unit, states.standing(Finding))
    )
    counted = dict(rows.group_by(Finding.outcome).tuples())
    return Zone(
        unit=unit,
        last=draws[0].at if draws else None,
        fresh=approved(unit, since_of(unit, at), at).count(),
        looked=sum(counted.values()),
        agreed=counted.get("agrees", 0),
        draws=draws,
        is_due=_is_due(unit, at),
    )
