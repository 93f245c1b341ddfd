"""Receipts to be checked, sheet by sheet: the clean ones of a sheet in one act, the others one by one."""

import uuid
from datetime import date

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import handovers
from pwa.domain.people import roles
from pwa.domain.review import collection_sheets, sheet_approvals, sheet_keys, waiting_sheets
from pwa.domain.review.sheet_keys import Key
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("collections", __name__, url_prefix="/collections")
CHECKERS = roles.may("check-money")


@bp.get("")
@requires(*CHECKERS)
def index():
    return render(
        "collections/index.html", sheets=waiting_sheets.of(current_account(), at=now()), address_of=address_of
    )


@bp.get("/<uuid:entry_id>")
@requires(*CHECKERS)
def show_handover(entry_id):
    return shown(key_of_handover(entry_id))


@bp.post("/<uuid:entry_id>/approval")
@requires(*CHECKERS)
@without_key
def approve_handover(entry_id):
    return decided(key_of_handover(entry_id))


@bp.get("/<string:fund_code>/<string:hand>/<string:day>")
@requires(*CHECKERS)
def show(fund_code, hand, day):
    return shown(key_of(fund_code, hand, day))


@bp.post("/<string:fund_code>/<string:hand>/<string:day>/approval")
@requires(*CHECKERS)
@without_key
def approve(fund_code, hand, day):
    return decided(key_of(fund_code, hand, day))


def decided(key):
    """Every receipt that was chosen answers: where one was not approved, the sheet says which and why."""
    chosen = [entry_id(said) for said in request.form.getlist("entry")]
    approved, refused = sheet_approvals.approve_clean(key, chosen, by=current_account(), at=now(), on=today())
    return shown(key, approved=approved, refused=refused) if refused else done(address_of(key))


def shown(key, **answers):
    sheet = collection_sheets.of(key, current_account(), at=now(), on=today())
    return render(
        "collections/show.html", sheet=sheet, address=address_of(key), total=collection_sheets.total, **answers
    )


def address_of(key):
    """The address of a sheet."""
    if key.handover is not None:
        return url_for("collections.show_handover", entry_id=key.handover)
    return url_for("collections.show", fund_code=key.fund, hand=key.hand, day=key.day.isoformat())


def key_of_handover(entry_id):
    handover = handovers.named(entry_id)
    if handover is None:
        raise NotFound
    return sheet_keys.of_handover(handover)


def key_of(fund_code, hand, day):
    try:
        return Key(fund_code, hand, date.fromisoformat(day))
    except ValueError:
        raise NotFound from None


def entry_id(said):
    """What a form names; nothing of ours when it names nothing."""
    try:
        return uuid.UUID(said)
    except ValueError:
        raise NotFound from None
