"""บ้านที่ครอบคลุม: which houses of each place a fund covers, which not yet and why not; and the houses behind every number."""

from flask import Blueprint

from pwa.access import current_account, requires
from pwa.domain import N_, NotFound
from pwa.domain.fund import house_states
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.register import households
from pwa.i18n import gettext as _
from pwa.web import render, today

bp = Blueprint("coverage", __name__, url_prefix="/coverage")
VIEWERS = roles.may("see-households", "set-rules", "read-books")
GIVERS = roles.may("assign")
NAMES = {
    "covered": N_("Somebody is in a fund"),
    "other_fund": N_("In another fund"),
    "not": N_("Nobody is in a fund"),
    "unknown": N_("Nobody was met yet"),
}
"""What each state is called."""


@bp.get("")
@requires(*VIEWERS)
def index():
    found = house_states.counts(units.communities(current_account(), *VIEWERS), on=today())
    sums = {state: sum(one.states[state] for one in found) for state in house_states.STATES}
    mine = units.within(current_account(), *households.ROLES)
    bars = [(one.unit.name, list(one.states.values()), f"{one.houses:,}") for one in found]
    shown = [_(name) for name in NAMES.values()]
    return render("coverage/index.html", found=found, sums=sums, names=NAMES, mine=mine, bars=bars, shown=shown)


@bp.get("/<string:place>/<string:state>")
@requires(*households.ROLES)
def show(place, state):
    unit = units.get(place)
    if state not in NAMES or unit.id not in units.within(current_account(), *households.ROLES):
        raise NotFound
    return render(
        "coverage/show.html",
        unit=unit,
        state=state,
        name=NAMES[state],
        houses=house_states.houses(unit, state, on=today()),
        may_assign=unit.id in units.within(current_account(), *GIVERS),
    )
