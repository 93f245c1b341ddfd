"""What a fund tells everybody about its money: sums of closed months without names, and the number by which its sheet is known."""

from flask import Blueprint

from pwa.access import public
from pwa.domain.fund import closes, periods, public_figures, versions, year_closes
from pwa.web import render

bp = Blueprint("funds", __name__, url_prefix="/funds")


@bp.get("/<string:fund_code>")
@public
def show(fund_code):
    fund = versions.fund_of(fund_code)
    told = public_figures.of(fund)
    about = dict(fund=fund, told=told, fewest=public_figures.FEWEST)
    if told:
        about |= dict(last=closes.state(told.close), year=year_closes.last_done(fund))
    if told and told.sums:
        about |= dict(since=periods.year_of("fiscal", told.sums.close.through, None).first)
    return render("funds/show.html", **about)
