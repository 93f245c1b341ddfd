"""Money that is to be brought back to the fund: who owes how much of what claim, and how it comes back into a hand or a bank.

What a meeting claws back stands on 1300 in the payee's name until it is repaid, in parts if need be, or waived by a resolution.
"""

from dataclasses import dataclass

from db import database
from db.models import Claim, ClaimAct, Fund, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    chart,
    claim_lists,
    claim_people,
    claim_states,
    claims,
    decided,
    ledger,
    voucher_grounds,
    vouchers,
)
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.places import units

TOO_MUCH = N_("That is more than there is to bring back.")
HOW_MUCH = N_("Write how much was brought back.")
INTO = N_("Choose where the money was put: your own hand, or a bank.")
SEERS = (*claim_states.AFTER["repay"].roles, "auditor")
GONE = N_("Nothing of this is to be brought back any more.")


@dataclass(frozen=True)
class Debt:
    """`satang` is what `name` still has to bring back of what the payment `payee` of a claim gave."""

    row: claim_lists.Row
    payee: int
    name: str
    satang: int
    since: object

    @property
    def claim(self):
        return self.row.claim


def of(standing):
    """{number of the payee: satang still to be brought back}."""
    last = standing.decision
    if last is None or standing.last("claw_back") is None:
        return {}
    told = enumerate(decided.of(last).payees)
    left = {number: to.get("owed", 0) - _settled(standing, number) for number, to in told}
    return {number: satang for number, satang in left.items() if satang}


def debts(row):
    """[Debt] of a claim (a claim_lists.Row)."""
    one = row.standing
    left = of(one)
    if not left:
        return []
    told, since = decided.of(one.decision).payees, one.last("claw_back").resolution.resolved_on
    return [Debt(row, number, told[number]["name"], satang, since) for number, satang in left.items()]


def waiting(account):
    """[Debt] of the funds where this account sees money, the oldest event first."""
    reach = units.within(account, *SEERS)
    named = ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind == "claw_back")
    mine = Claim.fund.in_(Fund.select(Fund.id).where(Fund.unit.in_(reach)))
    rows = claim_lists.rows(Claim.id.in_(named), mine, claim_lists.stands(("granted",)), most=None)
    return [debt for row in rows for debt in debts(row)]


def get(claim_id, payee, *, seen_by):
    """What one payee still owes. Raises NotFound."""
    row = claim_lists.row_of(claim_people.get(claim_id, seen_by=seen_by))
    found = next((one for one in debts(row) if one.payee == payee), None)
    if found is None:
        raise NotFound
    return found


def benefit_lines(standing, payee, satang):
    """[Line]: so much of what was paid to a payee, on the account and pot that it was paid from, debit positive."""
    paper = standing.last("pay", payee=payee).voucher
    gave = [line for line in ledger.postings(paper.transaction) if line.account.type == "benefit"]
    return [ledger.Line(gave[0].account, satang, gave[0].pot)]


def repay(debt, satang, *, into, on, ground, command_id, by, at, today):
    """Somebody has brought back so much of it, into the own hand or to a bank: its voucher. The same command again is the same voucher."""
    if not satang:
        raise Refusal(HOW_MUCH, field="amount")
    about = dict(satang=satang, payee=debt.name, ground=ground, source=into)
    asked = Asked(kind="income", on=on, **about)
    written = dict(command_id=command_id, by=by, at=at, on=today, lines_of=_came_back)
    with database.atomic():
        if Voucher.select().where(Voucher.command_id == command_id).exists():
            return vouchers.write(debt.claim.fund, asked, **written)
        now = claims.of(debt.claim)
        why = claim_people.objection(by, now, "repay")
        if why:
            raise Refusal(why)
        left = of(now).get(debt.payee, 0)
        if not left:
            raise Refusal(GONE)
        if satang > left:
            raise Refusal(TOO_MUCH, field="amount")
        paper = vouchers.write(debt.claim.fund, asked, **written)
        claims.act(debt.claim, "repay", payee=debt.payee, by=by, at=at, voucher=paper, amount_satang=satang)
        return paper


def _settled(standing, payee):
    done = (one for one in standing.acts if one.kind in ("repay", "waive") and one.payee == payee)
    return sum(one.amount_satang for one in done)


def _came_back(fund, asked, by):
    """What `vouchers.write` books: out of 1300 into where the money was put."""
    code = next((code for code, _, _ in voucher_grounds.places(fund, by) if code == asked.source), None)
    if code is None:
        raise Refusal(INTO, field="source")
    into = ledger.account(fund, code, holder=by.id if code.startswith(f"{chart.HAND}-") else None)
    owed = ledger.account(fund, chart.TO_RECLAIM)
    return into, [ledger.Line(into, asked.satang), ledger.Line(owed, -asked.satang)]
