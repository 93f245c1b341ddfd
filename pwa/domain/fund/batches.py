"""Lists of what falls due by the calendar: the rules are asked of every member, and who stands on the list is a claim like any other.

Key is (benefit, person, period), and the period's first day counts; a meeting decides on the list, and each line is paid by itself.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import fn

from db import database
from db.models import Account, Batch, BatchLine, Claim, ClaimStanding, Fund
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import claim_lists, claim_payments, claim_states, claims, deaths, due_people, due_periods, rulings
from pwa.domain.fund.due_claims import is_by_calendar, payload_of
from pwa.domain.fund.terms import Benefit
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.text import thai, wording

WRITERS = roles.may("propose-claims")
READERS = claim_states.READERS
PAGE = 40
"""So many lines of a list are on a page."""
NOBODY = N_("Nobody is to be put on this list.")
CHANGED = N_("The list has changed since you looked at it. Look at it again, then write it.")
OTHER_CONTENT = N_("This was sent already, with other content. Open the page anew.")
WHY_OUT = N_("Write why it is taken off the list.")
DECIDED = N_("A meeting has decided about this already. The list stays as it was decided.")


@dataclass(frozen=True)
class Line:
    """Somebody on a list: the claim, its one payment once it is granted, and whether they have died."""

    row: claim_lists.Row
    payment: claim_payments.Payment | None
    is_dead: bool

    @property
    def claim(self) -> Claim:
        return self.row.claim

    @property
    def state(self) -> str:
        return self.row.standing.state

    @property
    def n(self) -> int:
        """The number of its last act."""
        return len(self.row.standing.acts)

    @property
    def is_due(self) -> bool:
        return bool(self.payment and self.payment.state in claim_payments.OPEN)


def falling_due(fund: Fund, *, on: date) -> list[Benefit]:
    """The benefits of the regulation in force on a day that fall due by the calendar."""
    version = rulings.of(fund, on).version
    return [one for one in version.benefits.values() if is_by_calendar(one)] if version else []


def benefit_of(fund: Fund, code: str, first: date, *, on: date) -> Benefit:
    """A benefit of which a list may be written for the period that begins on `first`. Raises NotFound."""
    found = _that_day(fund, code, first, on)
    if found is None:
        raise NotFound
    return found


def periods(fund: Fund, benefit: Benefit, *, on: date) -> list[date]:
    """The first days of the periods of which a list may be written: the regulation of that day gives the benefit, too."""
    return [first for first in due_periods.begun(benefit, on=on) if _that_day(fund, benefit.code, first, on)]


def _that_day(fund: Fund, code: str, first: date, on: date) -> Benefit | None:
    found = next((one for one in falling_due(fund, on=first) if one.code == code), None)
    return found if found and first in due_periods.begun(found, on=on) else None


def begin(
    fund: Fund, benefit: Benefit, first: date, *, seen: str, batch_id: uuid.UUID, by: Any, at: datetime, on: date
) -> Batch:
    """Write the list as it was seen (`mark`): each on it becomes a claim that waits for the meeting. The same command again is the same list."""
    with database.atomic():
        there = Batch.get_or_none(Batch.id == batch_id)
        if there is not None:
            if (there.fund_id, there.first, there.account_id, code_of(there)) != (fund.id, first, by.id, benefit.code):
                raise Refusal(OTHER_CONTENT)
            return there
        listed = [one for one in due_people.candidates(fund, benefit, first, on=on) if one.is_on]
        if not listed:
            raise Refusal(NOBODY)
        if mark(listed) != seen:
            raise Refusal(CHANGED)
        said = sealing.seal_value(benefit.code, f"batch|{batch_id}")
        made = Batch.create(id=batch_id, fund=fund, first=first, said=said, account=by, at=at)
        for one in listed:
            payload = payload_of(fund.code, benefit.code, one.person, one.on)
            claim = Claim.get_or_none(Claim.id == claims.id_of(fund.code, payload))
            claim = claim or claims.begun(fund, payload, at=at)
            BatchLine.create(batch=made, claim=claim)
            claims.act(claim, "certify", by=by, at=at)
        return made


def mark(listed: Iterable[due_people.Candidate]) -> str:
    """Names a list as it is shown: who stands on it, and with how much."""
    told = sorted(f"{one.person.id} {one.on} {one.satang}" for one in listed)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def code_of(batch: Batch) -> str:
    """The code of the benefit that a list is about."""
    return sealing.open_value(batch.said, f"batch|{batch.id}")


def of(account: Any) -> list[Batch]:
    """The lists of the funds that this account looks after, the newest first."""
    query = Batch.select(Batch, Fund, Account).join(Fund).switch(Batch).join(Account)
    return list(query.where(Fund.unit.in_(units.within(account, *READERS))).order_by(Batch.at.desc(), Batch.id))


def get(batch_id: uuid.UUID, *, seen_by: Any, may: Iterable[str] = READERS) -> Batch:
    """A list of a fund within the reach of these roles. Raises NotFound."""
    query = Batch.select(Batch, Fund, Account).join(Fund).switch(Batch).join(Account)
    found = query.where(Batch.id == batch_id, Fund.unit.in_(units.within(seen_by, *may))).first()
    if found is None:
        raise NotFound
    return found


def title_of(batch: Batch, ruling: Callable[[Fund, date], rulings.Ruling] = rulings.of) -> Benefit | None:
    """The benefit of a list, by the version of its first day."""
    version = ruling(batch.fund, batch.first).version
    found = version.benefits.get(code_of(batch)) if version else None
    return found if found and is_by_calendar(found) else None


def titles(held: Iterable[Batch]) -> list[tuple[Batch, Benefit | None]]:
    """[(list, its benefit)], the versions of each fund read once."""
    ruling = rulings.by_day()
    return [(one, title_of(one, ruling)) for one in held]


def lines(batch: Batch) -> list[Line]:
    """Everybody on a list that is the last one they stand on, by the name of the member."""
    later = BatchLine.alias()
    newer = later.select(later.id).where(later.claim == BatchLine.claim, later.id > BatchLine.id)
    mine = BatchLine.select(BatchLine.claim).where(BatchLine.batch == batch, ~fn.EXISTS(newer))
    rows = claim_lists.rows(Claim.id.in_(mine), most=None)
    dead = deaths.among(row.claim.person for row in rows)
    found = [Line(row, next(iter(claim_payments.of(row)), None), row.claim.person in dead) for row in rows]
    return sorted(found, key=lambda one: (one.row.person.sort_key if one.row.person else "", str(one.claim.id)))


def page(
    listed: list[Line], shows: Callable[[Line], bool] = lambda one: True, *, after: str = "", words: str = ""
) -> tuple[list[Line], str]:
    """(a page of those of these lines that it shows and whose name has these words, the key after which the next page begins, "" on the
    last). The key is a line's own, so that nobody is left out who stands there while others are paid.
    """
    at = next((n for n, one in enumerate(listed, start=1) if str(one.claim.id) == after), 0)
    asked = thai.clean(words)
    found = [one for one in listed[at:] if shows(one) and asked in _name_of(one)]
    return found[:PAGE], str(found[PAGE - 1].claim.id) if len(found) > PAGE else ""


def _name_of(one: Line) -> str:
    person = one.row.person
    return f"{person.title}{person.first_name} {person.last_name}" if person else ""


def line(batch: Batch, claim_id: uuid.UUID) -> Line:
    """One of them. Raises NotFound."""
    found = next((one for one in lines(batch) if one.claim.id == claim_id), None)
    if found is None:
        raise NotFound
    return found


def payment(batch: Batch, claim_id: uuid.UUID) -> claim_payments.Payment:
    """What somebody on a list is paid. Raises NotFound while nothing is granted to them."""
    found = line(batch, claim_id).payment
    if found is None:
        raise NotFound
    return found


def pay(payment: claim_payments.Payment, *, by: Any, at: datetime, **about: Any) -> Any:
    """Pay somebody who stands at the table: taken up and paid in one, as `claim_payments.pay` does it. The Voucher."""
    with database.atomic():
        now = claim_payments.now_of(payment)
        if now.state == "due":
            claim_payments.hold(now, by=by, at=at)
        elif now.voucher and now.voucher.command_id != about["command_id"]:
            raise Refusal(claims.NOT_NOW)
        return claim_payments.pay(payment, by=by, at=at, **about)


def waiting(fund: Fund) -> list[Batch]:
    """The lists of a fund on which a meeting has still to decide about somebody, the oldest first."""
    open_ones = ClaimStanding.select(ClaimStanding.claim).where(
        ClaimStanding.fund == fund, ClaimStanding.state.in_(claim_states.OPEN)
    )
    named = BatchLine.select(BatchLine.batch).where(BatchLine.claim.in_(open_ones))
    query = Batch.select(Batch, Fund, Account).join(Fund).switch(Batch).join(Account)
    return list(query.where(Batch.fund == fund, Batch.id.in_(named)).order_by(Batch.at, Batch.id))


def leave_out(batch: Batch, claim_id: uuid.UUID, *, reason: str, by: Any, at: datetime) -> None:
    """Take somebody off a list on which nobody has decided; they may stand on a later one. The same twice changes nothing."""
    reason = wording.said(reason, asked=WHY_OUT, field="reason")
    with database.atomic():
        one = claims.of(line(batch, claim_id).claim)
        if one.state == "withdrawn":
            return
        if not claim_states.may_follow("withdraw", one.state):
            raise Refusal(DECIDED)
        claims.act(one.claim, "withdraw", by=by, at=at, said=reason)


def by_batch(payments: Iterable[claim_payments.Payment]) -> dict[uuid.UUID, list[claim_payments.Payment]]:
    """{list: its payments} of those that stand on one."""
    known = {one.claim.id: one for one in payments}
    found: dict[uuid.UUID, list[claim_payments.Payment]] = {}
    rows = BatchLine.select(BatchLine.batch, BatchLine.claim).where(BatchLine.claim.in_(list(known)))
    last = {claim: batch for batch, claim in rows.order_by(BatchLine.id).tuples()} if known else {}
    for claim, batch in last.items():
        found.setdefault(batch, []).append(known[claim])
    return found
