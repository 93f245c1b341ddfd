"""The treasurer's office handed over: the list of what lies where, and the signatures of who leaves, who comes and the auditor."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain.fund import account_books, office_changes
from pwa.domain.people import roles
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("office_changes", __name__, url_prefix="/office-changes")
LEAVERS = roles.may("keep-cash")
READERS = roles.may("keep-cash", "sign-books")


@bp.get("")
@requires(*READERS)
def index():
    fund, account = account_books.fund_for(current_account(), request.args.get("fund", "")), current_account()
    about = dict(waiting=office_changes.waiting(account), changes=office_changes.of(fund))
    if my_roles() & {*LEAVERS}:
        about["choices"] = [(one.id, one.name) for one in office_changes.candidates(fund, account)]
        about |= dict(cash=office_changes.inside(fund, account), banks=office_changes.banks(fund))
    return render("office_changes/index.html", fund=fund, **about)


@bp.post("/<string:fund_code>")
@requires(*LEAVERS)
@without_key
def begin(fund_code):
    fund = account_books.kept_for(current_account(), fund_code)
    about = dict(by=current_account(), at=now(), on=today())
    made = office_changes.begin(fund, request.form.get("coming", ""), **about)
    return done(url_for("office_changes.show", change_id=made.id))


@bp.get("/<int:change_id>")
@requires(*READERS)
def show(change_id):
    found = office_changes.find(change_id, seen_by=current_account())
    turn = office_changes.turn_of(found.change, current_account())
    may_sign = turn is not None and turn not in found.signed
    kept = office_changes.kept_by(found.change.fund, found.change.leaving)
    return render("office_changes/show.html", found=found, fund=found.change.fund, may_sign=may_sign, branches=kept)


@bp.post("/<int:change_id>/signature")
@requires(*READERS)
@without_key
def sign(change_id):
    found = office_changes.find(change_id, seen_by=current_account())
    office_changes.sign(found.change, by=current_account(), at=now())
    return done(url_for("office_changes.show", change_id=change_id))
