"""What decisions do to receipts: the books follow the entry that told one, and the entry that voids one."""

from db.models import Approval, Booking, Person, Receipt
from pwa.domain import N_, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import handovers, holders, settling, verdicts, voids
from pwa.domain.people import hands
from pwa.domain.text.dates import BANGKOK

NOT_BOOKED = N_("This is not in the books yet. The desk says why.")
VOID_ALREADY = N_("This receipt does not count any more. Reject this.")
COUNTS_NO_MORE = N_("This receipt is void, or another one took over its money. It cannot be approved.")
NOTHING_TO_TAKE_OVER = N_("The receipt whose money this one takes over is void. Reject this one.")
HANDED_ON = N_(
    "This receipt's cash was handed over before it was given back. Reject this, and pay it back as a refund."
)
OWN_CASH = N_("You took this money yourself. Somebody else checks it.")
OWN_HOUSE = N_("This receipt is of your own household. Somebody else checks it.")
OWN_APPROVAL = N_("You approved this receipt. Somebody else decides whether it is void.")


def apply(one, *, by, at):
    """Bring the receipt that this entry tells to where the decisions say that it is, and with it the one whose money it took over."""
    verdicts.settle(told_by(one.row), entry=one.row, by=by, at=at, on=at.astimezone(BANGKOK).date())


def apply_void(one, *, by, at):
    """The same of the receipt that this entry names: it is void while the approval of a void stands."""
    verdicts.settle(named_by(one), entry=one.row, by=by, at=at, on=at.astimezone(BANGKOK).date())


def must_count(one, record, changes):
    """Refuses to approve what is not in the books, what counts no more (void, or its money is in another), and what takes over nothing."""
    must_be_booked(one, record, changes)
    receipt = told_by(one.row)
    if settling.state(receipt) in ("void", "replaced"):
        raise Refusal(COUNTS_NO_MORE)
    old = settling.before(receipt)
    if old is not None and settling.state(old) == "void":
        raise Refusal(NOTHING_TO_TAKE_OVER)


def must_be_possible_to_void(one, record, changes):
    """Refuses a void that is not in the books, one of a receipt that does not count any more, and of cash that went on meanwhile."""
    must_be_booked(one, record, changes)
    receipt = named_by(one)
    if settling.state(receipt) not in ("waiting", "approved"):
        raise Refusal(VOID_ALREADY)
    if voids.money_of(one.says.payload) == "given_back" and settling.is_handed_on(receipt):
        raise Refusal(HANDED_ON)


def must_be_booked(one, record, changes):
    """Refuses to approve what is not in the books."""
    if not Booking.select().where(Booking.entry == one.row.id).exists():
        raise Refusal(NOT_BOOKED)


def objection(one, by):
    """Whoever holds the money does not check it, also where somebody else typed the page; nor does anybody of a house that paid."""
    receipt = told_by(one.row)
    if receipt is None:
        return None
    if holds(by, receipt.hand):
        return OWN_CASH
    home, people = home_of(by), people_of(receipt, settling.lines(receipt))
    paid = home and Person.select().where(Person.id.in_(people), Person.household == home).exists()
    return OWN_HOUSE if paid else None


def objection_to_void(one, by):
    """Nor does who approved the receipt decide that it is void."""
    receipt = named_by(one)
    if receipt is None:
        return None
    if holds(by, receipt.hand):
        return OWN_CASH
    told = Booking.select(Booking.entry).where(Booking.receipt == receipt)
    mine = Approval.select().where(Approval.entry.in_(told), Approval.account == by, states.standing(Approval))
    return OWN_APPROVAL if mine.exists() else None


def told_by(entry):
    """The receipt of a contribution that is booked, or None."""
    found = Booking.select(Booking, Receipt).join(Receipt).where(Booking.entry == entry.id).first()
    return found and settling.numbered(found.receipt.fund, found.receipt.book, found.receipt.no)


def named_by(one):
    """The receipt that a void names, or None."""
    said = one.says.payload or {}
    fund = holders.fund(said.get("fund"))
    return fund and settling.numbered(fund, said.get("book"), said.get("no"))


def holds(account, hand):
    """Whether this account, a branch that it keeps, or somebody in whose name it may act (or they in its), is the hand that took the money."""
    mine = handovers.holders_of(hand) - {None}
    return account.id in mine or (bool(mine) and hands.are_tied(account.id, mine))


def home_of(account):
    """The household of an account's own person, or None."""
    person = account.person and Person.select(Person.household).where(Person.id == account.person).first()
    return person.household_id if person else None


def people_of(receipt, lines):
    """The ids of everybody whom a receipt with these lines names."""
    return ({line.person for line in lines} | {receipt.payer}) - {None}
