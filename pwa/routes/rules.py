"""ระเบียบกองทุน: what each fund gives, for everybody to read and to print for the wall."""

from flask import Blueprint, abort, jsonify, request

from pwa.access import current_account, public
from pwa.domain import NotFound
from pwa.domain.fund import documents, plainly, rule_drafts, rule_proposals, versions
from pwa.domain.places import funds
from pwa.web import render, today

bp = Blueprint("rules", __name__, url_prefix="/rules")


@bp.get("")
@public
def index():
    proposed = rule_proposals.waiting_for(current_account()) if current_account() else []
    known = [(fund, in_force(versions.effective(fund))) for fund in funds.by_name()]
    return render("rules/index.html", funds=known, proposed=proposed)


@bp.get("/<string:form>.json")
@public
def schema(form):
    if form != documents.FORM:
        abort(404)
    response = jsonify(documents.schema())
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@bp.get("/<string:fund_code>")
@public
def show(fund_code):
    """The version of today, else the first that is to come; `?version=` names another."""
    fund = versions.fund_of(fund_code)
    known = versions.effective(fund)
    version = chosen(known)
    before = [one for one in known if version and one.version < version.version]
    previous = before[-1] if before else None
    made = version and versions.made(fund, version.version)
    return render(
        "rules/show.html",
        fund=fund,
        version=version,
        versions=known[::-1],
        is_now=version is in_force(known),
        resolution=made and made.resolution,
        may_draft=fund in (rule_drafts.funds(current_account()) if current_account() else ()),
        stays=bool(made and versions.staying(made)),
        previous=previous,
        told=plainly.told(version, previous) if version else [],
        dropped=plainly.dropped(version, previous) if version else [],
    )


def in_force(known):
    """The version of today among those of a fund; None before the first."""
    begun = [one for one in known if one.in_force_from <= today()]
    return begun[-1] if begun else None


def chosen(known):
    """The version that was asked for; NotFound for one that is not there. None where the fund has none."""
    asked = request.args.get("version", "")
    if not asked:
        return in_force(known) or next(iter(known), None)
    found = next((one for one in known if str(one.version) == asked), None)
    if found is None:
        raise NotFound
    return found
