"""The room of a network and of a province: what came of the units below, what differs, what is late. No person, no entry."""

from flask import Blueprint, url_for

from pwa.access import current_account, requires
from pwa.domain.network import differences, figures, month_members, overview, receiving, report_files
from pwa.fund_words import said
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.web import done, now, render, today

SHOWN = ("members", "contributed", "paid_out", "cash_and_bank")
bp = Blueprint("network", __name__, url_prefix="/network")


@bp.get("")
@requires(*overview.READERS)
def index():
    parents = overview.of(current_account(), SHOWN, on=today())
    told = [(code, _(figures.FIGURES[code].name)) for code in SHOWN]
    return render("network/index.html", parents=parents, due=overview.last_due(today()), figures=told, month=month)


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


def month(period):
    """The first day of a month ("2026-10")."""
    return month_members.days_of(period)[0]
