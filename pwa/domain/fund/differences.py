"""What a holder was short or over, settled as a meeting resolved: a line beside the line, the old one stays as it is."""

from typing import NamedTuple

from peewee import fn

from db import database
from db.models import DifferenceClearing, LedgerAccount
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import chart, handovers, holders, ledger, ledger_days, pots, rulings, settling

OTHER_EXPENSE, OTHER_INCOME = "6090", "4090"
HOW = {
    "repaid": N_("repaid in cash to you"),
    "written_off": N_("written off, the fund bears it"),
    "to_give_back": N_("kept to be given back to who paid it"),
    "to_income": N_("income of the fund"),
}
OF = {chart.SHORT: ("repaid", "written_off"), chart.OVER: ("to_give_back", "to_income")}
"""{what it is: how it may be settled}."""


class Difference(NamedTuple):
    """What is still to be settled on an account of what somebody is short or over; `satang` is positive."""

    account: LedgerAccount
    satang: int

    @property
    def ways(self):
        return OF[self.account.code.partition("-")[0]]


def find(fund, code):
    """The difference of a fund on the account with this code, not settled yet. Raises NotFound."""
    found = LedgerAccount.get_or_none(LedgerAccount.fund == fund, LedgerAccount.code == code)
    if found is None or found.code.partition("-")[0] not in OF or not ledger.balance(found):
        raise NotFound
    return Difference(found, abs(ledger.balance(found)))


def open_ones(fund):
    """[Difference] of a fund that no meeting has settled yet."""
    stem = fn.SUBSTR(LedgerAccount.code, 1, 4)
    there = ledger_days.sums(fund, None, stem.in_(list(OF)))
    return [Difference(one.account, abs(one.satang)) for one in there if one.satang]


def settle(difference, how, satang, *, resolution, by, at, on):
    """Settle so much of it (satang) as a meeting resolved; returns the row. Nobody settles their own."""
    if how not in difference.ways:
        raise Refusal(N_("Choose how it is settled."), field="how")
    if resolution is None:
        raise Refusal(N_("Write which meeting resolved it."), field="board")
    if by.id in handovers.holders_of(difference.account):
        raise Refusal(N_("This is your own difference. Somebody else settles it."))
    fund = difference.account.fund
    with database.atomic():
        if satang > abs(ledger.balance(difference.account)):
            raise Refusal(N_("That is more than there is to settle."), field="amount")
        number = DifferenceClearing.select().where(DifferenceClearing.hand == difference.account).count()
        about = dict(kind="difference", source=f"difference/{difference.account.code}/{number}", actor=by.id)
        lines = _lines(fund, difference.account, how, satang, by, resolution.resolved_on)
        posted = ledger.post(fund, lines=lines, occurred_on=resolution.resolved_on, on=on, at=at, **about)
        known = dict(resolution=resolution, how=how, amount_satang=satang, account=by, transaction=posted, at=at)
        return DifferenceClearing.create(hand=difference.account, **known)


def _lines(fund, account, how, satang, by, resolved_on):
    version = rulings.of(fund, resolved_on).version
    if how == "repaid":
        return [ledger.Line(holders.hand_of(fund, by), satang), ledger.Line(account, -satang)]
    if how == "written_off":
        bears = ledger.Line(ledger.account(fund, OTHER_EXPENSE), satang, pots.first(version))
        return [bears, ledger.Line(account, -satang)]
    if how == "to_give_back":
        return [ledger.Line(account, satang), ledger.Line(ledger.account(fund, chart.TO_GIVE_BACK), -satang)]
    return [ledger.Line(account, satang), *settling.income(fund, OTHER_INCOME, satang, version)]
