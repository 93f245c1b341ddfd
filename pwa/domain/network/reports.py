"""A fund's report of a month: drafted from one reading, agreed to by two officers, signed with the fund's key, and made again at any time.

The rows behind each cell are kept sealed with the draft: they make the same bytes again, whatever was changed since.
"""

import json
from dataclasses import dataclass
from datetime import UTC

from db import database
from db.models import Account, ReportAgreement, ReportDraft, ReportIssue
from pwa.domain import N_, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import closed_days
from pwa.domain.network import (
    drafting,
    figures,
    month_figures,
    month_members,
    parents,
    receiving,
    report_files,
    report_shapes,
)
from pwa.domain.places import units

SOFTWARE = "ombun-1"
EARLIER = 24
"""So many earlier reports are laid beside a new one, to see whether together they tell of somebody."""
NOT_OVER = N_("%(period)s has not ended. A report is made of a month that is over.")
NO_PERIOD = N_("“%(period)s” is no month. Write it as year-month, for example 2026-10.")
NOT_HERE = N_("This report was not made here.")
NOTHING_WRONG = N_("There is no signed report of %(period)s to be restated.")


@dataclass(frozen=True)
class State:
    """A draft with what became of it: who agreed, in turn, and its ReportIssue or None."""

    draft: ReportDraft
    agreed: list
    issue: ReportIssue | None

    @property
    def file(self):
        """The bytes of the file."""
        return bytes(self.issue.file) if self.issue else report_files.whole(bytes(self.draft.body), [])


def make(fund, period, *, at, today, restate=""):
    """The State of a fund's report of a month: the signed one, the draft as it stands, or a new draft. Raises Refusal."""

    def computed(restates):
        return _computed(fund, period, at=at, restates=restates)

    return keep(fund.code, period, computed, at=at, today=today, restate=restate, fund=fund)


def keep(unit, period, computed, *, at, today, restate="", fund=None):
    """The same for any unit: `computed`, given the hash of a report that is restated or "", gives (header, cells, workings)."""
    if not report_shapes.PERIOD.fullmatch(period):
        raise Refusal(NO_PERIOD, period=period)
    _, last = month_members.days_of(period)
    if last >= today:
        raise Refusal(NOT_OVER, period=period)
    with database.atomic():
        signed = latest(unit, period)
        if restate and signed is None:
            raise Refusal(NOTHING_WRONG, period=period)
        if signed and not restate and is_whole(signed):
            return signed
        header, cells, workings = computed(signed.issue.sha256 if restate else "")
        standing = _drafts(unit, period).first()
        if standing is not None:
            if drafting.is_same(bytes(standing.body), header, cells):
                return state(standing)
            header = drafting.after(bytes(standing.body), header)
        body = report_files.body(header, cells)
        sha256 = report_files.read(report_files.whole(body, [])).sha256
        sealed = sealing.seal_value(json.dumps(workings, separators=(",", ":")), _bound(sha256))
        about = dict(unit=unit, fund=fund, period=period, at=at, position=json.dumps(header["position"]))
        about |= dict(restates=header["restates"], reason=restate)
        draft = ReportDraft.create(sha256=sha256, body=body, workings=sealed, **about)
    return state(draft)


def drafted(data):
    """The ReportDraft whose body, or signed report, these bytes are. Raises Refusal where it was not made here."""
    try:
        sha256 = report_files.read(data).sha256
    except report_files.NotAReport:
        raise Refusal(report_files.NOT_ONE) from None
    found = ReportDraft.get_or_none(ReportDraft.sha256 == sha256)
    issue = ReportIssue.get_or_none(ReportIssue.sha256 == sha256)
    if found is None and issue is None:
        raise Refusal(NOT_HERE)
    return found or issue.draft


def state(draft):
    """The State of a draft."""
    agreed = ReportAgreement.select(ReportAgreement, Account).join(Account)
    agreed = list(agreed.where(ReportAgreement.draft == draft).order_by(ReportAgreement.turn))
    return State(draft, agreed, ReportIssue.get_or_none(ReportIssue.draft == draft))


def latest(unit, period):
    """The State of the last signed report of a month, or None."""
    issue = _issues(unit).where(ReportDraft.period == period).first()
    return state(issue.draft) if issue else None


def of(unit):
    """[State] of a unit's signed reports, the latest first."""
    return [state(issue.draft) for issue in _issues(unit)]


def workings(draft):
    """{cell: [[id, how much]]} from which a draft was counted, with the parts of its header ("header")."""
    return json.loads(sealing.open_value(draft.workings, _bound(draft.sha256)))


def recompute(report):
    """The body of a report made here, anew from its workings; its seq, prev, software, made_at, children and dictionary are taken over."""
    draft = drafted(report_files.whole(report.body, []))
    kept = workings(draft)
    taken = ("seq", "prev", "software", "made_at", "children", "dictionary", "agreed")
    header = kept["header"] | {name: report.header[name] for name in taken}
    if header["children"]:
        named = receiving.by_hash(one["sha256"] for one in header["children"])
        return report_files.body(header, parents.summed(named, kept["of"])[2])
    return report_files.body(header, drafting.cells(header, kept["cells"], _set(kept["small"])))


def deep(report):
    """[(figure, told, counted now)] of the exact figures that the rows up to the report's position do not give any more."""
    draft = drafted(report_files.whole(report.body, []))
    header = report.header
    if draft.fund is None:
        return []
    limits, due = header["position"], {figure: [] for figure in header["cuts"]}
    before = _before(draft.fund, draft.period, draft)
    with_money = report.cells["contributed", ()]["s"] != "missing"
    about = dict(due=due, size=header["class"], before=before, limits=limits, with_money=with_money)
    month = month_figures.of(draft.fund, draft.period, **about)
    found = []
    for figure in due:
        told = report.number(figure)
        counted = month.cells[figure, "", ""].n
        if told is not None and told != counted and figure != "arrears":
            found.append((figure, told, counted))
    return found


def _computed(fund, period, *, at, restates):
    """(header, cells, workings) of a month as it is now."""
    size = month_figures.size_class(fund, period)
    with_money = is_closed(fund, period, at)
    due = figures.due(period, size)
    if not with_money:
        due = {figure: cuts if figures.FIGURES[figure].unit == "people" else [] for figure, cuts in due.items()}
        due.pop("paid_people", None)
    month = month_figures.of(fund, period, due=due, size=size, before=_before(fund, period), with_money=with_money)
    kept, small = drafting.named(month, due, size), sorted(map(list, month.small))
    if not with_money:
        kept |= {figure: None for figure in due if figures.FIGURES[figure].unit == "satang"}
    about = dict(at=at, parent=units.reports_to(fund.unit, month_members.days_of(period)[1]), level="fund", size=size)
    header = head(fund.code, fund.name, period, **about)
    header |= {
        "cuts": {figure: sorted(cuts) for figure, cuts in due.items()},
        "dictionary": figures.dictionary(due),
        "groups": {cut: figures.groups_of(cut, size) for cuts in due.values() for cut in cuts},
        "position": month_figures.position(),
        "restates": restates,
    }
    header = drafting.without_leaks(header, kept, _set(small), earlier(fund.code))
    return header, drafting.cells(header, kept, _set(small)), {"header": header, "cells": kept, "small": small}


def head(unit, name, period, *, at, parent, level, size):
    """The header of a draft, without its cells."""
    return {
        "agreed": [],
        "children": [],
        "class": size,
        "format": report_shapes.FORMAT,
        "keys": [],
        "level": level,
        "made_at": at.astimezone(UTC).strftime(drafting.INSTANT),
        "name": name,
        "parent": parent,
        "period": period,
        "prev": "",
        "seq": 0,
        "software": SOFTWARE,
        "suppression": report_shapes.SUPPRESSION,
        "unit": unit,
    }


def _set(small):
    return {tuple(one) for one in small}


def is_closed(fund, period, at):
    """Whether both have signed the month's books."""
    through = closed_days.signed_through(fund)
    return through is not None and month_members.days_of(period)[1] <= through


def is_whole(signed):
    """Whether a signed report tells all that it can: the month's money, and of a parent every child."""
    cells = report_files.read(bytes(signed.issue.file)).cells
    return all(cell["s"] not in ("missing", "part") for cell in cells.values())


def _before(fund, period, draft=None):
    """The members that the report of the month before told, the latest signed one; None where there is none."""
    query = _issues(fund.code).where(ReportDraft.period == month_members.month_before(period))
    if draft is not None:
        query = query.where(ReportIssue.at <= draft.at)
    issue = query.first()
    return report_files.read(bytes(issue.file)).number("members") if issue else None


def earlier(unit):
    """[Report] that a unit signed last."""
    return [report_files.read(bytes(issue.file)) for issue in _issues(unit).limit(EARLIER)]


def _issues(unit):
    query = ReportIssue.select(ReportIssue, ReportDraft).join(ReportDraft)
    return query.where(ReportIssue.unit == unit).order_by(ReportIssue.seq.desc())


def _drafts(unit, period):
    query = ReportDraft.select().where(ReportDraft.unit == unit, ReportDraft.period == period)
    return query.order_by(ReportDraft.id.desc())


def _bound(sha256):
    return f"report|{sha256}"
