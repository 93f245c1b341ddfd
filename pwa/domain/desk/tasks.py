"""What waits for an account, room by room: how many, and since when the oldest, where the room can say so cheaply."""

from pwa.domain.desk import arrivals as phones
from pwa.domain.desk import quarantine as lines
from pwa.domain.fund import (
    account_books,
    audit_words,
    batches,
    cash,
    claim_lists,
    claim_payments,
    counting,
    one_sided,
    payouts,
    reclaims,
    unsigned,
    voucher_grounds,
    year_closes,
)
from pwa.domain.fund import closes as month_closes
from pwa.domain.fund import office_changes as changing
from pwa.domain.fund import reopenings as reopening
from pwa.domain.fund import rule_proposals as proposed
from pwa.domain.fund import unbooked as missing
from pwa.domain.fund import unclaimed as forgotten
from pwa.domain.fund import undoings as undone
from pwa.domain.network import overview as came
from pwa.domain.people import accesses as opened
from pwa.domain.people import reissues as asked
from pwa.domain.people import role_starts as begun
from pwa.domain.register import notices as told
from pwa.domain.review import admissions as applicants
from pwa.domain.review import agendas, claim_reviews, queues, waiting_sheets
from pwa.domain.review import second_looks as drawn
from pwa.domain.text.dates import BANGKOK


def role_starts(account, *, at):
    return begun.count(account, at=at), None


def reissues(account, *, at):
    return asked.count(account, at=at), None


def accesses(account, *, at):
    return opened.count(account, at=at), None


def review(account, *, at):
    return queues.counts(account, at=at), None


def collections(account, *, at):
    waiting = waiting_sheets.of(account, at=at)
    return sum(one.receipts for one in waiting), min((one.key.day for one in waiting), default=None)


def handovers(account, *, at):
    """Cash that somebody counted and that waits to be taken, or for a third person's word."""
    days = [one.on for one in counting.to_take(account)] + [one.handover.on for one in one_sided.waiting(account)]
    return len(days), min(days, default=None)


def cash_to_fetch(account, *, at):
    """Hands that hold more, or longer, than the fund leaves in one."""
    on = at.astimezone(BANGKOK).date()
    holds = [one for board in cash.boards(account, on=on) for one in board.to_fetch]
    return len(holds), min((one.since for one in holds), default=None)


def refunds(account, *, at):
    return sum(len(voucher_grounds.to_give_back(fund)) for fund in account_books.funds(account)), None


def undoings(account, *, at):
    waiting = undone.waiting(account)
    return len(waiting), min((one.at for one in waiting), default=None)


def office_changes(account, *, at):
    waiting = changing.waiting(account)
    return len(waiting), min((one.change.at for one in waiting), default=None)


def closes(account, *, at):
    """Months and years that have ended and are to be closed, of who keeps the books; those that are to be signed, of the auditor."""
    on = at.astimezone(BANGKOK).date()
    kept = account_books.kept(account)
    ready = [
        one for fund in kept for one in (month_closes.due(fund, at=at, on=on), year_closes.due(fund, at=at)) if one
    ]
    waiting = [*month_closes.waiting(account, at=at), *year_closes.waiting(account, at=at)]
    return len(ready) + len(waiting), None


def rule_proposals(account, *, at):
    """Drafts of regulations that a second officer is asked to confirm."""
    found = proposed.waiting_for(account)
    return len(found), min((one.at for one in found), default=None)


def findings(account, *, at):
    """What an auditor found and nobody has settled, of who answers for it and of auditors."""
    waiting = audit_words.waiting(account)
    return len(waiting), min((one.words[-1].at for one in waiting), default=None)


def unbooked(account, *, at):
    return missing.count(account), None


def admissions(account, *, at):
    return sum(applicants.count(fund) for fund in applicants.funds(account)), None


def claims(account, *, at):
    """Claims that the committee decides, that a second one confirms, or that a meeting looks at anew; a list counts as one."""
    funds = agendas.funds(account)
    lists = sum(len(batches.waiting(fund)) for fund in funds)
    return sum(claim_lists.waiting(fund) + len(claim_reviews.waiting(fund)) for fund in funds) + lists, None


def unclaimed(account, *, at):
    """Events of which the register tells and that nobody has claimed."""
    return len(forgotten.near(account, on=at.astimezone(BANGKOK).date())), None


def payments(account, *, at):
    """What was granted and waits to be paid, what is to be brought back, and what a payee says is not so."""
    doubted = payouts.doubts([one.voucher for one in unsigned.of(account)])
    return len(claim_payments.waiting(account)) + len(reclaims.waiting(account)) + len(doubted), None


def reopenings(account, *, at):
    """Funds whose payments are shut since this server was restored."""
    return len(reopening.shut(account)), None


def arrivals(account, *, at):
    return phones.attention(account, at=at)


def quarantine(account, *, at):
    return lines.count(account), None


def notices(account, *, at):
    return told.count(seen_by=account), told.since(seen_by=account)


def second_looks(account, *, at):
    return drawn.count(account, at=at), None


def reports(account, *, at):
    """Reports of units below that came and that nobody has accepted."""
    waiting = came.waiting_for(account)
    return len(waiting), min((one.at for one in waiting), default=None)
