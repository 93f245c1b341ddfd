"""The reports of one's own fund, network or province, month by month: drafted, agreed to by two on devices of their own, signed.

The first word keeps the very draft; the second one, while no row that it reads has changed since, signs it with the unit's key.
"""

import base64
from typing import NamedTuple

from db import database
from db.models import Fund, ReportDraft
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.network import figures, month_members, parent_reports, report_files, reports, signing
from pwa.domain.network.reports import State

READERS = (*signing.AGREE, *signing.ABOVE)
MONTHS = 6
SLIP = "ombun-slip@1"
LONGEST_SLIP = 400
GONE_ON = N_("A newer draft of this month is there. Look at that one.")


class Own(NamedTuple):
    """A unit whose reports somebody agrees to, and [(month, State or None)] of the last months that are over, the newest first."""

    code: str
    name: str
    months: list[tuple[str, State | None]]


def own(account, *, today):
    """[Own] of this account, by name."""
    newest = month_members.month_before(f"{today:%Y-%m}")
    periods = [newest]
    while len(periods) < MONTHS:
        periods.append(month_members.month_before(periods[-1]))
    return [
        Own(code, name, [(one, standing(code, one)) for one in periods]) for code, name in signing.units_of(account)
    ]


def standing(code, period):
    """The State of the signed report of a month, else of its last draft, else None."""
    signed = reports.latest(code, period)
    query = ReportDraft.select().where(ReportDraft.unit == code, ReportDraft.period == period)
    last = query.order_by(ReportDraft.id.desc()).first()
    newer = last is not None and signed is not None and last.id > signed.draft.id
    return reports.state(last) if last and (signed is None or newer) else signed


def make(code, period, *, by, at, today):
    """The State of a month: the signed report, the draft as it stands, or a new draft. Raises NotFound, Refusal."""
    _must_be_own(code, by)
    fund = Fund.get_or_none(Fund.code == code)
    verb, whose = (reports.make, fund) if fund else (parent_reports.make, code)
    return verb(whose, period, at=at, today=today)


def find(code, period, *, seen_by):
    """The State of a month of a unit that this account agrees to reports of. Raises NotFound where it has none."""
    _must_be_own(code, seen_by)
    found = standing(code, period)
    if found is None:
        raise NotFound
    return found


def agree(state, *, by, at, today):
    """An officer agrees to this very draft; the second one's word signs it. Twice changes nothing. → State

    Raises Refusal where it is not the draft that would be made now, and for whoever may not be the second.
    """
    draft = state.draft
    now = make(
        draft.unit, draft.period, by=by, at=at, today=today
    )  # stays where it is a newer one: it is what the refusal speaks of
    if now.draft.id != draft.id:
        raise Refusal(GONE_ON)
    with database.atomic():
        now = reports.state(draft)
        if now.issue is not None or by.id in [one.account_id for one in now.agreed]:
            return now
        return signing.agree_one(draft, by, at=at, how="page")


def slip(issue):
    """A report in one line for a QR code beside its print: unit, month, number, hash, the monthly figures in the table's order, signature.

    It announces the report, and is never accepted in its place.
    """
    report = report_files.read(bytes(issue.file))
    told = ",".join("" if (n := report.number(code)) is None else str(n) for code in figures.MONTHLY)
    [signature, *_] = report.signatures
    signed = base64.b64encode(signature.id + signature.bytes).decode()
    parts = (SLIP, issue.unit, issue.draft.period, str(issue.seq), issue.sha256, told, signed)
    line = "|".join(parts)
    return line if len(line) <= LONGEST_SLIP else "|".join((*parts[:5], "", signed))


def _must_be_own(code, account):
    if code not in dict(signing.units_of(account)):
        raise NotFound
