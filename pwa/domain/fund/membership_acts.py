"""Acts about memberships, each a row with its resolution: ends, coming back, rests, and days covered without the member's money.

Rules: fund.md §3. An end holds from its day on; coming back is a new term under the same number; what the fund pays for somebody
moves money between its pots, and is no receipt, no income and no base for matching. Nothing is edited: an act is undone by a row.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN

from db import database
from db.models import Account, MembershipAct, Person, Resolution
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import chart, claim_looks, coverage, ledger, plan_choices, pots, rulings
from pwa.domain.fund.standing import Suspension
from pwa.domain.fund.tenure import ENDS, End, Term
from pwa.domain.text import wording

COVERING = ("exempt", "forgive", "fund_pays", "moved_in")
DAY = timedelta(days=1)
NO_RESOLUTION = N_("Say by which resolution: board, meeting and day.")
BEFORE_JOINING = N_("This day lies before they joined.")
BACKWARD = N_("The last day lies before the first.")
STILL_MEMBER = N_("They are a member already. Only who has left comes back.")
OWN_HOUSE = N_("This is about your own household. Another registrar writes it down.")
NO_POT = N_("Choose the pot that pays.")

_acts = Prepared(
    lambda ids: (
        MembershipAct.select(MembershipAct, Resolution, Account)
        .join(Resolution, JOIN.LEFT_OUTER)
        .switch(MembershipAct)
        .join(Account)
        .where(MembershipAct.membership.in_(ids))
        .order_by(MembershipAct.first, MembershipAct.id)
    )
)


@dataclass(frozen=True)
class Acts:
    """What stands about one membership."""

    rows: tuple = ()

    def terms(self, first: Term) -> tuple[Term, ...]:
        """Every term with its ends; the first is that of the admission."""
        starts = [first, *(Term(row.first, row.counted_from or row.first) for row in self._of("rejoin"))]
        ends = [End(row.first, row.why) for row in self._of("end")]
        bounds = [*(term.joined for term in starts[1:]), date.max]
        found = []
        for term, until in zip(starts, bounds, strict=True):
            mine = tuple(end for end in ends if term.joined <= end.on and (end.on < until or until == date.max))
            found.append(term._replace(ends=mine))
        return tuple(found)

    def grants(self) -> tuple[coverage.Grant, ...]:
        """Days covered without money of theirs. They count from the day of the resolution on: no event before is bought by it."""
        rows = (row for row in self.rows if row.kind in COVERING)
        return tuple(coverage.Grant(row.first, row.last, row.kind, f"act {row.id}", _resolved_on(row)) for row in rows)

    def suspensions(self) -> tuple[Suspension, ...]:
        return tuple(Suspension(row.first, row.last) for row in self._of("suspend"))

    def _of(self, kind):
        return [row for row in self.rows if row.kind == kind]


NOTHING = Acts()


def of(memberships):
    """{membership id: Acts} with one query; of those without any, NOTHING is meant."""
    found = {}
    rows = _acts.rows(list(memberships))
    undone = {row.undoes_id for row in rows} - {None}
    for row in rows:
        if row.kind != "undo" and row.id not in undone:
            found.setdefault(row.membership_id, []).append(row)
    return {key: Acts(tuple(some)) for key, some in found.items()}


def end(membership, *, why, first, by, at, resolution=None, reason=""):
    """From this day on they are no member. A death is the registrar's own act; every other end is a resolution's."""
    if why not in ENDS:
        raise Refusal(N_("Say why the membership ends."), field="why")
    if resolution is None and why != "deceased":
        raise Refusal(NO_RESOLUTION, field="meeting")
    return _act(membership, "end", first, by, at, why=why, resolution=resolution, reason=reason)


def rejoin(membership, *, first, resolution, by, at, counted_from=None, reason=""):
    """Somebody who had left comes back under the same number."""
    terms = of([membership.id]).get(membership.id, NOTHING).terms(_first(membership))
    left = terms[-1].left
    if left is None or first < left:
        raise Refusal(STILL_MEMBER, field="first")
    return _act(membership, "rejoin", first, by, at, counted_from=counted_from, resolution=resolution, reason=reason)


def suspend(membership, *, first, last, resolution, by, at, reason=""):
    """The rights rest for some days, or until further notice."""
    return _act(membership, "suspend", first, by, at, last=last, resolution=resolution, reason=reason)


def cover(membership, kind, *, first, last, resolution, by, at, on, pot="", reason=""):
    """Days covered without the member's money: exempt, forgive, moved_in from another fund, or fund_pays out of a pot.

    What the fund pays is the plan's amount of the whole periods begun in these days, moved from `pot` into the pots of contributions.
    """
    if kind not in COVERING:
        raise Refusal(N_("Say who covers these days."), field="kind")
    _must_be_days(membership, first, last)
    if last is None:
        raise Refusal(N_("Say which is the last day."), field="last")
    ruling = rulings.of(membership.fund, first)
    with database.atomic():
        made = dict(last=last, resolution=resolution, reason=reason)
        if kind == "fund_pays":
            satang = _price(ruling.plans_of(plan_choices.of([membership.id]).get(membership.id, ())), first, last)
            made |= {"amount_satang": satang, "transaction": _move(membership, satang, pot, ruling, by, at, on)}
        return _act(membership, kind, first, by, at, **made)


def choose_plan(membership, code, *, first, by, at, reason=""):
    """From this day on the member pays by another of the fund's plans, as they wish: it needs no resolution."""
    _must_be_anothers(membership, by)
    _must_be_days(membership, first, None)
    return plan_choices.choose(membership, code, first=first, by=by, at=at, reason=reason)


def undo(act, *, by, at, on, reason, resolution=None):
    """Take an act back, for whatever reason is given; what it moved between pots is reversed. Twice changes nothing."""
    reason = wording.said(reason, asked=N_("Write why this is taken back."))
    with database.atomic():
        done = MembershipAct.get_or_none(MembershipAct.undoes == act)
        if done is not None:
            return done
        if act.transaction_id:
            about = dict(occurred_on=on, on=on, at=at, actor=by.id, kind="fund_pays undone")
            ledger.reverse(act.transaction, source=f"undone/{act.transaction.source}", **about)
        about = dict(undoes=act, resolution=resolution, reason=reason)
        return _act(act.membership, "undo", act.first, by, at, **about)


def get(act_id, *, membership):
    """An act of a membership. Raises NotFound."""
    found = MembershipAct.get_or_none(MembershipAct.id == act_id, MembershipAct.membership == membership)
    if found is None:
        raise NotFound
    return found


def _act(membership, kind, first, by, at, *, resolution=None, reason="", last=None, **more):
    _must_be_anothers(membership, by)
    _must_be_days(membership, first, last)
    if kind not in ("end", "undo") and resolution is None:
        raise Refusal(NO_RESOLUTION, field="meeting")
    known = dict(membership=membership, kind=kind, first=first, last=last, resolution=resolution, account=by, at=at)
    claim_looks.stir([membership.person])
    standing = _same(**known, why=more.get("why", ""))
    return standing or MembershipAct.create(reason=wording.said(reason), **known, **more)


def _must_be_anothers(membership, by):
    """Nobody writes down, or takes back, what is about their own household (fund.md §6)."""
    home = Person.select(Person.household).where(Person.id == by.person)
    if by.person and Person.select().where(Person.id == membership.person, Person.household.in_(home)).exists():
        raise Refusal(OWN_HOUSE)


def _must_be_days(membership, first, last):
    if first is None:
        raise Refusal(N_("Say from which day."), field="first")
    if first < membership.joined_on:
        raise Refusal(BEFORE_JOINING, field="first")
    if last is not None and last < first:
        raise Refusal(BACKWARD, field="last")


def _same(*, kind, at, **told):
    """The act that stands and says the same; an undoing is known by what it undoes."""
    if kind == "undo":
        return None
    back = MembershipAct.alias()
    undone = back.select(back.undoes).where(back.undoes.is_null(False))
    same = [getattr(MembershipAct, name) == value for name, value in told.items() if value is not None]
    return MembershipAct.get_or_none(MembershipAct.kind == kind, *same, MembershipAct.id.not_in(undone))


def _first(membership):
    return Term(membership.joined_on, membership.tenure_from)


def _resolved_on(row):
    return row.resolution.resolved_on if row.resolution_id else None


def _price(plans, first, last):
    """The plan's amount of each whole period that begins in these days."""
    if not plans:
        raise Refusal(N_("The fund's regulation does not say what a contribution is."), field="kind")
    satang, day = 0, first
    while day <= last:
        plan = coverage.plan_on(plans, day)
        satang += plan.amount_satang
        day = plan.last_day(day) + DAY
    return satang


def _move(membership, satang, pot, ruling, by, at, on):
    """The transfer between pots."""
    fund = membership.fund
    if ruling.version is None or pot not in ruling.version.pots:
        raise Refusal(NO_POT, field="pot")
    between = ledger.account(fund, chart.BETWEEN_POTS)
    lines = [ledger.Line(between, satang, pot)]
    lines += [ledger.Line(between, -part, into) for into, part in pots.split(satang, "member", ruling.version)]
    count = (
        MembershipAct.select().where(MembershipAct.membership == membership, MembershipAct.kind == "fund_pays").count()
    )
    source = f"fund_pays/{membership.number}/{count}"
    return ledger.post(fund, kind="fund_pays", source=source, occurred_on=on, on=on, at=at, actor=by.id, lines=lines)
