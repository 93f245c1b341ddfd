"""The paper behind a line of the books: what a transaction was, in words, what its paper is called, and where it opens."""

from flask import url_for
from flask_babel import gettext

from pwa.domain import N_
from pwa.domain.fund import vouchers

UNDONE = " undone"
OTHER = N_("Other act")
ACTS = {
    "receipt": N_("Received from who paid"),
    "approved": N_("Checked: income of the fund"),
    "rejected": N_("Not approved"),
    "void": N_("Void"),
    "replaced": N_("Replaced by another receipt"),
    "admitted": N_("Admitted: what was paid in advance"),
    "refused": N_("Not admitted: to be given back"),
    "fund_pays": N_("The fund pays for a member"),
    "handover": N_("Handed over"),
    "handover closed": N_("Nobody waits for its receipts any longer"),
    "difference": N_("A difference settled by a meeting"),
    "opening": N_("What the books began with"),
    "bank line": N_("Arrived in the bank"),
    "unexplained": N_("Came in, nobody knows from whom"),
    "riddle solved": N_("It is known whose it is"),
    **vouchers.KINDS,
}
"""{kind of a transaction: what it is}."""
OF_RECEIPTS = ("receipt", "approved", "rejected", "void", "replaced", "kept")
"""The first part of a source that a receipt's book and number follow."""

OF_HANDOVERS = ("handover", "closed")
"""The same, of the entry of a hand-over."""


def act(kind):
    """What a transaction is, in the reader's words; one that is undone says so."""
    words = gettext(ACTS.get(kind.removesuffix(UNDONE), OTHER))
    return gettext("Undone: %(act)s", act=words) if kind.endswith(UNDONE) else words


def name(source):
    """What the paper of a source is called: a receipt's book and number; nothing for an act without one."""
    parts = source.removeprefix("undone/").split("/")
    if parts[0] == "voucher":
        return gettext("Voucher %(n)s", n=parts[1])
    if parts[0] in OF_HANDOVERS:
        return gettext("Hand-over")
    return "/".join(parts[1:3]) if parts[0] in OF_RECEIPTS and len(parts) > 2 else ""


def address(fund_code, source):
    """Where the paper opens; None where it has no page."""
    parts = source.removeprefix("undone/").split("/")
    if parts[0] == "voucher":
        return url_for("vouchers.show", fund_code=fund_code, n=parts[1])
    if parts[0] in OF_HANDOVERS:
        return url_for("handovers.show", entry_id=parts[1])
    if name(source):
        return url_for("receipts.show", fund_code=fund_code, book=parts[1], no=parts[2])
    return None
