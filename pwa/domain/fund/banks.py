"""A fund's accounts at banks: each a row with its name and the number's last digits, so that one account is spelled one way.

Who writes down a deposit or a transfer chooses from them. What older entries spelled otherwise is booked under that, and listed too.
"""

import re
from typing import NamedTuple

from db import database
from db.models import Bank, LedgerAccount
from pwa.domain import N_, Refusal
from pwa.domain.fund import chart, holders
from pwa.domain.text import thai

LONGEST = 40
DIGITS = re.compile(r"[0-9]{3,6}")
CHOOSE = N_("Choose one of the fund's bank accounts.")


class Known(NamedTuple):
    """An account at a bank by the `name` that vouchers and receipts give it; `row` is None where only older entries name it."""

    name: str
    row: Bank | None


def of(fund):
    """[Known] of a fund by name; its written down ones first."""
    rows = list(Bank.select().where(Bank.fund == fund).order_by(Bank.name, Bank.digits))
    found = [Known(label(one), one) for one in rows]
    codes = {_code(one.name) for one in found}
    stems = LedgerAccount.code.startswith(f"{chart.BANK}-") | LedgerAccount.code.startswith(f"{chart.ON_THE_WAY}-")
    older = LedgerAccount.select().where(LedgerAccount.fund == fund, stems).order_by(LedgerAccount.name)
    for account in older:
        if (code := account.code.partition("-")[2]) not in codes:
            codes.add(code)
            found.append(Known(account.name, None))
    return found


def names(fund):
    """The names of those that are written down, for a phone to choose from."""
    return [one.name for one in of(fund) if one.row is not None]


def named(fund, name, *, field="bank"):
    """The one with this name. Refuses, at the field, what is none of the fund's."""
    found = next((one for one in of(fund) if _code(one.name) == _code(str(name).strip())), None)
    if found is None:
        raise Refusal(CHOOSE, field=field)
    return found


def label(row):
    """How it is called everywhere: the bank, and the last digits of the number."""
    return f"{row.name} {row.digits}"


def write(fund, name, digits, *, since, by, at):
    """Write down an account; the same again is the same row. Raises Refusal."""
    name, digits = " ".join(name.split()), "".join(thai.digits(digits).split())
    if not name or len(name) > LONGEST:
        raise Refusal(N_("Write the name of the bank."), field="bank_name")
    if not DIGITS.fullmatch(digits):
        raise Refusal(N_("Write the last 3 to 6 digits of the account number."), field="digits")
    if since is None:
        raise Refusal(N_("Write since when the fund has this account."), field="since")
    with database.atomic():
        about = dict(since=since, account=by, at=at)
        return Bank.get_or_create(fund=fund, name=name, digits=digits, defaults=about)[0]


def _code(name):
    return holders.UNFIT.sub("-", name)
