"""What a network tells everybody: its funds together by the quarter, and how anybody checks it."""

from flask import Blueprint

from pwa.access import public
from pwa.domain.network import figures, month_members, public_networks
from pwa.i18n import gettext as _
from pwa.web import render

bp = Blueprint("networks", __name__, url_prefix="/networks")


@bp.get("/<string:network>")
@public
def show(network):
    unit = public_networks.unit(network)
    return render(
        "networks/show.html",
        unit=unit,
        quarters=public_networks.quarters(network),
        reports=public_networks.reports(network),
        figures=[(one, _(figures.FIGURES[one].name)) for one in public_networks.SHOWN],
        fewest=public_networks.FEWEST,
        month=lambda period: month_members.days_of(period)[0],
    )
