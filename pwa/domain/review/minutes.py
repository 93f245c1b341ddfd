"""The minutes of a sitting in the five standing items of a meeting: who was there, what was resolved under which number, what was put off.

Of a benefit they name the reporting category and never the illness; reasons that somebody wrote for a member stay on the claim's page.
Numbers follow the order of the decisions, so that what comes later changes none; what was taken back keeps its own.
"""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from db import database
from db.models import Admission, Claim, ClaimAct, DifferenceClearing, MembershipAct, Person, Remark, Resolution
from pwa.domain import N_, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.custody import states
from pwa.domain.fund import claim_lists
from pwa.domain.review import abstentions, agenda_items
from pwa.domain.text import wording

ITEMS = {
    1: N_("Told by who leads the meeting"),
    2: N_("The minutes of the last meeting"),
    3: N_("To be known"),
    4: N_("To be decided"),
    5: N_("Anything else"),
}
"""The standing items of a meeting, by their number."""
LONGEST = 4000
NO_ITEM = N_("Choose under which item this stands.")


@dataclass(frozen=True)
class Line:
    """One resolution. `kind`: claim, admission, membership or difference; `said` what was resolved; `is_undone`: not any more."""

    n: int
    kind: str
    said: str
    who: str
    benefit: Any = None
    satang: int | None = None
    kept_out: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True)
class Minutes:
    """`lines` what was resolved, `put_off` [(name, Benefit, why)], `waiting` what was typed and nobody confirmed, `paid` since `last`."""

    lines: list[Line]
    put_off: list
    waiting: int
    last: Resolution | None
    paid: tuple[int, int]
    remarks: dict[int, str]


def of(resolution):
    """The Minutes of a sitting as of now."""
    rows = [*_claims(resolution), *_others(resolution)]
    lines = [Line(n, **about) for n, (_, about) in enumerate(sorted(rows, key=lambda one: one[0]), start=1)]
    typed = [one for one in agenda_items.of(resolution) if one.stands == "typed"]
    last = _last(resolution)
    return Minutes(lines, _put_off(resolution), len(typed), last, _paid(resolution, last), remarks(resolution))


def remarks(resolution):
    """{item: what was written under it}."""
    rows = Remark.select().where(Remark.resolution == resolution).order_by(Remark.id)
    return {one.item: sealing.open_value(one.said, _bound(resolution, one.item)) for one in rows}


def remark(resolution, item, text, *, by, at):
    """Write what stands under one of the items, in place of what stood there. The same twice changes nothing."""
    if item not in ITEMS:
        raise Refusal(NO_ITEM, field="item")
    text = wording.said(text, field="text", longest=LONGEST)
    with database.atomic():
        if remarks(resolution).get(item, "") != text:
            sealed = sealing.seal_value(text, _bound(resolution, item))
            Remark.create(resolution=resolution, item=item, said=sealed, account=by, at=at)


def _claims(resolution):
    acts = list(ClaimAct.select().where(ClaimAct.resolution == resolution, ClaimAct.kind.in_(("grant", "refuse"))))
    rows = {row.claim.id: row for row in claim_lists.rows(Claim.id.in_([one.claim_id for one in acts]), most=None)}
    kept_out = abstentions.of(resolution)
    for one in acts:
        row = rows[one.claim_id]
        undone = any(act.kind == "reopen" and act.n > one.n for act in row.standing.acts)
        about = dict(benefit=row.benefit, satang=one.amount_satang, kept_out=tuple(kept_out.get(one.claim_id, ())))
        yield (one.at, 0, one.id), dict(kind="claim", said=one.kind, who=_name(row.person), is_undone=undone, **about)


def _others(resolution):
    """What was resolved about applicants, memberships and differences of cash."""
    admitted = list(Admission.select().where(Admission.resolution == resolution))
    acts = list(MembershipAct.select().where(MembershipAct.resolution == resolution, MembershipAct.kind != "undo"))
    cleared = list(DifferenceClearing.select().where(DifferenceClearing.resolution == resolution))
    people = {one.person for one in admitted} | {one.membership.person for one in acts}
    names = {one.id: _name(one) for one in Person.select().where(Person.id.in_(list(people)))}
    stand = {one.id for one in Admission.select().where(Admission.resolution == resolution, states.standing(Admission))}
    gone = {one.undoes_id for one in MembershipAct.select().where(MembershipAct.undoes.in_([act.id for act in acts]))}
    for one in admitted:
        about = dict(said="admit" if one.accepted else "not_admit", who=names.get(one.person, ""))
        yield (one.at, 1, one.id), dict(kind="admission", is_undone=one.id not in stand, **about)
    for one in acts:
        about = dict(said=one.kind, who=names.get(one.membership.person, ""), satang=one.amount_satang)
        yield (one.at, 2, one.id), dict(kind="membership", is_undone=one.id in gone, **about)
    for one in cleared:
        whose = one.hand.holder.name if one.hand.holder else one.hand.name
        yield (one.at, 3, one.id), dict(kind="difference", said=one.how, who=whose, satang=one.amount_satang)


def _put_off(resolution):
    why = dict(agenda_items.put_off(resolution))
    rows = claim_lists.rows(Claim.id.in_(list(why)), most=None)
    return [(_name(row.person), row.benefit, why[row.claim.id]) for row in rows]


def _last(resolution):
    before = Resolution.select().where(Resolution.fund == resolution.fund_id, Resolution.id != resolution.id)
    before = before.where(Resolution.resolved_on <= resolution.resolved_on)
    return before.order_by(Resolution.resolved_on.desc(), Resolution.id.desc()).first()


def _paid(resolution, last):
    """(how many, satang) of what was paid between the last sitting and this one was written down."""
    acts = ClaimAct.select(fn.COUNT(ClaimAct.id), fn.SUM(ClaimAct.amount_satang)).join(Claim)
    acts = acts.where(ClaimAct.kind == "pay", Claim.fund == resolution.fund_id, ClaimAct.at <= resolution.at)
    count, satang = (acts.where(ClaimAct.at > last.at) if last else acts).tuples().get()
    return count, int(satang or 0)


def _name(person):
    return f"{person.title}{person.first_name} {person.last_name}".strip() if person else ""


def _bound(resolution, item):
    return f"remark|{resolution.id}|{item}"
