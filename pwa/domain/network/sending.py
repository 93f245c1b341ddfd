"""Signed reports on their way to the unit above: its address is typed once, each report is tried until it is there, every try is a row.

What the other side answers is told in one sentence; after a no of theirs it is tried again only when an officer says so. A redirect
is never followed: what was typed is where it goes.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

from db import database
from db.models import ParentAddress, ReportDraft, ReportIssue, ReportSending
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.network import signing
from pwa.domain.people import roles

SENDERS = roles.may("agree-reports", "agree-above")
AT_ONCE, LATELY = 5, 24
"""So many reports at most in one round; so many of a unit are shown."""
HOUR, DAY, HOURLY = timedelta(hours=1), timedelta(days=1), 48
"""A report is tried each hour, so many times; from then on each day."""
NEAR = ("localhost", "127.0.0.1")
"""Only within a machine it goes unencrypted."""
ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+)(:(?P<port>[1-9][0-9]{0,4}))?")
LONGEST = 200
PATH = "/reports"
NO_ADDRESS = N_("Write the address as https://name, without anything after it.")
NOT_REFUSED = N_("This report was not refused. It goes by itself.")
THERE = ("waiting", "known")
"""States in which it has arrived."""
FINAL = ("fork", "unsigned", "too_large", "not_a_report")
"""They say no, and will tomorrow: until an officer asks for another try, or types another address, nothing is sent."""
AGAIN = "again"
"""Not a try: an officer asks for one."""
STATES = {
    "waiting": N_("Sent; it waits there to be accepted."),
    "known": N_("Sent; it was there already."),
    "fork": N_("Refused: there is another report with its number. Call them."),
    "unsigned": N_("Refused: they do not know the key yet. Read them its eight groups of digits."),
    AGAIN: N_("It is tried again within ten minutes."),
    "too_many": N_("Too many reports in one day. It is tried again."),
    "too_large": N_("Refused: the file is too large."),
    "not_a_report": N_("Refused: they cannot read it. One of the two needs a newer version."),
    "elsewhere": N_("The address leads elsewhere, which is not followed. Type where it ends."),
    "stranger": N_("At this address something else answers, not Ombun. Look at the address."),
    "unreachable": N_("Nobody answers there now. It is tried again."),
}
ANSWERS = {
    202: THERE,
    409: ("fork",),
    403: ("unsigned",),
    413: ("too_large",),
    422: ("not_a_report",),
    429: ("too_many",),
}
"""{status: the states that may come with it}."""


@dataclass(frozen=True)
class Way:
    """A unit that one may send for, its ParentAddress or None, and [(ReportIssue, its last ReportSending or None)], the newest first."""

    unit: str
    name: str
    address: ParentAddress | None
    issues: list


def ways(account):
    """[Way] of the funds, networks and provinces for which this account agrees to reports, by name."""
    return [Way(unit, name, address_of(unit), _lately(unit)) for unit, name in signing.units_of(account)]


def write(unit, text, *, by, at):
    """Where the reports of a unit (its code) go from now on. Raises NotFound for a unit that is not theirs, Refusal for no address."""
    if unit not in dict(signing.units_of(by)):
        raise NotFound
    url = _read(text)
    known = address_of(unit)
    return known if known and known.url == url else ParentAddress.create(unit=unit, url=url, account=by, at=at)


def ask_again(sha256, *, by, at):
    """An officer has a report tried once more that was refused; twice is once. Raises NotFound for one that is not theirs, Refusal for
    one that was not refused.
    """
    issue = ReportIssue.get_or_none(ReportIssue.sha256 == sha256)
    if issue is None or issue.unit not in dict(signing.units_of(by)):
        raise NotFound
    with database.atomic():
        last, address = _last(issue), address_of(issue.unit)
        if last is None or last.state not in (*FINAL, AGAIN):
            raise Refusal(NOT_REFUSED)
        if last.state != AGAIN:
            ReportSending.create(issue=issue, address=address, state=AGAIN, at=at)


def address_of(unit):
    """The last ParentAddress that was typed for a unit, or None."""
    return ParentAddress.select().where(ParentAddress.unit == unit).order_by(ParentAddress.id.desc()).first()


def send_due(post, *, at):
    """Try what is due, the oldest first; `post(url, bytes)` gives (status, bytes), or raises OSError. How many were tried."""
    tried = 0
    for unit in sorted({unit for (unit,) in ParentAddress.select(ParentAddress.unit).tuples()}):
        address = address_of(unit)
        for issue in _unsent(unit):
            if tried == AT_ONCE:
                return tried
            if _is_due(issue, address, at):
                state = _sent(post, address.url + PATH, issue)
                with database.atomic():
                    ReportSending.create(issue=issue, address=address, state=state, at=at)
                tried += 1
                if state == "unreachable":
                    break
    return tried


def _read(text):
    """The address as it is kept: scheme, host and port alone."""
    text = text.strip().rstrip("/")
    parts = ADDRESS.fullmatch(text)
    is_far = parts is not None and parts["scheme"] == "https"
    if not (is_far or (parts and parts["host"] in NEAR)) or len(text) > LONGEST or int(parts["port"] or 1) > 65535:
        raise Refusal(NO_ADDRESS, field="url")
    return text


def _lately(unit):
    query = ReportIssue.select(ReportIssue, ReportDraft).join(ReportDraft).where(ReportIssue.unit == unit)
    return [(issue, _last(issue)) for issue in query.order_by(ReportIssue.seq.desc()).limit(LATELY)]


def _last(issue):
    return ReportSending.select().where(ReportSending.issue == issue).order_by(ReportSending.id.desc()).first()


def _unsent(unit):
    arrived = ReportSending.select(ReportSending.issue).where(ReportSending.state.in_(THERE))
    return list(
        ReportIssue.select().where(ReportIssue.unit == unit, ReportIssue.id.not_in(arrived)).order_by(ReportIssue.seq)
    )


def _is_due(issue, address, at):
    """Never tried at this address, asked for anew, or long enough ago and not refused."""
    tries = ReportSending.select().where(ReportSending.issue == issue, ReportSending.address == address)
    last = tries.order_by(ReportSending.id.desc()).first()
    if last is None or last.state == AGAIN:
        return True
    return last.state not in FINAL and at - last.at >= (HOUR if tries.count() < HOURLY else DAY)


def _sent(post, url, issue):
    """The state that a try ended in."""
    try:
        status, answer = post(url, bytes(issue.file))
    except (OSError, ValueError):
        return "unreachable"
    if 300 <= status < 400:
        return "elsewhere"
    try:
        said = json.loads(answer)
        state = said["state"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "unreachable" if status >= 500 else "stranger"
    is_ours = state not in THERE or said.get("sha256") == issue.sha256
    return state if isinstance(state, str) and state in ANSWERS.get(status, ()) and is_ours else "stranger"
