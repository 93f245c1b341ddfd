"""Where everybody finds what they may open: one table for the bottom of the screen, for what waits, and for the links at home."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from flask_babel import gettext as _

from pwa.access import my_roles
from pwa.domain import N_
from pwa.domain.desk import tasks
from pwa.domain.people.roles import MAY, may

MOST_TABS = 4
EVERYBODY = tuple(MAY)


class Line(NamedTuple):
    """`where` is tab, waits or link; `count(account, at=)` says how many wait there and since when.

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
    Line("waits", may("check", "oversee"), "/review", "review", N_("Entries to check"), tasks.review),
    Line("waits", may("admit"), "/admissions", "person", N_("Applicants for the committee"), tasks.admissions),
    Line("waits", may("see-custody"), "/board", "board", N_("Phones with missing entries"), tasks.arrivals),
    Line("waits", may("see-custody"), "/quarantine", "problem", N_("Entries that need a look"), tasks.quarantine),
    Line("waits", may("tell"), "/notices", "comment", N_("People to be told that their data is kept"), tasks.notices),
    Line("waits", may("look-again"), "/second-looks", "review", N_("Second looks, drawn by lot"), tasks.second_looks),
    Line("link", {"member"}, "/me", "rights", N_("My rights")),
    Line(
        "link", {*may("read-looks")} - {*may("look-again")}, "/second-looks", "review", N_("Second looks, drawn by lot")
    ),
    Line("link", may("record"), "/households", "household", N_("Households")),
    Line("link", may("assign"), "/assignments", "person", N_("Assignments of volunteers")),
    Line("link", may("see-custody"), "/custody", "sent", N_("What came in")),
    Line("link", may("manage"), "/accounts", "person", N_("People who work here")),
    Line("link", may("confirm"), "/accesses", "passkey", N_("Accesses to confirm")),
    Line("link", may("manage"), "/devices", "phone", N_("Phones")),
    Line("link", may("see-backups"), "/backups", "safe", N_("Backups")),
    Line("link", EVERYBODY, "/dictionary", "board", N_("What data is kept, and why")),
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
    """(address, icon, words) of what these roles may open beside that."""
    return [(line.address, line.icon, line.words) for line in _of("link", roles)]


def _of(where, roles):
    return [line for line in MENU if line.where == where and roles & {*line.roles}]
