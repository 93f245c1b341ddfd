"""The checker's queue and one entry of it: approve, return with a word at each field, reject with a reason, or undo that; one's own also at once."""

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from pwa.access import current_account, requires
from pwa.domain.custody import blobs
from pwa.domain.desk import retelling
from pwa.domain.people import roles
from pwa.domain.register import members
from pwa.domain.review import counter_decisions, queues, review, sheet_keys, sheets, slips
from pwa.keyless import without_key
from pwa.routes.collections import address_of
from pwa.web import done, now, render

bp = Blueprint("review", __name__, url_prefix="/review")
CHECKERS = roles.may("check", "oversee")
DECIDERS = tuple(dict.fromkeys((*CHECKERS, *roles.may("check-money", "check-voids"))))


@bp.get("")
@requires(*CHECKERS)
def index():
    view = request.args.get("view", "waiting")
    view = view if view in queues.VIEWS else "waiting"
    queue = queues.of(current_account(), at=now(), view=view, page=request.args.get("page", 1, int), order=order())
    about = dict(queue=queue, beside=request.args.get("beside"), at=now())
    fragment = "review/_beside.html" if about["beside"] else None
    return render("review/index.html", fragment, decided=slips.last(current_account(), at=now()), **about)


@bp.get("/<uuid:entry_id>")
@requires(*DECIDERS)
def show(entry_id):
    sheet, decided = sheets.of(entry_id, current_account(), at=now()), slips.last(current_account(), at=now())
    members.view_house(sheet.one.opening.subject, by=current_account(), at=now(), purpose="review")
    about = dict(waiting=queues.counts(current_account(), at=now()), order=None if order() == "risk" else order())
    about["sheet_at"] = sheet_page(sheet.one.row)
    return render("review/show.html", sheet=sheet, item=sheet.item, decided=decided, at=now(), **about)


@bp.get("/<uuid:entry_id>/photos/<string(length=64):sha256>")
@requires(*DECIDERS)
def photo(entry_id, sha256):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    return jpeg(entry, sha256)


@bp.post("/<uuid:entry_id>/approval")
@requires(*DECIDERS)
@without_key
def approve(entry_id):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    about = dict(choices=named("choice."), reason=request.form.get("reason", ""), turn=turn())
    review.approve(entry, by=current_account(), at=now(), **about)
    return done(next_page(entry))


@bp.post("/<uuid:entry_id>/return")
@requires(*DECIDERS)
@without_key
def send_back(entry_id):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    about = dict(reason=request.form.get("reason", ""), comments=named("comment."), turn=turn())
    review.send_back(entry, by=current_account(), at=now(), **about)
    return done(next_page(entry))


@bp.post("/<uuid:entry_id>/rejection")
@requires(*DECIDERS)
@without_key
def reject(entry_id):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    about = dict(reason=request.form.get("reason", ""), heard=request.form.get("heard", ""), turn=turn())
    review.reject(entry, by=current_account(), at=now(), **about)
    return done(next_page(entry))


@bp.post("/<uuid:entry_id>/counter-decision")
@requires(*DECIDERS)
@without_key
def undo(entry_id):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    counter_decisions.undo(entry, by=current_account(), at=now(), reason=request.form.get("reason", ""), turn=turn())
    return done(url_for("review.show", entry_id=entry_id))


@bp.post("/<uuid:entry_id>/slip")
@requires(*DECIDERS)
@without_key
def take_back(entry_id):
    entry = review.get(entry_id, seen_by=current_account(), at=now())
    slips.take_back(entry, by=current_account(), at=now(), turn=turn())
    return done(url_for("review.show", entry_id=entry_id, order=None if order() == "risk" else order()))


def turn():
    """The turn of decisions that the reader saw; None from a form without it."""
    return request.form.get("turn", type=int)


def named(prefix):
    """{path: text} of the form fields that begin with this."""
    return {name.removeprefix(prefix): text for name, text in request.form.items() if name.startswith(prefix)}


def next_page(entry):
    """The sheet of a receipt; else the next entry of the queue, or the queue when nothing is left to decide."""
    if sheet := sheet_page(entry):
        return sheet
    following = queues.next_after(entry, current_account(), at=now(), order=order())
    kept = None if order() == "risk" else order()
    if following is None:
        return url_for("review.index", order=kept)
    return url_for("review.show", entry_id=following.entry_id, order=kept)


def sheet_page(entry):
    """Where the receipt that an entry tells is looked at with the others of its sheet; None for an entry of another kind."""
    key = sheet_keys.of_entry(entry)
    return key and address_of(key)


def order():
    """The order that the reader chose, kept in the address from page to page."""
    chosen = request.args.get("order", "risk")
    return chosen if chosen in queues.ORDERS else "risk"


def jpeg(entry, sha256):
    """A picture that this entry names, opened for this answer only."""
    kid = sheets.picture(entry, sha256)
    if kid is None:
        raise NotFound
    return blobs.picture(sha256, kid, retelling.sealer(entry)), 200, {"Content-Type": "image/jpeg"}
