"""A fund's report of a month: drafted from one reading, agreed to by two officers, signed with the fund's key, and made again at any time.

The rows behind each cell are kept sealed with the draft: they make the same bytes again, whatever was changed since.
"""

import json
from dataclasses import dataclass
from datetime import UTC

from db import database
from db.models import Account, Fund, ReportAgreement, ReportDraft, ReportIssue, Unit
from pwa.domain import N_, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import closed_days
from pwa.domain.network import attacking, figures, hiding, keys, month_figures, notes, report_files
from pwa.domain.people import hands, roles
from pwa.domain.places import units

SOFTWARE = "ombun-1"
AGREE = roles.may("agree-reports")
EARLIER = 24
"""So many earlier reports are laid beside a new one, to see whether together they tell of somebody."""
LATE = 20
"""From the day after this one of the month after, a month that is not closed is reported with its people alone."""
NOT_OVER = N_("%(period)s has not ended. A report is made of a month that is over.")
NO_PERIOD = N_("“%(period)s” is no month. Write it as year-month, for example 2026-10.")
OPEN = N_("The books of %(period)s are not closed. Until the 20th of the month after, the report waits for that.")
NOT_HERE = N_("This report was not made here.")
ANEW = N_("Something has changed since this draft was made. Make it anew, look at it, and sign that.")
SIGNED = N_("A report of %(period)s is signed already. What was wrong in it is restated, with a reason.")
NOTHING_WRONG = N_("There is no signed report of %(period)s to be restated.")
NOT_AN_OFFICER = N_("%(name)s is no officer of this fund who agrees to reports.")
ONE_PERSON = N_("Two people agree to a report, and neither opened the other's access.")
LEAK = N_("A small number could be found again by adding up: %(cell)s. Tell whoever runs the system.")


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
    """The State of a month's report: the signed one, the draft as it stands, or a new draft. Raises Refusal."""
    if not report_files.PERIOD.fullmatch(period):
        raise Refusal(NO_PERIOD, period=period)
    _, last = month_figures.days_of(period)
    if last >= today:
        raise Refusal(NOT_OVER, period=period)
    with database.atomic():
        signed = latest(fund, period)
        if restate and signed is None:
            raise Refusal(NOTHING_WRONG, period=period)
        if signed and not restate and _is_whole(signed):
            return signed
        header, cells, workings = _computed(fund, period, at=at, restates=signed.issue.sha256 if restate else "")
        standing = _drafts(fund, period).first()
        if standing is not None and _is_same(standing, header, cells):
            return state(standing)
        body = report_files.body(header, cells)
        sha256 = report_files.read(report_files.whole(body, [])).sha256
        sealed = sealing.seal_value(json.dumps(workings, separators=(",", ":")), _bound(sha256))
        about = dict(fund=fund, period=period, at=at, position=json.dumps(header["position"]))
        about |= dict(restates=header["restates"], reason=restate)
        draft = ReportDraft.create(sha256=sha256, body=body, workings=sealed, **about)
    return state(draft)


def sign(data, *, by, agreed, at, how):
    """Two officers agree to a draft (the bytes of its file), and the fund's key signs it; twice changes nothing. Its State."""
    draft = drafted(data)
    with database.atomic():
        now = state(draft)
        if now.issue is not None:
            return now
        fund = draft.fund
        signed = latest(fund, draft.period)
        if signed and _is_whole(signed) and not draft.restates:
            raise Refusal(SIGNED, period=draft.period)
        _must_be_closed(fund, draft, at)
        for turn, account in enumerate((by, agreed), 1):
            agree(draft, account, turn, at=at, how=how)
        return _issued(fund, draft, at)


def agree(draft, account, turn, *, at, how):
    """An officer of the fund agrees, as the first or the second; the second is somebody else."""
    held = {grant.role for grant in units.grants(account, *AGREE) if draft.fund.unit_id in units.below({grant.unit_id})}
    if not held:
        raise Refusal(NOT_AN_OFFICER, name=account.name)
    others = [one.account_id for one in draft.agreements]
    if account.id in others or (others and hands.are_tied(account.id, others)):
        raise Refusal(ONE_PERSON)
    role = next(role for role in AGREE if role in held)
    ReportAgreement.create(draft=draft, turn=turn, account=account, role=role, how=how, at=at)


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


def latest(fund, period):
    """The State of the last signed report of a month, or None."""
    issue = _issues(fund).where(ReportDraft.period == period).first()
    return state(issue.draft) if issue else None


def of(fund):
    """[State] of a fund's signed reports, the latest first."""
    return [state(issue.draft) for issue in _issues(fund)]


def workings(draft):
    """{cell: [[id, how much]]} from which a draft was counted, with the parts of its header ("header")."""
    return json.loads(sealing.open_value(draft.workings, _bound(draft.sha256)))


def recompute(report):
    """The body of a report made here, anew from its workings; its seq, prev, software, made_at, children and dictionary are taken over."""
    draft = drafted(report_files.whole(report.body, []))
    kept = workings(draft)
    taken = ("seq", "prev", "software", "made_at", "children", "dictionary", "agreed")
    header = kept["header"] | {name: report.header[name] for name in taken}
    return report_files.body(header, _cells(header, kept["cells"], _set(kept["small"])))


def deep(report):
    """[(figure, told, counted now)] of the exact figures that the rows up to the report's position do not give any more."""
    draft = drafted(report_files.whole(report.body, []))
    header = report.header
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
    is_closed = _is_closed(fund, period, at)
    due = figures.due(period, size)
    if not is_closed:
        due = {figure: cuts if figures.FIGURES[figure].unit == "people" else [] for figure, cuts in due.items()}
        due.pop("paid_people", None)
    month = month_figures.of(fund, period, due=due, size=size, before=_before(fund, period), with_money=is_closed)
    kept, small = _named(month, due, size), sorted(map(list, month.small))
    if not is_closed:
        kept |= {figure: None for figure in due if figures.FIGURES[figure].unit == "satang"}
    parent = fund.unit.network_parent
    header = {
        "agreed": [],
        "children": [],
        "class": size,
        "cuts": {figure: sorted(cuts) for figure, cuts in due.items()},
        "dictionary": figures.dictionary(due),
        "format": report_files.FORMAT,
        "groups": {cut: figures.groups_of(cut, size) for cuts in due.values() for cut in cuts},
        "keys": [],
        "level": "fund",
        "made_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "name": fund.name,
        "parent": parent.code if parent else "",
        "period": period,
        "position": month_figures.position(),
        "prev": "",
        "restates": restates,
        "seq": 0,
        "software": SOFTWARE,
        "suppression": report_files.SUPPRESSION,
        "unit": fund.code,
    }
    header = _without_leaks(header, kept, _set(small), _earlier(fund))
    return header, _cells(header, kept, _set(small)), {"header": header, "cells": kept, "small": small}


def _is_same(draft, header, cells):
    """Whether a draft tells what was computed now; when it was made, and how far was read, is no difference."""
    stood = report_files.read(report_files.whole(bytes(draft.body), [])).header
    same = {name: stood[name] for name in ("made_at", "position")}
    return report_files.body(header | same, cells) == bytes(draft.body)


def _set(small):
    return {tuple(one) for one in small}


def _named(month, due, size):
    """{"figure", "figure|cut|value": rows} of every cell that may be told."""
    found = {figure: month.cells[figure, "", ""].rows for figure in due}
    for figure, cuts in due.items():
        for cut in cuts:
            for value in figures.groups_of(cut, size):
                counted = month.cells.get((figure, cut, value))
                found[f"{figure}|{cut}|{value}"] = counted.rows if counted else []
    return found


def _cells(header, kept, small):
    """The cells that a header announces, out of the rows that were kept: told, zero, hidden or not known yet."""
    found = []
    for figure, cuts in header["cuts"].items():
        if kept[figure] is None:
            found.append(report_files.untold(figure, "not_closed"))
            continue
        found.append(report_files.told(figure, _sum(kept[figure])))
        for cut in cuts:
            numbers, hidden = _numbers(header, kept, figure, cut), _hidden(header, kept, small, figure, cut)
            for value, n in numbers.items():
                is_hidden = value in hidden
                cell = {"by": {cut: value}, "figure": figure, "s": "hidden"}
                found.append(cell if is_hidden else report_files.told(figure, n, cut, value))
    return found


def _sum(rows):
    return sum(row[1] for row in rows)


def _numbers(header, kept, figure, cut):
    return {value: _sum(kept[f"{figure}|{cut}|{value}"]) for value in header["groups"][cut]}


def _hidden(header, kept, small, figure, cut):
    """Which values of a cut are hidden; None where the cut cannot be told at all."""
    numbers = _numbers(header, kept, figure, cut)
    few = [value for value in numbers if (figure, cut, value) in small]
    if cut in figures.OPEN or not few:
        return set()
    if min(numbers.values()) < 0:
        return None
    return hiding.hidden(numbers, few) if figures.adds_up(figure, cut) else set(few)


def _without_leaks(header, kept, small, earlier):
    """The header without the cuts that would tell of somebody, alone or beside the earlier reports."""
    cuts = {
        figure: [
            cut for cut in cuts if kept[figure] is not None and _hidden(header, kept, small, figure, cut) is not None
        ]
        for figure, cuts in header["cuts"].items()
    }
    while True:
        named = sorted({cut for found in cuts.values() for cut in found})
        header = header | {"cuts": cuts, "groups": {cut: header["groups"][cut] for cut in named}}
        made = report_files.read(report_files.whole(report_files.body(header, _cells(header, kept, small)), []))
        leaks = {(one.cell[0], one.cell[1][0][0]) for one in attacking.attack([made], earlier) if one.is_leak}
        if not leaks:
            return header
        cuts = {figure: [cut for cut in found if (figure, cut) not in leaks] for figure, found in cuts.items()}


def _issued(fund, draft, at):
    """Number, sign and keep a draft to which two have agreed; its State."""
    row, private = keys.needed(fund.code)
    last = ReportIssue.select().where(ReportIssue.unit == fund.code).order_by(ReportIssue.seq.desc()).first()
    seq = max(last.seq + 1 if last else 1, row.from_seq)
    prev = last.sha256 if last and last.seq >= row.from_seq else row.prev or (last.sha256 if last else "")
    report = report_files.read(report_files.whole(bytes(draft.body), []))
    made_at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    header = report.header | {"seq": seq, "prev": prev, "made_at": made_at, "agreed": _roles(draft)}
    body = report_files.body(header, report.cells.values())
    signed = report_files.whole(body, [notes.line(keys.read(row.vkey), private, body)])
    made = report_files.read(signed)
    leaks = [one for one in attacking.attack([made], _earlier(fund)) if one.is_leak]
    if leaks:
        raise Refusal(LEAK, cell=report_files.called(leaks[0].cell))
    about = dict(unit=fund.code, seq=seq, prev=prev, sha256=made.sha256, file=signed, at=at)
    ReportIssue.create(draft=draft, **about)
    return state(draft)


def _roles(draft):
    return [one.role for one in draft.agreements.order_by(ReportAgreement.turn)]


def _must_be_closed(fund, draft, at):
    """A draft without its money goes out only once the month after is well under way, and only while the books are open."""
    report = report_files.read(report_files.whole(bytes(draft.body), []))
    if report.cells["contributed", ()]["s"] != "missing":
        return
    if _is_closed(fund, draft.period, at):
        raise Refusal(ANEW)
    _, last = month_figures.days_of(draft.period)
    if at < month_figures.ends(f"{last + month_figures.DAY:%Y-%m}").replace(day=LATE):
        raise Refusal(OPEN, period=draft.period)


def _is_closed(fund, period, at):
    """Whether both have signed the month's books."""
    through = closed_days.signed_through(fund)
    return through is not None and month_figures.days_of(period)[1] <= through


def _is_whole(signed):
    """Whether a signed report tells the month's money, too."""
    return report_files.read(bytes(signed.issue.file)).cells["contributed", ()]["s"] != "missing"


def _before(fund, period, draft=None):
    """The members that the report of the month before told, the latest signed one; None where there is none."""
    query = _issues(fund).where(ReportDraft.period == month_figures.month_before(period))
    if draft is not None:
        query = query.where(ReportIssue.at <= draft.at)
    issue = query.first()
    return report_files.read(bytes(issue.file)).number("members") if issue else None


def _earlier(fund):
    return [report_files.read(bytes(issue.file)) for issue in _issues(fund).limit(EARLIER)]


def _issues(fund):
    query = ReportIssue.select(ReportIssue, ReportDraft, Fund, Unit).join(ReportDraft).join(Fund).join(Unit)
    return query.where(ReportDraft.fund == fund).order_by(ReportIssue.seq.desc())


def _drafts(fund, period):
    query = ReportDraft.select(ReportDraft, Fund, Unit).join(Fund).join(Unit)
    return query.where(ReportDraft.fund == fund, ReportDraft.period == period).order_by(ReportDraft.id.desc())


def _bound(sha256):
    return f"report|{sha256}"
