"""What each kind of voucher does in the books, and what it must not do: the table of events of fund.md §5, for the acts of a treasurer."""

from dataclasses import dataclass
from datetime import date

from db.models import LedgerAccount, Receipt, ReceiptStanding, Voucher
from pwa.domain import N_, Refusal
from pwa.domain.fund import banks, chart, holders, ledger, pots, rulings, settling

EXPENSES = tuple(code for code, one in chart.CHART.items() if one.type == "expense")
INCOMES = ("4020", "4030", "4040", "4050", "4090", "4120", "4130")
CODES = {"expense": EXPENSES, "income": INCOMES}
"""{kind of a voucher: the accounts that it may name}."""
TOO_MUCH = N_("There is less money there than this.")


@dataclass(frozen=True)
class Asked:
    """What a voucher says. `source` and `to` are codes of accounts, `bank` the name of one, `receipt` the "book/no" to give back."""

    kind: str
    on: date
    satang: int
    payee: str = ""
    ground: str = ""
    source: str = ""
    bank: str = ""
    code: str = ""
    pot: str = ""
    to_pot: str = ""
    receipt: str = ""


def places(fund, account):
    """[(code, name, satang)] of where this account may pay from: its own hand, and the banks of the fund."""
    own = f"{chart.HAND}-{account.handle}"
    known = LedgerAccount.select().where(LedgerAccount.fund == fund, LedgerAccount.code == own).first()
    found = [(own, account.name, ledger.balance(known) if known else 0)]
    return found + [(one.code, one.name, ledger.balance(one)) for one in bank_accounts(fund)]


def bank_accounts(fund):
    """[LedgerAccount] of the fund's accounts at banks, by code."""
    query = LedgerAccount.select().where(LedgerAccount.fund == fund, LedgerAccount.code.startswith(f"{chart.BANK}-"))
    return list(query.order_by(LedgerAccount.code))


def to_give_back(fund):
    """[Receipt] whose money is to be given back and was not yet, the oldest first."""
    query = Receipt.select().join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
    paid = Voucher.select(Voucher.receipt).where(Voucher.fund == fund, Voucher.receipt.is_null(False))
    paid = paid.where(ledger.stands(Voucher.transaction))
    open_ones = (ReceiptStanding.fund == fund, ReceiptStanding.money == "to_give_back", Receipt.id.not_in(paid))
    return [row for row in query.where(*open_ones).order_by(Receipt.paid_on, Receipt.id) if owed(row) > 0]


def owed(receipt):
    """How much of a receipt's money is to be given back: of one that took over another's, only what it was more."""
    return receipt.total_satang - settling.taken_over(receipt)


def _refund(fund, asked, by):
    back = ledger.account(fund, chart.TO_GIVE_BACK)
    if asked.receipt:
        receipt = receipt_of(fund, asked)
        if receipt.id not in {one.id for one in to_give_back(fund)}:
            raise Refusal(N_("The money of this receipt is not to be given back."), field="receipt")
        if asked.satang != owed(receipt):
            raise Refusal(N_("Give back what was paid: the whole sum."), field="satang")
    _at_most(asked.satang, -ledger.balance(back))
    source = _source(fund, asked, by)
    return source, _moved(back, source, asked.satang)


def _deposit(fund, asked, by):
    own = holders.hand_of(fund, by)
    _at_most(asked.satang, ledger.balance(own))
    return own, _moved(holders.on_the_way(fund, banks.named(fund, asked.bank).name), own, asked.satang)


def _withdrawal(fund, asked, by):
    bank = _bank_account(fund, asked)
    _at_most(asked.satang, ledger.balance(bank))
    return bank, _moved(holders.hand_of(fund, by), bank, asked.satang)


def _expense(fund, asked, by):
    if asked.code not in EXPENSES:
        raise Refusal(N_("Choose what kind of expense it is."), field="code")
    return paid_out(fund, asked, by)


def paid_out(fund, asked, by, source_of=None):
    """Money that leaves the fund for good: the account and pot that it is for, out of the own hand or a bank. A claim's benefit, too."""
    source = (source_of or _source)(fund, asked, by)
    cost = ledger.Line(ledger.account(fund, asked.code), asked.satang, _pot(fund, asked, "pot"))
    return source, [cost, ledger.Line(source, -asked.satang)]


def _income(fund, asked, by):
    if asked.code not in INCOMES:
        raise Refusal(N_("Choose where the money comes from."), field="code")
    gets = holders.hand_of(fund, by) if asked.source.startswith(f"{chart.HAND}-") else _bank_account(fund, asked)
    income = settling.income(fund, asked.code, asked.satang, rulings.of(fund, asked.on).version)
    return gets, [ledger.Line(gets, asked.satang), *income]


def _between_pots(fund, asked, by):
    out, into = _pot(fund, asked, "pot"), _pot(fund, asked, "to_pot")
    if out == into:
        raise Refusal(N_("Choose two different pots."), field="to_pot")
    between = ledger.account(fund, chart.BETWEEN_POTS)
    return None, [ledger.Line(between, asked.satang, out), ledger.Line(between, -asked.satang, into)]


WRITTEN = {
    "refund": _refund,
    "deposit": _deposit,
    "withdrawal": _withdrawal,
    "expense": _expense,
    "income": _income,
    "between_pots": _between_pots,
}


def receipt_of(fund, asked):
    """The receipt that is named as "book/no". Raises Refusal."""
    book, _, no = asked.receipt.rpartition("/")
    found = settling.numbered(fund, book, int(no)) if no.isdecimal() else None
    if found is None:
        raise Refusal(N_("There is no receipt with this number."), field="receipt")
    return found


def _at_most(satang, there):
    if satang > there:
        raise Refusal(TOO_MUCH, field="satang")


def _source(fund, asked, by):
    """The account that pays: the own hand, or a bank; with enough on it."""
    source = named_source(fund, asked, by)
    _at_most(asked.satang, ledger.balance(source))
    return source


def named_source(fund, asked, by):
    """The same, whatever is on it."""
    if asked.source == f"{chart.HAND}-{by.handle}":
        return holders.hand_of(fund, by)
    source = next((one for one in bank_accounts(fund) if one.code == asked.source), None)
    if source is None:
        raise Refusal(N_("Choose from where the money is paid: your own hand, or a bank."), field="source")
    return source


def _moved(to, out, satang):
    return [ledger.Line(to, satang), ledger.Line(out, -satang)]


def _bank_account(fund, asked):
    """What lies in the bank account of this name."""
    return holders.in_bank(fund, banks.named(fund, asked.bank).name)


def _pot(fund, asked, field):
    version = rulings.of(fund, asked.on).version
    named = version.pots if version else (pots.WHOLE,)
    if getattr(asked, field) not in named:
        raise Refusal(N_("Choose a pot of the fund."), field=field)
    return getattr(asked, field)
