"""A fund's fiscal year closed: when all of its months are, treasurer and auditor sign the set of their hashes, as they sign a month.

The year is that of the state, from 1 October through 30 September, as the status form asks for it. What locks the books are the months;
the year says that these are all of them. A year begins with the first month that was closed here.
"""

import hashlib
from datetime import date, timedelta
from typing import NamedTuple

from peewee import fn

from db import database
from db.models import CloseSignature, MonthClose, YearClose, YearFall, YearSignature
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import account_books, closed_days, periods, reopenings, signed_twice
from pwa.domain.text import wording

DAY = timedelta(days=1)
NOTHING = N_("No year can be closed: a month of it is still open, or it waits for its second signature.")
FELL = N_("The second signature did not come within 72 hours, or was refused. The year is signed anew.")
CHANGED = N_("The months of this year are not what the treasurer signed. Tell whoever runs the system.")


class Due(NamedTuple):
    """A year that can be closed: its last day, and its months, [MonthClose]."""

    through: date
    months: list


def due(fund, *, at):
    """The Due that is next; None while a month of it is open, or it waits for its second signature."""
    signed = YearClose.select(fn.MAX(YearClose.through)).join(YearSignature)
    signed = signed.where(YearClose.fund == fund, YearSignature.turn == "auditor")
    closed = list(_closed(fund).where(MonthClose.through > fn.COALESCE(signed, date.min.isoformat())))
    year = closed and periods.year_of("fiscal", closed[0].through, None)
    months = [one for one in closed if one.through in year]
    if not months or months[-1].through != year.until - DAY:
        return None
    last = latest(fund)
    return None if last is not None and last.waits(at) else Due(year.until - DAY, months)


def begin(fund, through, *, by, device, at):
    """Fix the year and sign it as treasurer. The same twice is one."""
    with database.atomic():
        standing = latest(fund)
        if (
            standing
            and standing.close.through == through
            and standing.waits(at)
            and standing.signed["treasurer"].account_id == by.id
        ):
            return standing.close
        if fund.id not in {one.id for one in account_books.kept(by)}:
            raise NotFound
        ready = due(fund, at=at)
        if ready is None or ready.through != through:
            raise Refusal(NOTHING)
        reopenings.must_be_open(fund)
        let_fall(at=at)
        tries = YearClose.select().where(YearClose.fund == fund, YearClose.through == through).count()
        text = lines(ready.months)
        made = YearClose.create(fund=fund, through=through, n=tries + 1, months=text, set_hash=digest(text), at=at)
        YearSignature.create(close=made, turn="treasurer", account=by, device=device, at=at)
    return made


def sign(close, *, by, device, at):
    """The auditor's signature, on what the treasurer signed; the same twice is one. Raises Refusal."""
    with database.atomic():
        one = state(close)
        if one.is_done and one.signed["auditor"].account_id == by.id:
            return
        signed_twice.must_wait(one, at, FELL)
        reopenings.must_be_open(close.fund)
        why = signed_twice.objection(one, by, device=device)
        if why:
            raise Refusal(why)
        if lines(months(close)) != close.months or digest(close.months) != close.set_hash:
            raise Refusal(CHANGED)
        YearSignature.create(close=close, turn="auditor", account=by, device=device, at=at)


def decline(close, *, reason, by, at):
    """The auditor does not sign, for a reason that the treasurer reads. Raises Refusal."""
    reason = wording.said(reason, asked=signed_twice.WHY, field="reason", longest=signed_twice.LONGEST)
    with database.atomic():
        one = state(close)
        if one.fall is not None and one.fall.account_id == by.id:
            return
        signed_twice.must_wait(one, at, FELL)
        if not signed_twice.is_auditor(one, by):
            raise Refusal(signed_twice.NOT_YOURS)
        YearFall.create(close=close, account=by, reason=reason, at=at)


def let_fall(*, at):
    """Write down which years have waited for their second signature in vain."""
    signed_twice.let_fall(YearClose, YearSignature, YearFall, at=at)


def lines(closes):
    """What a year's hash is made of: a line a month, "2026-10" and the month's hash, parted by a space, each ended by a line feed."""
    return "".join(f"{one.through:%Y-%m} {one.set_hash}\n" for one in closes)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def months(close):
    """[MonthClose] of a year that was closed, the first one first."""
    year = periods.year_of("fiscal", close.through, None)
    return [one for one in _closed(close.fund) if one.through in year]


def find(number, *, seen_by):
    """The State of a year of a fund whose books this account reads. Raises NotFound."""
    found = YearClose.get_or_none(YearClose.id == number)
    if found is None or found.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return state(found)


def state(close):
    return _states([close])[0]


def of(fund):
    """[State] of a fund's years, the latest first."""
    return _states(YearClose.select().where(YearClose.fund == fund).order_by(YearClose.id.desc()))


def latest(fund):
    """The State of the last year that was begun, or None."""
    return next(
        iter(_states(YearClose.select().where(YearClose.fund == fund).order_by(YearClose.id.desc()).limit(1))), None
    )


def last_done(fund):
    """The State of the last year that both have signed, or None."""
    signed = YearClose.select().join(YearSignature).where(YearClose.fund == fund, YearSignature.turn == "auditor")
    return next(iter(_states(signed.order_by(YearClose.through.desc()).limit(1))), None)


def waiting(account, *, at):
    """[State] that wait for this account's signature as auditor."""
    funds = [fund.id for fund in account_books.funds(account)]
    found = YearClose.select().where(YearClose.fund.in_(funds), YearClose.at > at - closed_days.WAITS)
    found = list(found) and [one for one in _states(found.order_by(YearClose.id)) if one.waits(at)]
    return [one for one in found if signed_twice.is_auditor(one, account)]


def _states(query):
    return signed_twice.states(query, YearSignature, YearFall)


def _closed(fund):
    """Query: the months that both have signed, the first one first."""
    query = MonthClose.select().join(CloseSignature)
    return query.where(MonthClose.fund == fund, CloseSignature.turn == "auditor").order_by(MonthClose.through)
