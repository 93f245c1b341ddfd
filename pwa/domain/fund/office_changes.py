"""The office of the treasurer handed over as one act: every hand and bank of the fund, signed by who leaves, who comes, and the auditor.

Cash goes by a hand-over of its own, counted by both; only an empty hand can leave, and empty branches for which it answered. What lies in
banks is listed as the books have it, and the three sign that list, each on their own device. Nothing of it moves money or ends a role.
"""

from typing import NamedTuple

from db import database
from db.models import Account, LedgerAccount, OfficeChange, OfficeLine, OfficeSignature, RoleGrant
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import account_books, branches, chart, farewells, ledger
from pwa.domain.fund.versions import are_one
from pwa.domain.people import roles
from pwa.domain.places import funds, grants, units

STILL_CASH = N_("There is still cash in your hand. Count it and hand it over first; the other one takes it.")
IN_BRANCH = N_(
    "There is still cash in %(name)s, for which you answer too. Count it with the other one and hand it over first."
)
CHOOSE = N_("Choose who takes over the office: another treasurer of this fund.")
CHANGED = N_("What lies in the bank, or in the hand, is not what this list says any more. Write a new list.")
NOT_YOURS = N_("Only who leaves, who comes and an auditor of the fund sign this, each once and nobody for two.")
TURNS = ("leaving", "coming", "auditor")


class State(NamedTuple):
    """A change with its lines, and its signatures by turn: {leaving, coming, auditor: OfficeSignature}."""

    change: OfficeChange
    lines: list
    signed: dict

    @property
    def is_done(self):
        return len(self.signed) == len(TURNS)


def candidates(fund, account):
    """[Account] of the other treasurers of a fund, by name."""
    return [one for one in officers(fund, *roles.may("keep-cash")) if not are_one(one, account)]


def officers(fund, *held):
    """[Account] of those who hold one of these roles over a fund, by name."""
    living = grants.living(RoleGrant.account).where(
        RoleGrant.unit.in_(units.above(fund.unit_id)), RoleGrant.role.in_(held)
    )
    return list(Account.select().where(Account.id.in_(living)).order_by(Account.name, Account.id))


def begin(fund, coming, *, by, at, on):
    """List what is handed over from `by` to the account `coming` (an id as text), and sign it as who leaves; the OfficeChange.

    A newer list takes the place of one that not all have signed; the same again is the same list. Raises Refusal.
    """
    found = next((one for one in candidates(fund, by) if str(one.id) == coming), None)
    if found is None:
        raise Refusal(CHOOSE, field="coming")
    with database.atomic():
        for one in inside(fund, by):
            raise Refusal(IN_BRANCH, name=one.name) if one.is_branch else Refusal(STILL_CASH)
        last = next(iter(of(fund)), None)
        if last and _is_same(last, by, found):
            return last.change
        change = OfficeChange.create(fund=fund, leaving=by, coming=found, on=on, at=at)
        for account, satang in banks(fund):
            OfficeLine.create(change=change, ledger_account=account, amount_satang=satang)
        OfficeSignature.create(change=change, turn="leaving", account=by, at=at)
    return change


def sign(change, *, by, at):
    """The signature of who comes, or of the auditor; the same twice is one. Raises Refusal."""
    with database.atomic():
        turn = turn_of(change, by)
        if turn is None:
            raise Refusal(NOT_YOURS)
        if turn in (signed := state(change).signed):
            return signed[turn]
        is_last = next(iter(of(change.fund))).change == change
        if not is_last or not _is_still_so(change) or inside(change.fund, change.leaving):
            raise Refusal(CHANGED)
        return OfficeSignature.create(change=change, turn=turn, account=by, at=at)


def turn_of(change, account):
    """As what this account signs: leaving, coming or auditor; None when it does not."""
    if account.id == change.leaving_id:
        return "leaving"
    if account.id == change.coming_id:
        return "coming"
    is_third = not any(are_one(account, one) for one in (change.leaving, change.coming))
    return "auditor" if is_third and change.fund.unit_id in funds.kept_on(account, *roles.may("sign-books")) else None


def find(number, *, seen_by):
    """A change of a fund whose books this account reads. Raises NotFound."""
    found = OfficeChange.get_or_none(OfficeChange.id == number)
    if found is None or found.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return state(found)


def of(fund):
    """[State] of a fund's changes, the latest first."""
    return [
        state(one) for one in OfficeChange.select().where(OfficeChange.fund == fund).order_by(OfficeChange.id.desc())
    ]


def waiting(account):
    """[State] that wait for this account's signature: of each fund the last one at most."""
    found = [one for fund in account_books.funds(account) for one in of(fund)[:1]]
    return [one for one in found if not one.is_done and (turn_of(one.change, account) or "leaving") not in one.signed]


def state(change):
    """The State of a change."""
    signed = {one.turn: one for one in OfficeSignature.select().where(OfficeSignature.change == change)}
    return State(change, list(change.lines), signed)


def inside(fund, account):
    """[Held]: cash in the hand of this account, then in branches that it answers for; it must be handed over before the office."""
    return sorted(farewells.held([account.id], fund), key=lambda one: one.is_branch)


def kept_by(fund, account):
    """[Branch] of a fund for which this account is one of the two who answer."""
    return [one for one in branches.of(fund) if account.id in (one.first_id, one.second_id)]


def banks(fund):
    """[(LedgerAccount, satang)] of what lies in banks and is on the way there."""
    stems = LedgerAccount.code.startswith(f"{chart.BANK}-") | LedgerAccount.code.startswith(f"{chart.ON_THE_WAY}-")
    rows = LedgerAccount.select().where(LedgerAccount.fund == fund, stems).order_by(LedgerAccount.code)
    return [(one, satang) for one in rows if (satang := ledger.balance(one))]


def _is_same(last, leaving, coming):
    """Whether a list that waits says just this."""
    is_theirs = (last.change.leaving, last.change.coming) == (leaving, coming)
    return is_theirs and not last.is_done and _is_still_so(last.change)


def _is_still_so(change):
    """Whether the banks hold what the list says; what is on the way changes with each transfer."""
    said = {line.ledger_account_id: line.amount_satang for line in change.lines if _in_bank(line.ledger_account)}
    return said == {account.id: satang for account, satang in banks(change.fund) if _in_bank(account)}


def _in_bank(account):
    return account.code.startswith(f"{chart.BANK}-")
