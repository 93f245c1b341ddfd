"""Where everybody finds what they may open: one table for the bottom of the screen, for what waits, and for the links at home."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from pwa.access import my_roles
from pwa.domain import N_
from pwa.domain.desk import tasks
from pwa.domain.people.roles import MAY, may
from pwa.i18n import gettext as _

MOST_TABS = 4
EVERYBODY = tuple(MAY)
GROUPS = {"link": N_("People and houses"), "money": N_("Money of the fund"), "fund": N_("Rules, data and phones")}
"""Where the links at home stand, and the heading over each group of them."""


class Line(NamedTuple):
    """`where` is tab, waits or one of GROUPS; `count(account, at=)` says how many wait there and since when.

    What waits is shown with its count, also when that is nothing; a line for nobody's role only while something waits.
    """

    where: str
    roles: Collection[str]
    address: str
    icon: str
    words: str
    count: Callable = lambda account, at: (0, None)


MENU = (
    Line("tab", {*EVERYBODY} - {"member"}, "/", "home", N_("Home")),
    Line("tab", may("check", "decide-next"), "/review", "review", N_("To check")),
    Line("tab", may("admit"), "/admissions", "person", N_("Applicants")),
    Line("tab", may("check"), "/board", "board", N_("Complete or missing")),
    Line("tab", may("see-households"), "/households", "household", N_("Households")),
    Line("tab", may("manage"), "/accounts", "person", N_("People")),
    Line("tab", may("manage"), "/devices", "board", N_("Phones")),
    Line("tab", {"member"}, "/me", "rights", N_("My rights")),
    Line("tab", {"member"}, "/dictionary", "board", N_("My data")),
    Line("waits", (), "/role-starts", "person", N_("Roles that need a second officer"), tasks.role_starts),
    Line("waits", (), "/reissues", "passkey", N_("New access that needs your word"), tasks.reissues),
    Line("waits", (), "/accesses", "passkey", N_("Ask whether this access is theirs"), tasks.accesses),
    Line("waits", may("check-money"), "/collections", "receipt", N_("Receipts to check"), tasks.collections),
    Line("waits", may("collect-by-office"), "/handovers", "handover", N_("Cash to count and take"), tasks.handovers),
    Line("waits", may("keep-cash"), "/cash", "money", N_("Cash to be fetched"), tasks.cash_to_fetch),
    Line("waits", may("keep-books"), "/vouchers", "money", N_("Money to be given back"), tasks.refunds),
    Line("waits", may("keep-books"), "/unbooked", "problem", N_("Received, not in the books"), tasks.unbooked),
    Line("waits", may("sign-books"), "/undoings", "no", N_("To be undone in the books"), tasks.undoings),
    Line(
        "waits",
        may("sign-books"),
        "/office-changes",
        "handover",
        N_("The treasurer's office handed over"),
        tasks.office_changes,
    ),
    Line("waits", may("keep-books", "sign-books"), "/ledger/closes", "ledger", N_("Months to close"), tasks.closes),
    Line("waits", (), "/ledger/audits", "problem", N_("Findings of the auditor"), tasks.findings),
    Line("waits", may("check", "oversee"), "/review", "review", N_("Entries to check"), tasks.review),
    Line("waits", may("admit"), "/admissions", "person", N_("Applicants for the committee"), tasks.admissions),
    Line("waits", may("propose-claims"), "/meetings", "meeting", N_("Claims for the committee"), tasks.claims),
    Line(
        "waits",
        may("check", "propose-claims"),
        "/claims/unclaimed",
        "rights",
        N_("Benefits that nobody has claimed yet"),
        tasks.unclaimed,
    ),
    Line("waits", may("pay-claims"), "/payments", "money", N_("Granted, to be paid"), tasks.payments),
    Line("waits", (), "/rules", "rights", N_("A regulation that a second one confirms"), tasks.rule_proposals),
    Line("waits", (), "/reopenings", "problem", N_("Shut after a restore"), tasks.reopenings),
    Line("waits", may("see-custody"), "/board", "board", N_("Phones with missing entries"), tasks.arrivals),
    Line("waits", may("see-custody"), "/quarantine", "problem", N_("Entries that need a look"), tasks.quarantine),
    Line("waits", may("tell"), "/notices", "comment", N_("People to be told that their data is kept"), tasks.notices),
    Line("waits", may("look-again"), "/second-looks", "review", N_("Second looks, drawn by lot"), tasks.second_looks),
    Line("waits", may("agree-above"), "/network", "board", N_("Reports of the funds"), tasks.reports),
    Line("link", {"member"}, "/me", "rights", N_("My rights")),
    Line(
        "link", {*may("read-looks")} - {*may("look-again")}, "/second-looks", "review", N_("Second looks, drawn by lot")
    ),
    Line("link", may("record"), "/households", "household", N_("Households")),
    Line(
        "link",
        may("see-households", "set-rules", "read-books"),
        "/coverage",
        "household",
        N_("Houses that a fund covers"),
    ),
    Line("link", may("see-claims"), "/claims", "rights", N_("Claims of benefits")),
    Line("link", may("see-claims"), "/batches", "board", N_("Lists of what falls due by the calendar")),
    Line("money", may("collect-by-office"), "/collections/new", "money", N_("Take contributions")),
    Line("link", may("assign"), "/assignments", "person", N_("Assignments of volunteers")),
    Line("link", may("set-rules"), "/rights", "rights", N_("Members whose rights cannot be told yet")),
    Line("money", may("collect"), "/handovers", "handover", N_("My cash, and handing it over")),
    Line("money", may("collect"), "/handovers/new", "scan", N_("Cash from phone to phone, also without a signal")),
    Line("money", may("collect"), "/payouts/new", "draft", N_("Let a payee sign that the money came")),
    Line(
        "money",
        may("check-money", "check-voids", "see-money"),
        "/receipts/code",
        "scan",
        N_("Read the code of a receipt"),
    ),
    Line("money", may("keep-cash"), "/office-changes", "handover", N_("Hand over my office")),
    Line("money", may("see-money"), "/cash", "money", N_("Where the cash is")),
    Line("money", may("read-books"), "/ledger", "ledger", N_("The books of the fund")),
    Line("money", may("read-books"), "/ledger/reports", "board", N_("Reports")),
    Line("money", may("agree-reports", "agree-above"), "/month-reports", "sent", N_("Reports to the network")),
    Line("money", may("read-books"), "/ledger/statements", "bank", N_("The bank's statement")),
    Line("money", may("read-books"), "/ledger/closes", "safe", N_("Closed months")),
    Line("money", may("read-books"), "/ledger/audits", "review", N_("The auditor's desk")),
    Line("money", may("read-books"), "/vouchers", "receipt", N_("Vouchers")),
    Line("money", may("check-money", "read-books"), "/arrears", "person", N_("Who is behind with paying")),
    Line("fund", may("see-custody"), "/custody", "sent", N_("What came in")),
    Line("fund", may("manage"), "/accounts", "person", N_("People who work here")),
    Line("fund", may("manage"), "/funds/new", "add", N_("Found a fund")),
    Line("fund", may("confirm"), "/accesses", "passkey", N_("Accesses to confirm")),
    Line("fund", may("manage"), "/devices", "phone", N_("Phones")),
    Line("fund", may("see-backups"), "/backups", "safe", N_("Backups")),
    Line("fund", EVERYBODY, "/rules", "rights", N_("What the funds give: their regulations")),
    Line("fund", EVERYBODY, "/dictionary", "board", N_("What data is kept, and why")),
)


def nav_items():
    """(address, icon, word) for each place of this account, at most four; this phone is always the last."""
    mine = [(line.address, line.icon, _(line.words)) for line in _of("tab", my_roles())]
    return [*mine[: MOST_TABS - 1], ("/phone", "phone", _("This phone"))]


def waiting(account, roles, *, at):
    """(address, icon, words, count, since) for each room in which this account decides or acts, in the order of a working day."""
    found = []
    for line in (line for line in MENU if line.where == "waits" and (not line.roles or roles & {*line.roles})):
        count, since = line.count(account, at=at)
        if line.roles or count:
            found.append((line.address, line.icon, line.words, count, since))
    return found


def links(roles):
    """[(heading, [(address, icon, words)])] of what these roles may open beside that."""
    found = ((words, [line[2:5] for line in _of(where, roles)]) for where, words in GROUPS.items())
    return [(words, lines) for words, lines in found if lines]


def _of(where, roles):
    return [line for line in MENU if line.where == where and roles & {*line.roles}]
