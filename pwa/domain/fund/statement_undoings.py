"""What was said of a bank's line by mistake is taken back: a row with the reason, and what it had booked is reversed.

Only while the month is open in which it was booked; a closed month is put right by what comes after it (fund.md §5).
"""

from db import database
from db.models import Account, LedgerTransaction, StatementMatch, StatementRiddle, StatementUndoing
from pwa.domain import N_, Refusal
from pwa.domain.fund import closed_days, ledger, statements
from pwa.domain.text import wording

LONGEST = 300
WHY = N_("Write why it was wrong.")
NOTHING = N_("Nothing is said of this line that could be taken back. Open the page anew.")
CLOSED = N_(
    "The month of this is closed, or waits for the auditor. What was wrong in it is put right by a voucher of an open month."
)


def undo(line, said_id, reason, *, by, at, on):
    """Take back what is said of a line last: its match, else that it is kept open; `said_id` is the row that was read, ("match", 7).

    The same twice is one. Raises Refusal.
    """
    reason = wording.said(reason, asked=WHY, field="reason", longest=LONGEST)
    with database.atomic():
        before = _undone(said_id)
        if before is not None:
            return before
        match, riddle = statements.said(StatementMatch, line), statements.said(StatementRiddle, line)
        standing = name_of(match, riddle)
        if standing is None or standing != said_id:
            raise Refusal(NOTHING)
        closed = closed_days.through(line.ledger_account.fund, at)
        moved = _moved(match, riddle)
        if closed is not None and (moved.posted_on if moved else line.on) <= closed:
            raise Refusal(CLOSED)
        about = dict(occurred_on=on, on=on, at=at, actor=by.id)
        reversal = moved and ledger.reverse(
            moved, kind=f"{moved.kind} undone", source=f"undone/{moved.source}", **about
        )
        told = {"match": match} if match else {"riddle": riddle}
        return StatementUndoing.create(**told, reversal=reversal, reason=reason, account=by, at=at)


def name_of(match, riddle):
    """("match" or "riddle", its id) of what is said last of a line; None where nothing is."""
    return ("match", match.id) if match else ("riddle", riddle.id) if riddle else None


def of(lines):
    """{line's id: [StatementUndoing]} of these lines, in order."""
    found, numbers = {}, [one.id for one in lines]
    query = StatementUndoing.select(StatementUndoing, StatementMatch, StatementRiddle, Account).join(Account)
    query = (
        query.switch(StatementUndoing)
        .left_outer_join(StatementMatch)
        .switch(StatementUndoing)
        .left_outer_join(StatementRiddle)
    )
    about = StatementMatch.line.in_(numbers) | StatementRiddle.line.in_(numbers)
    for one in query.where(about).order_by(StatementUndoing.id):
        found.setdefault((one.match or one.riddle).line_id, []).append(one)
    return found


def _undone(said_id):
    kind, number = said_id
    column = StatementUndoing.match if kind == "match" else StatementUndoing.riddle
    return StatementUndoing.get_or_none(column == number)


def _moved(match, riddle):
    """The transaction that is taken back; None where a match moved nothing: both sides were in the bank already."""
    if match is None:
        return statements.last_booking(riddle)
    if match.booking_id is not None:
        return match.booking
    if riddle is None:
        return None
    return LedgerTransaction.get_or_none(LedgerTransaction.reverses == statements.last_booking(riddle))
