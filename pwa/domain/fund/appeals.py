"""Appeals: a member says against which decision and clause, and a meeting decides anew without those who decided, where there are others.

The time for it is the regulation's; it begins on the day on which it is written down that the decision reached the member, and while
nobody has written that down it has not begun. What is said is sealed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db import database
from db.models import Appeal, Claim, ClaimAct, DecisionNotice, Fund
from pwa.domain import N_, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import claims, decided, rulings
from pwa.domain.text import wording
from pwa.domain.text.dates import BANGKOK

HOW = {
    "hand": N_("given by hand"),
    "phone": N_("told by telephone"),
    "post": N_("sent by post, and it came"),
    "read": N_("read on their own device"),
}
DECIDES = ("grant", "refuse")
NOT_DECIDED = N_("Nothing is decided here that could be appealed against.")
WHEN = N_("Enter the day on which the decision reached the member.")
TOO_EARLY = N_("That is before the decision. Check the day.")
TO_COME = N_("That day is still to come. Check it.")
ALREADY_TOLD = N_(
    "It is written down already that this reached the member on %(day)s. The time to appeal runs from there."
)
WHY = N_("Write what is wrong with the decision, in your own words.")
WHICH = N_("Choose the clause that this is about.")
ALREADY = N_("There is an appeal against this decision already, of %(day)s. The next meeting takes it up.")
TOO_LATE = N_(
    "The time to appeal ended on %(day)s, %(n)s days after the decision reached you. Tell the committee if you have learnt something "
    "new: it may still take the matter to a meeting by itself."
)


@dataclass(frozen=True)
class Right:
    """What may be said against a decision that stands. `until` None: no last day, because the rules name none or nobody was told yet."""

    act: ClaimAct
    notice: DecisionNotice | None
    days: int | None
    appeal: Appeal | None
    clauses: tuple[str, ...]

    @property
    def choices(self):
        """The clauses as a form offers them."""
        return [(one, one) for one in self.clauses]

    @property
    def until(self) -> date | None:
        return self.notice.told_on + timedelta(days=self.days) if self.notice and self.days else None

    def is_over(self, on: date) -> bool:
        return self.until is not None and on > self.until


def right(one):
    """The Right about the decision that stands on a claim (its Standing); None where none does."""
    if one.state not in ("granted", "refused"):
        return None
    act = one.last(*DECIDES)
    version = rulings.of(one.claim.fund, _day(act.at)).version
    appeal = Appeal.get_or_none(Appeal.act == act.id)
    days = version.settings.appeal_days if version else None
    return Right(act, DecisionNotice.get_or_none(DecisionNotice.act == act.id), days, appeal, _clauses(act))


def tell(one, *, told_on, how, by, at):
    """Write down that the decision reached the member on a day. The same twice changes nothing."""
    if told_on is None or how not in HOW:
        raise Refusal(WHEN, field="told_on")
    with database.atomic():
        found = _right(one)
        if found.notice:
            if (found.notice.told_on, found.notice.how) == (told_on, how):
                return
            raise Refusal(ALREADY_TOLD, day=found.notice.told_on)
        if told_on < _day(found.act.at):
            raise Refusal(TOO_EARLY, field="told_on")
        if told_on > _day(at):
            raise Refusal(TO_COME, field="told_on")
        DecisionNotice.create(act=found.act, told_on=told_on, how=how, account=by, at=at)


def file(one, *, clause, reason, by, at, how, filed_on=None):
    """Appeal against the decision that stands, on a day (today where none is named). The same twice changes nothing."""
    reason, filed_on = wording.said(reason, asked=WHY), filed_on or _day(at)
    with database.atomic():
        found = _right(one)
        if found.appeal:
            if (found.appeal.account_id, said_of(found.appeal)) == (by.id, reason):
                return
            raise Refusal(ALREADY, day=found.appeal.filed_on)
        if clause not in found.clauses:
            raise Refusal(WHICH, field="clause")
        if not _day(found.act.at) <= filed_on <= _day(at):
            raise Refusal(TOO_EARLY if filed_on < _day(found.act.at) else TO_COME, field="filed_on")
        if found.is_over(filed_on):
            raise Refusal(TOO_LATE, day=found.until, n=found.days)
        sealed = sealing.seal_value(reason, f"appeal|{found.act.id}")
        Appeal.create(act=found.act, filed_on=filed_on, clause=clause, said=sealed, how=how, account=by, at=at)


def said_of(appeal):
    """What was said against the decision."""
    return sealing.open_value(appeal.said, f"appeal|{appeal.act_id}")


def last(one):
    """The last Appeal about a claim, also when it has been taken up since; None where there was none."""
    return lasts([one]).get(one.claim.id)


def lasts(ones):
    """{claim id: the same} of the claims of these Standings about which there was one."""
    claim_of = {act.id: one.claim.id for one in ones for act in one.acts if act.kind in DECIDES}
    query = Appeal.select().where(Appeal.act.in_(list(claim_of))).order_by(Appeal.id)
    return {claim_of[appeal.act_id]: appeal for appeal in query} if claim_of else {}


def waiting(fund):
    """[(Standing, Appeal)] of appeals that no meeting has taken up, the oldest first."""
    query = Appeal.select(Appeal, ClaimAct, Claim, Fund).join(ClaimAct).join(Claim).join(Fund).where(Claim.fund == fund)
    found = list(query.order_by(Appeal.filed_on, Appeal.id))
    known = {one.claim.id: one for one in claims.many({row.act.claim_id: row.act.claim for row in found}.values())}
    rows = [(known[row.act.claim_id], row) for row in found]
    return [
        (one, row) for one, row in rows if one.state in ("granted", "refused") and one.last(*DECIDES).id == row.act_id
    ]


def before(ones):
    """{claim id: {account id} of those who decided what was appealed against and is decided anew}, of those of these Standings where
    there was an appeal.
    """
    again = [one for one in ones if any(act.kind == "reopen" for act in one.acts)]
    found = lasts(again)
    return {one.claim.id: _deciders(one, found[one.claim.id]) for one in again if one.claim.id in found}


def _deciders(one, appeal):
    n = next(act.n for act in one.acts if act.id == appeal.act_id)
    typed = [act for act in one.acts if act.kind == "propose" and act.n < n]
    return {act.account_id for act in one.acts if act.n == n} | {act.account_id for act in typed[-1:]}


def _right(one):
    found = right(claims.of(one.claim))
    if found is None:
        raise Refusal(NOT_DECIDED)
    return found


def _clauses(act):
    """The clauses that a decision names, in their order."""
    answer = decided.of(act).answer
    return tuple(dict.fromkeys(one.clause for one in (answer.conditions if answer else ()) if one.clause))


def _day(at):
    return at.astimezone(BANGKOK).date()
