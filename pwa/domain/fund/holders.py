"""In whose hands cash is: people and branches, each with an account of the ledger; and the banks that cash goes to."""

import re
import uuid

from db.models import Account, Branch, Fund
from db.statements import Prepared
from pwa.domain.fund import chart, ledger

_fund = Prepared(lambda code: Fund.select().where(Fund.code == code))
_by_id = Prepared(lambda account: Account.select(Account.id, Account.handle).where(Account.id == account))
_by_handle = Prepared(lambda handle: Account.select(Account.id, Account.handle).where(Account.handle == handle))
_branch = Prepared(lambda fund, code: Branch.select().where(Branch.fund == fund, Branch.code == code))
UNFIT = re.compile(r"[\s/\\]+")


def fund(code):
    """The fund with this code, or None."""
    return next(iter(_fund.rows(code)), None)


def hand_of(fund, account):
    """The hand of somebody (an Account with id and handle): "1000-<handle>"."""
    return ledger.account(fund, f"{chart.HAND}-{account.handle}", holder=account.id)


def hand_of_branch(branch):
    return ledger.account(branch.fund, f"{chart.HAND}-{branch.code}", branch=branch.id, name=branch.name)


def hand_named(fund, named):
    """The hand of an account id, a handle or a branch's code of this fund; None when nobody is called so."""
    for account in _accounts(named):
        return hand_of(fund, account)
    for branch in _branch.rows(fund.id, str(named)):
        return hand_of_branch(branch)
    return None


def name_of(account):
    """Whose a LedgerAccount is, in words: the person, the branch, or the bank; "" for one that is nobody's."""
    if account.holder_id is not None:
        return account.holder.name
    return account.branch.name if account.branch_id is not None else account.name


def on_the_way(fund, bank):
    """What was transferred, or paid in, and no statement shows yet: "1150-<bank>"."""
    name = str(bank).strip()
    return ledger.account(fund, f"{chart.ON_THE_WAY}-{UNFIT.sub('-', name)}", name=name)


def in_bank(fund, bank):
    """What lies in an account at a bank: "1100-<bank>"."""
    return ledger.account(fund, bank_code(bank), name=str(bank).strip())


def bank_code(bank):
    return f"{chart.BANK}-{UNFIT.sub('-', str(bank).strip())}"


def _accounts(named):
    try:
        return _by_id.rows(uuid.UUID(str(named)))
    except ValueError:
        return _by_handle.rows(str(named))
