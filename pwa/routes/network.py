"""The room of a network and of a province: what came of the units below, what differs, what is late. No person, no entry."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.network import comparing, differences, figures, month_members, overview, receiving, report_files
from pwa.domain.network.report_shapes import PERIOD
from pwa.fund_words import said
from pwa.i18n import gettext as _
from pwa.i18n import thai_month_short
from pwa.keyless import without_key
from pwa.server.bodies import ROOM_FOR_A_FORM, takes
from pwa.web import done, now, render, today

SHOWN = ("members", "contributed", "paid_out", "cash_and_bank")
COLUMNS = ("members_before", "joined", "left", "members", "contributed", "other_income", "paid_out", "expenses", "cash_and_bank",
           "arrears")  # fmt: skip
"""The month's sheet of a network's meeting, in the order in which it is read out."""
bp = Blueprint("network", __name__, url_prefix="/network")


@bp.get("")
@requires(*overview.READERS)
def index():
    parents = overview.of(current_account(), SHOWN, on=today())
    told, due = [(code, _(figures.FIGURES[code].name)) for code in SHOWN], overview.last_due(today())
    return render(
        "network/index.html",
        parents=[(one, comparing.moved(one.unit.code, due), odd(one, due), charts(one)) for one in parents],
        due=due,
        figures=told,
        month=month,
    )


@bp.get("/<string:network>/<string:period>")
@requires(*overview.READERS)
def sheet(network, period):
    """The month of all funds below on one page of paper, for the network's meeting."""
    unit = overview.own(network, seen_by=current_account())
    if not PERIOD.fullmatch(period):
        raise NotFound
    rows = comparing.month(unit.code, period)
    told = [(code, _(figures.FIGURES[code].name), figures.FIGURES[code].unit) for code in COLUMNS]
    sums = {code: [one[code] for *_, one in rows if one.get(code) is not None] for code in COLUMNS}
    return render("network/sheet.html", unit=unit, period=period, rows=rows, figures=told, sums=sums, month=month)


@bp.get("/reports/<string:report_hash>")
@requires(*overview.READERS)
def show(report_hash):
    received, acceptance = overview.find(report_hash, seen_by=current_account())
    report, before = report_files.read(bytes(received.file)), receiving.before(received)
    words = differences.words(report_files.read(bytes(before.file)), report) if before else []
    about = dict(acceptance=acceptance, before=before, words=list(map(said, words)), month=month)
    about |= dict(is_forked=not acceptance and receiving.is_forked(received))
    about |= dict(figures=[(one.code, _(one.name), one.unit) for one in figures.FIGURES.values()])
    return render("network/show.html", received=received, report=report, **about)


@bp.post("/reports/<string:report_hash>")
@requires(*overview.READERS)
@without_key
def accept(report_hash):
    received, _ = overview.find(report_hash, seen_by=current_account())
    receiving.accept(received, account=current_account(), how="page", at=now())
    return done(url_for("network.index"))


@bp.post("/reports")
@requires(*overview.READERS)
@without_key
@takes(report_files.LARGEST + ROOM_FOR_A_FORM)
def bring():
    """A report that came by stick, mail or chat."""
    file = request.files.get("file")
    received = overview.bring(file.read() if file else b"", by=current_account(), at=now())
    return done(url_for("network.show", report_hash=received.sha256))


def odd(parent, due):
    """[(name of the unit, name of the figure, what it ended with, what it begins with, its unit)] of a month's contradictions."""
    names = {one.code: one.name for one in parent.children}
    known = figures.FIGURES
    return [
        (names.get(one.unit, one.unit), _(known[one.figure].name), one.ended, one.begins, known[one.figure].unit)
        for one in comparing.contradictions(parent.unit.code, due)
    ]


def charts(parent):
    """The months in which every fund told a figure, the oldest first: members, and what was put in beside what was paid out."""
    months = list(reversed(parent.periods))

    def whole(period, code):
        n, told, many = parent.sums[period, code]
        return n if many and told == many else None

    money = [
        (thai_month_short(month(one)), [whole(one, code) for code in ("contributed", "paid_out")]) for one in months
    ]
    return {
        "members": [(thai_month_short(month(one)), whole(one, "members")) for one in months],
        "money": [row for row in money if None not in row[1] and any(row[1])],
    }


def month(period):
    """The first day of a month ("2026-10")."""
    return month_members.days_of(period)[0]
