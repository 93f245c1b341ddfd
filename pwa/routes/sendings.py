"""Reports on their way to the unit above: where they go, and what became of each."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.network import month_members, sending
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("sendings", __name__, url_prefix="/sendings")


@bp.get("")
@requires(*sending.SENDERS)
def index():
    words = {state: _(text) for state, text in sending.STATES.items()}
    about = dict(ways=sending.ways(current_account()), words=words, there=sending.THERE, final=sending.FINAL)
    return render("sendings/index.html", month=lambda period: month_members.days_of(period)[0], **about)


@bp.post("")
@requires(*sending.SENDERS)
@without_key
def write():
    sending.write(request.form.get("unit", ""), request.form.get("url", ""), by=current_account(), at=now())
    return done(url_for("sendings.index"))


@bp.post("/<string:report_hash>/attempt")
@requires(*sending.SENDERS)
@without_key
def attempt(report_hash):
    """Another try for a report that was refused."""
    sending.ask_again(report_hash, by=current_account(), at=now())
    return done(url_for("sendings.index"))
