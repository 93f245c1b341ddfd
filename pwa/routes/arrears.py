"""Who is behind with paying in the places that somebody looks after, in walking order, with what to say at the door; as a file and on paper."""

from datetime import timedelta

from flask import Blueprint, request
from flask_babel import gettext as _

from pwa import files
from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import arrears
from pwa.domain.fund.sentences import Satang
from pwa.web import render, today

bp = Blueprint("arrears", __name__, url_prefix="/arrears")
DAY = timedelta(days=1)


@bp.get("")
@requires(*arrears.READERS)
def index():
    code, asked = request.args.get("fund", ""), request.args.get("file")
    funds = [fund for fund in arrears.funds(current_account()) if code in ("", fund.code)]
    if code and not funds:
        raise NotFound
    found = [(fund, arrears.of(fund, current_account(), on=today())) for fund in funds]
    if asked in files.KINDS and found:
        return files.of(table(*found[0]), asked)
    name = "arrears/paper.html" if asked == "print" else "arrears/index.html"
    return render(name, found=found, on=today(), day=DAY)


def table(fund, owing):
    """The list as a table for a file."""
    headings = [
        _("Member number"),
        _("Member"),
        _("House"),
        _("Community"),
        _("Paid through"),
        _("Owes"),
        _("Rights hold through"),
    ]
    rows = []
    for one in owing:
        house, who = one.person.household, one.person
        name = f"{who.title or ''}{who.first_name} {who.last_name}"
        last = one.lapse_due_on and one.lapse_due_on - DAY
        at_home = house.number or house.description or ""
        rows.append(
            [one.membership.number, name, at_home, house.place.name, one.paid_through, Satang(one.satang), last]
        )
    return files.Table(f"ombun-arrears-{fund.code}-{today()}", fund.name, headings, rows)
