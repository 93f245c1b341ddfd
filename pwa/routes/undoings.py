"""What the treasurer wants undone, each with its reason, until the auditor has signed or refused it."""

from flask import Blueprint, request, url_for

from pwa import papers
from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import undoings
from pwa.domain.people import roles
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("undoings", __name__, url_prefix="/undoings")
SIGNERS = roles.may("sign-books")


@bp.get("")
@requires(*SIGNERS)
def index():
    found = [
        (one, undoings.voucher_of(one), undoings.objection(one, current_account()))
        for one in undoings.waiting(current_account())
    ]
    return render("undoings/index.html", waiting=found, act=papers.act)


@bp.post("/<int:undoing_id>/answer")
@requires(*SIGNERS)
@without_key
def answer(undoing_id):
    undoing, said = undoings.find(undoing_id, seen_by=current_account()), request.form.get("agrees")
    if said not in ("yes", "no"):
        raise NotFound
    undoings.answer(undoing, agrees=said == "yes", by=current_account(), at=now(), on=today())
    return done(url_for("undoings.index"))
