"""What goes into one file about a closed year: the months as they were kept, their hashes, decisions without names, samples and findings.

Only rows that were there and never change are read, in the order of their ids: while nobody says more about a sample, and after a backup
was restored, the file is the same to the byte. Nobody is named; what auditors and treasurers wrote of a finding is as they wrote it.
"""

import io
import zipfile
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from db.models import Admission, Audit, Claim, ClaimAct, Membership, MembershipAct, Resolution, YearClose
from pwa.domain.custody import states
from pwa.domain.fund import audit_words, audits, claim_lists, year_closes
from pwa.domain.fund.sentences import Satang
from pwa.domain.text.dates import BANGKOK

DAY = timedelta(days=1)
NEVER = (1980, 1, 1, 0, 0, 0)
"""The time that every file in it bears: the earliest that a ZIP knows."""


class Decision(NamedTuple):
    """What a sitting resolved, or the registrar where `sitting` is None. `category`: of the status form, 1 to 15, of a claim; else None."""

    at: datetime
    sitting: Resolution | None
    kind: str
    said: str
    category: int | None = None
    satang: int | None = None


def months(close):
    """{"2026-10": the report of the month as it was kept with its close}, the first one first."""
    return {f"{one.through:%Y-%m}": one.report for one in year_closes.months(close)}


def decisions(close):
    """[Decision] written down in the days of the year."""
    return decided(close.fund, year_closes.months(close)[0].through.replace(day=1), close.through)


def decided(fund, since, through):
    """[Decision] that a fund wrote down from a day through another, in the order in which it did."""
    within = (_instant(since), _instant(through + DAY))
    rows = [*_claims(fund, within), *_admissions(fund, within), *_memberships(fund, within)]
    return [one for _, one in sorted(rows, key=lambda row: row[0])]


def samples(close):
    """[(Audit, Period, [Seen])] of the year and its months, in the order in which they were drawn."""
    kept = {one.id for one in year_closes.months(close)}
    rows = Audit.select().where(Audit.fund == close.fund).order_by(Audit.id)
    mine = [one for one in rows if one.month_id in kept or _is_of(one, close)]
    return [(one, audits.period_of(one), audit_words.of(one)) for one in mine]


def packed(files):
    """The bytes of a ZIP of these files, {name: bytes}, in the order of their names: nothing in it tells when or where it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(files):
            about = zipfile.ZipInfo(name, NEVER)
            about.create_system, about.external_attr = 3, 0o644 << 16
            bundle.writestr(about, files[name])
    return out.getvalue()


def _claims(fund, within):
    acts = ClaimAct.select(ClaimAct, Resolution).join(Resolution)
    acts = acts.where(Resolution.fund == fund, ClaimAct.kind.in_(("grant", "refuse")), _in(ClaimAct, within))
    acts = list(acts.order_by(ClaimAct.id))
    named = {
        row.claim.id: row.benefit for row in claim_lists.rows(Claim.id.in_([one.claim_id for one in acts]), most=None)
    }
    for one in acts:
        benefit = named.get(one.claim_id)
        about = (benefit.category if benefit else None, Satang(one.amount_satang or 0))
        yield (one.at, 0, one.id), Decision(one.at, one.resolution, "claim", one.kind, *about)


def _admissions(fund, within):
    rows = Admission.select(Admission, Resolution).left_outer_join(Resolution)
    rows = rows.where(Admission.fund == fund, _in(Admission, within), states.standing(Admission))
    for one in rows.order_by(Admission.id):
        said = "admit" if one.accepted else "not_admit"
        yield (one.at, 1, one.id), Decision(one.at, one.resolution, "admission", said)


def _memberships(fund, within):
    rows = MembershipAct.select(MembershipAct, Resolution).left_outer_join(Resolution).switch(MembershipAct)
    rows = rows.join(Membership).where(Membership.fund == fund, _in(MembershipAct, within))
    for one in rows.order_by(MembershipAct.id):
        yield (one.at, 2, one.id), Decision(one.at, one.resolution, "membership", one.kind)


def _in(model, within):
    return (model.at >= within[0]) & (model.at < within[1])


def _is_of(audit, close):
    return audit.year_id is not None and YearClose.get_by_id(audit.year_id).through == close.through


def _instant(day):
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)
