"""Proof of life: what falls due by the calendar is paid only with the word of who saw the payee, and on which day (fund.md §6, Batches).

The list was decided on some day; who saw them before that day says nothing about whether they lived to be paid.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from db.models import Account, Sighting, Voucher
from pwa.domain import N_, Refusal
from pwa.domain.fund import due_claims
from pwa.domain.text import wording

LONGEST = 100
WHO = N_("Write who has seen the payee alive.")
WHEN = N_("Enter the day on which they were seen.")
LATER = N_("They were seen on a day after this one was paid. Check both days.")
EARLIER = N_("They were seen before the meeting decided on the list. Have somebody see them again, or let them come.")


class Seen(NamedTuple):
    """As it was typed."""

    by: str = ""
    on: date | None = None


def must_be_said(payment: Any, seen: Seen | None, *, paid_on: date) -> Seen | None:
    """What is kept with the voucher; None where this payment asks for nobody's word. Raises Refusal at the field."""
    if due_claims.line_of(payment.claim) is None:
        return None
    name = wording.said(seen.by if seen else "", asked=WHO, field="seen_by", longest=LONGEST)
    on = seen.on if seen else None
    if on is None:
        raise Refusal(WHEN, field="seen_on")
    if on > paid_on:
        raise Refusal(LATER, field="seen_on")
    if on < payment.resolution.resolved_on:
        raise Refusal(EARLIER, field="seen_on")
    return Seen(name, on)


def keep(voucher: Voucher, seen: Seen | None, *, by: Any, at: datetime) -> None:
    """Write it beside the voucher."""
    if seen is not None:
        Sighting.create(voucher=voucher, seen_by=seen.by, seen_on=seen.on, account=by, at=at)


def of(voucher: Voucher) -> Sighting | None:
    """Who saw the payee of a voucher, where somebody said so."""
    return Sighting.select(Sighting, Account).join(Account).where(Sighting.voucher == voucher).first()
