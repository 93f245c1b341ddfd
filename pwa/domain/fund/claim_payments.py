"""Paying what was granted: each payee once, with one voucher, held by whoever is paying, and brought back where it could not be given.

Who decided, recorded or certified never pays (claim_people). The same command is the same payment; two who pay at once pay once.
"""

from dataclasses import dataclass
from typing import Any

from db import database
from db.models import Fund, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    chart,
    claim_lists,
    claim_payees,
    claim_people,
    claim_states,
    claims,
    decided,
    holders,
    ledger,
    payouts,
    reopenings,
    rulings,
    sightings,
    voucher_grounds,
    vouchers,
)
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.places import units
from pwa.domain.text import wording

HELD = N_("%(name)s is paying this now.")
NOT_HELD = N_("Say first that you are paying this now.")
IS_OWED = N_("A meeting has this brought back already. Write down what comes back as repaid.")
OPEN = ("due", "paying")


@dataclass(frozen=True)
class Payment:
    """What one payee (by number, from 0) gets. `held_by` is the account that is paying it now, `voucher` the paper of what was paid."""

    row: claim_lists.Row
    payee: int
    to: dict[str, Any]
    state: str
    held_by: Any = None
    voucher: Voucher | None = None

    @property
    def satang(self):
        return self.to["satang"]

    @property
    def net(self):
        """What leaves the fund: arrears are taken off where the regulation says so, and stay as contributions."""
        return self.satang - self.to.get("deducted", 0)

    @property
    def resolution(self):
        """The resolution that gave it: that of the grant, of more that a meeting gave later, or the one that named who is paid instead."""
        first = self.row.standing.last("grant").n
        acts = [one for one in self.row.standing.acts if one.kind in claim_states.DECIDES and one.n >= first]
        naming = [(one, decided.of(one).payees[self.payee : self.payee + 1]) for one in acts]
        return next(one for one, to in naming if to and to[0]["name"] == self.to["name"]).resolution

    @property
    def owed(self):
        """How much of it is to be brought back, or was."""
        return self.to.get("owed", 0)

    @property
    def how(self):
        """cash or transfer."""
        return self.to.get("how", "cash")

    @property
    def claim(self):
        return self.row.claim


def of(row):
    """[Payment] of a claim that is granted (a claim_lists.Row); nothing for any other, and nothing for benefits that are no money."""
    one = row.standing
    told = decided.of(one.decision).payees if one.state == "granted" else []
    found = [_payment(row, number, to) for number, to in enumerate(told)]
    return [each for each in found if each.net or each.state != "due"]


def get(claim_id, payee, *, seen_by):
    """One payment of a claim that this account sees. Raises NotFound."""
    one = claim_people.get(claim_id, seen_by=seen_by)
    found = next((each for each in of(claim_lists.row_of(one)) if each.payee == payee), None)
    if found is None:
        raise NotFound
    return found


def waiting(account):
    """[Payment] that are due or being paid, of the funds for which this account may pay, by the day of the event."""
    reach = units.within(account, *claim_states.PAYMENT["pay"].roles)
    return unpaid(Fund.select(Fund.id).where(Fund.unit.in_(reach)))


def unpaid(funds):
    """[Payment] of what these funds (ids) granted and did not pay yet, by the day of the event."""
    rows = claim_lists.rows(claim_lists.due(funds), most=None)
    return [each for row in rows for each in of(row) if each.state in OPEN]


def promised(fund):
    """What was granted and not paid yet, in satang."""
    return sum(each.net for each in unpaid([fund.id]))


def hold(payment, *, by, at):
    """Say that one is paying it now; nobody else can then. The same person again changes nothing."""
    with database.atomic():
        now = now_of(payment)
        if now.state == "paying" and now.held_by == by:
            return
        must_be_theirs(now, "hold", by)
        reopenings.must_be_open(payment.claim.fund)
        if now.state == "paying":
            raise Refusal(HELD, name=now.held_by.name)
        claims.act(payment.claim, "hold", payee=payment.payee, by=by, at=at)


def release(payment, *, by, at):
    """It is not being paid after all. Anybody who may pay may say so, so that nothing is held for ever."""
    with database.atomic():
        now = now_of(payment)
        if now.state == "due":
            return
        must_be_theirs(now, "release", by)
        claims.act(payment.claim, "release", payee=payment.payee, by=by, at=at)


def pay(payment, *, source, on, ground, command_id, by, at, today, seen=None):
    """Pay it out of the own hand or a bank on a day, by its voucher; `seen` says who saw alive whom a list pays.

    The same command again is the same voucher.
    """
    asked = asked_of(payment, source, on, ground)
    with database.atomic():
        if Voucher.select().where(Voucher.command_id == command_id).exists():
            return written(payment, asked, command_id, by, at, today)
        now = now_of(payment)
        must_be_theirs(now, "pay", by)
        reopenings.must_be_open(payment.claim.fund)
        if now.state == "paying" and now.held_by != by:
            raise Refusal(HELD, name=now.held_by.name)
        if now.state != "paying":
            raise Refusal(NOT_HELD)
        claim_payees.must_be_payable(now, on=on)
        seen = sightings.must_be_said(now, seen, paid_on=on)
        paper = written(payment, asked, command_id, by, at, today)
        sightings.keep(paper, seen, by=by, at=at)
        claims.act(payment.claim, "pay", payee=payment.payee, by=by, at=at, voucher=paper, amount_satang=payment.net)
        _settle(payment.claim)
        return paper


def receive(payment, *, by, at):
    """The payee has signed that the money came."""
    with database.atomic():
        now = now_of(payment)
        if now.state == "received":
            return
        must_be_theirs(now, "receive", by)
        if now.voucher is not None:
            payouts.must_agree(now.voucher)
        claims.act(payment.claim, "receive", payee=payment.payee, by=by, at=at)
        _settle(payment.claim)


def bring_back(payment, *, reason, by, at, today):
    """Money that could not be given comes back to the hand of who brings it, or to the bank that paid it, and is due again."""
    reason = wording.said(reason, asked=N_("Write why the money came back."), field="reason")
    with database.atomic():
        now = now_of(payment)
        if now.voucher is None:
            return
        must_be_theirs(now, "bring_back", by)
        if now.owed:
            raise Refusal(IS_OWED)
        fund, paper = payment.claim.fund, now.voucher
        is_cash = paper.source.code.startswith(f"{chart.HAND}-")
        to = holders.hand_of(fund, by) if is_cash else paper.source
        booked = ledger.postings(paper.transaction)
        gave = [ledger.Line(one.account, -one.satang, one.pot) for one in booked if one.account.id != paper.source_id]
        lines = [*gave, ledger.Line(to, paper.amount_satang)]
        about = dict(occurred_on=today, on=today, at=at, actor=by.id, kind="brought_back")
        ledger.post(fund, source=f"back/voucher/{paper.n}", lines=lines, **about)
        claims.act(payment.claim, "bring_back", payee=payment.payee, by=by, at=at, said=reason)


def _settle(claim):
    """What is paid to all of its payees need not be looked at again by who pays."""
    claims.settle(claim, is_due=any(one.state in OPEN for one in of(claim_lists.row_of(claims.of(claim)))))


def _payment(row, number, to):
    one = row.standing
    state, last = one.payment(number), one.last("hold", "pay", payee=number)
    held_by = last.account if state == "paying" else None
    paper = one.last("pay", payee=number)
    return Payment(row, number, to, state, held_by, paper.voucher if paper and state in ("paid", "received") else None)


def now_of(payment):
    """The payment as it stands under the lock. Refuses where it is none any more."""
    row = claim_lists.Row(claims.of(payment.claim), payment.row.benefit, payment.row.person)
    found = next((each for each in of(row) if each.payee == payment.payee), None)
    if found is None or found.satang != payment.satang:
        raise Refusal(claims.NOT_NOW)
    return found


def must_be_theirs(payment, kind, by):
    why = claim_people.objection(by, payment.row.standing, kind)
    if why:
        raise Refusal(why)


def asked_of(payment, source, on, ground):
    about = dict(on=on, satang=payment.net, payee=payment.to["name"], ground=ground, source=source)
    return Asked(kind="expense", code=f"50{payment.row.benefit.category:02d}", pot=_pot(payment, on), **about)


def written(payment, asked, command_id, by, at, today, number=None):
    """`number`: of a paper; what it paid has left, whatever the books say that there was."""

    def lines_of(fund, asked, by):
        source, lines = voucher_grounds.paid_out(fund, asked, by, voucher_grounds.named_source if number else None)
        return source, [*lines, *claim_payees.kept_back(payment, lines[0])]

    about = dict(command_id=command_id, by=by, at=at, on=today, lines_of=lines_of, number=number)
    return vouchers.write(payment.claim.fund, asked, **about)


def _pot(payment, on):
    """The pot that the benefit names, else the first one of the fund."""
    version = rulings.of(payment.claim.fund, on).version
    return payment.row.benefit.pot or next(iter(version.pots))
