"""Who became and who stopped being a member of a fund, by the day on which it was decided, with the true day beside it.

A report once made so stays what it was: brought forward + came − left = now, in every month. Who was a member before the register
began here stands apart from who is new. An admission that was taken back never was.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from db.models import Admission, Fund, Membership, MembershipAct, Person
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.text.dates import BANGKOK

KINDS = {
    "joined": N_("New members"),
    "registered": N_("Members of before, written into the register"),
    "rejoin": N_("Came back"),
    "deceased": N_("Died"),
    "resigned": N_("Resigned"),
    "lapsed": N_("Lapsed"),
    "expelled": N_("Expelled"),
    "transferred": N_("Moved to another fund"),
    "undo": N_("Put right: an earlier word was taken back"),
}
"""What a change is; those that came first, then those that left."""
LISTS = {"before": N_("Members brought forward"), "after": N_("Members now")}
"""Lists of all who were members before a time, or are after it."""


@dataclass(frozen=True)
class Move:
    """A membership began or ended: `change` is 1 or −1, `decided_on` the day that counts, `true_on` the one from which it holds."""

    membership: uuid.UUID
    person: uuid.UUID
    number: str
    kind: str
    decided_on: date
    true_on: date
    change: int


@dataclass(frozen=True)
class Count:
    """How many there were before a time, what changed in it {kind: people}, and how many there are after it."""

    before: int
    changes: dict[str, int]

    @property
    def after(self):
        return self.before + sum(self.changes.values())


def count(moves, first) -> Count:
    """The Count of a time that begins on a day and ends with the moves."""
    changes = dict.fromkeys(KINDS, 0)
    for one in moves:
        if one.decided_on >= first:
            changes[one.kind] += one.change
    return Count(sum(one.change for one in moves if one.decided_on < first), changes)


def of(fund: Fund, to) -> list[Move]:
    """[Move] of a fund through a day, in the order in which they were decided; two queries."""
    query = Membership.select(
        Membership.id, Membership.person, Membership.number, Membership.joined_on, Admission.kind, Admission.at
    )
    query = query.join(Admission).where(Membership.fund == fund, states.standing(Membership))
    acts = _acts(fund)
    found = []
    for number, person, name, joined_on, kind, at in query.tuples():
        about = (number, person, name)
        begun = _day(at)
        found.append(Move(*about, "registered" if kind == "existing" else "joined", begun, joined_on, 1))
        found += _moves(about, acts.get(number, ()))
    return sorted((one for one in found if one.decided_on <= to), key=lambda one: (one.decided_on, one.number))


def of_kind(moves, kind, first):
    """The moves of a kind in a time that begins on a day; of LISTS the latest one of each member. Raises NotFound for another kind."""
    if kind == "after":
        return members(moves)
    if kind == "before":
        return members([one for one in moves if one.decided_on < first])
    if kind not in KINDS:
        raise NotFound
    return [one for one in moves if one.kind == kind and one.decided_on >= first]


def people(moves):
    """{person's id: name} of these."""
    wanted = {one.person for one in moves}
    rows = Person.select(Person.id, Person.title, Person.first_name, Person.last_name).where(Person.id.in_(wanted))
    return {number: f"{title}{first} {last}".strip() for number, title, first, last in rows.tuples()}


def members(moves):
    """The latest Move of each that is a member after all of them, by number."""
    left = {}
    for one in moves:
        left[one.membership] = one
    return sorted((one for one in left.values() if one.change > 0), key=lambda one: one.number)


def _acts(fund):
    """{membership id: [MembershipAct]} that begin, end or take such a word back, in the order of writing."""
    query = MembershipAct.select().join(Membership).where(Membership.fund == fund)
    found = {}
    for one in query.where(MembershipAct.kind.in_(("end", "rejoin", "undo"))).order_by(MembershipAct.id):
        found.setdefault(one.membership_id, []).append(one)
    return found


def _moves(about, acts):
    """A change each time that somebody is a member where they were none, or the other way round."""
    is_member, live = True, {}
    for one in acts:
        if one.kind == "undo":
            live.pop(one.undoes_id, None)
        else:
            live[one.id] = one
        last = max(live.values(), key=lambda each: (each.first, each.id), default=None)
        now = last is None or last.kind != "end"
        if now != is_member:
            kind = one.why if one.kind == "end" else one.kind
            yield Move(*about, kind, _day(one.at), one.first, 1 if now else -1)
        is_member = now


def _day(at):
    return at.astimezone(BANGKOK).date()
