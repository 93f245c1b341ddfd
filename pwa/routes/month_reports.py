"""A month's report to the network, from draft to file: two officers read it, see what an outsider could infer, and agree one by one."""

from flask import Blueprint, request, url_for

from pwa import files
from pwa.access import current_account, requires
from pwa.domain import N_, NotFound
from pwa.domain.network import attacking, figures, month_members, month_reports, report_files, reports
from pwa.domain.people import enrolments
from pwa.i18n import gettext as _
from pwa.web import done, now, render, today

bp = Blueprint("month_reports", __name__, url_prefix="/month-reports")
READERS = month_reports.READERS


@bp.get("")
@requires(*READERS)
def index():
    return render("month_reports/index.html", own=month_reports.own(current_account(), today=today()), month=month)


@bp.post("/<string:unit>/<string:period>")
@requires(*READERS)
def make(unit, period):
    month_reports.make(unit, period, by=current_account(), at=now(), today=today())
    return done(url_for("month_reports.show", unit=unit, period=period))


@bp.get("/<string:unit>/<string:period>")
@requires(*READERS)
def show(unit, period):
    state = month_reports.find(unit, period, seen_by=current_account())
    if request.args.get("file") == "report" and state.issue:
        return files.plain(f"{unit}-{period}.ombun-report", state.file, "text/plain")
    report = report_files.read(state.file)
    about = dict(state=state, report=report, month=month, unit=unit, period=period, figures=told())
    if request.args.get("file") == "print" and state.issue:
        slip = month_reports.slip(state.issue)
        return render("month_reports/paper.html", qr=enrolments.qr(slip), **about)
    ranges = attacking.attack([report], reports.earlier(unit))
    seen = [(called(one.cell), one.least, one.most) for one in ranges]
    mine = current_account().id in [one.account_id for one in state.agreed]
    return render("month_reports/show.html", ranges=seen, mine=mine, **about)


@bp.post("/<string:unit>/<string:period>/agreement")
@requires(*READERS)
def agree(unit, period):
    """To the very draft that was on the screen: `sha256` names it."""
    state = month_reports.find(unit, period, seen_by=current_account())
    if state.draft.sha256 != request.form.get("sha256"):
        raise NotFound
    month_reports.agree(state, by=current_account(), at=now(), today=today())
    return done(url_for("month_reports.show", unit=unit, period=period))


def called(cell):
    """A cell of a group in words: the figure and whom of it."""
    figure, [(cut, value)] = cell
    words = figures.CUTS[cut].values.get(value) or (N_("not known") if value == "unknown" else value)
    return f"{_(figures.FIGURES[figure].name)} · {_(figures.CUTS[cut].name)}: {_(words)}"


def told():
    return [(one.code, _(one.name), one.unit) for one in figures.FIGURES.values()]


def month(period):
    """The first day of a month ("2026-10")."""
    return month_members.days_of(period)[0]
