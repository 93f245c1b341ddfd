"""How often somebody may be wrong. Failures count against the thing that was tried. A whole village shares one address: when
that floods us, only who is wrong again hears of it, and a good passkey or link opens as ever."""

import ipaddress
from datetime import timedelta

from db.models import FailedTry
from pwa.domain import N_, Refusal

WINDOW = timedelta(minutes=5)
PER_THING = 10
PER_ADDRESS = 100
HOUR = timedelta(hours=1)
WRONG_DIGITS = 20
KEPT = timedelta(days=2)
SENTENCE = N_("Too many tries. Wait five minutes and try again.")


class TooMany(Refusal):
    """Too many failures: the answer is 429, with the seconds to wait."""

    status = 429

    def __init__(self, message, until, at):
        super().__init__(message)
        self.retry_after = max(1, int((until - at).total_seconds()))


def check(kind, subject, *, at):
    """Refuse when this token or credential failed too often lately."""
    tries = _lately(at, WINDOW).where(FailedTry.kind == kind, FailedTry.subject == subject).count() if subject else 0
    if tries >= PER_THING:
        raise TooMany(SENTENCE, at + WINDOW, at)


def check_digits(*, at):
    """After 20 wrong tries in an hour on the whole server, eight digits are off for an hour; links go on working."""
    until = digits_off_until(at=at)
    if until:
        raise TooMany(
            N_("Digits are switched off for a while because too many wrong ones were typed. Use the QR code."),
            until,
            at,
        )


def fail(kind, subject, *, address, at):
    """Note one failure, and drop those too old to matter. Refuses further wrong tries of an address that floods us, unnoted."""
    if _lately(at, WINDOW).where(FailedTry.address == _network(address)).count() > PER_ADDRESS:
        raise TooMany(SENTENCE, at + WINDOW, at)
    note(kind, subject, address=address, at=at)


def note(kind, subject, *, address, at):
    """Note one failure, whatever its address did."""
    FailedTry.create(kind=kind, subject=subject, address=_network(address), at=at)
    FailedTry.delete().where(FailedTry.at < at - KEPT).execute()


def digits_off_until(*, at):
    """Until when digits are off, or None."""
    lock = digits_lock(at=at)
    return lock[1] if lock and at < lock[1] else None


def digits_lock(*, at):
    """(since, until) of the last time that wrong digits switched them off, for as long as the failures are kept; else None."""
    wrong = _lately(at, KEPT).where(FailedTry.kind == "digits")
    instants = [row.at for row in wrong.order_by(FailedTry.at)]
    since = None
    for first, last in zip(instants, instants[WRONG_DIGITS - 1 :], strict=False):
        if last - first <= HOUR:
            since = last
    return (since, since + HOUR) if since else None


def _lately(at, window):
    """The failures of so long; what a clock that was ahead dated after now counts for nothing, or it would for years."""
    return FailedTry.select().where(FailedTry.at > at - window, FailedTry.at <= at)


def _network(address):
    """An IPv4 address, or the /64 that one subscriber has of IPv6."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
