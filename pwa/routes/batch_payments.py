"""The table at which a list is paid: one after another comes, is seen, gets the money and signs; and the sheet that is printed for it."""

import uuid

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.fund import batches, chart, claim_people, voucher_grounds
from pwa.domain.register import members
from pwa.keyless import without_key
from pwa.routes.batches import of, page_asked
from pwa.routes.payments import PAYERS, command, day, ground, seen
from pwa.web import done, now, render, today

bp = Blueprint("batch_payments", __name__, url_prefix="/batches")
LATELY = 10
"""So many of those who were paid last stand on the table; all of them on the list."""


@bp.get("/<uuid:batch_id>/payments")
@requires(*PAYERS)
def index(batch_id):
    batch, account = batches.get(batch_id, seen_by=current_account(), may=PAYERS), current_account()
    lines = batches.lines(batch)
    due = [one for one in lines if waits(one)]
    shown, after = batches.page(lines, waits, **page_asked())
    died = [one for one in lines if one.is_due and one.is_dead]
    paid = sorted((one for one in lines if one.payment and one.payment.voucher), key=lambda one: -one.payment.voucher.n)
    seen = [one.claim.person for one in (*shown, *died, *paid[:LATELY])]
    members.view_all(seen, by=account, at=now(), purpose="claim")
    why = claim_people.objections(account, [one.row.standing for one in shown], "pay")
    about = dict(places=voucher_grounds.places(batch.fund, account), chart=chart, today=today(), account=account)
    about |= dict(due=due, shown=shown, after=after, died=died, paid=paid, lately=paid[:LATELY], why=why)
    commands = {one.claim.id: uuid.uuid4() for one in shown}
    return render("batch_payments/index.html", commands=commands, **about, **of(batch))


@bp.post("/<uuid:batch_id>/payments/<uuid:claim_id>")
@requires(*PAYERS)
@without_key
def pay(batch_id, claim_id):
    batch = batches.get(batch_id, seen_by=current_account(), may=PAYERS)
    one, by = batches.payment(batch, claim_id), current_account()
    about = dict(source=request.form.get("source", ""), on=day(), ground=ground(one), command_id=command(), seen=seen())
    batches.pay(one, by=by, at=now(), today=today(), **about)
    return done(url_for("batch_payments.index", batch_id=batch_id))


@bp.get("/<uuid:batch_id>/sheet")
@requires(*PAYERS)
def sheet(batch_id):
    batch = batches.get(batch_id, seen_by=current_account(), may=PAYERS)
    lines = [one for one in batches.lines(batch) if waits(one)]
    members.view_all([one.claim.person for one in lines], by=current_account(), at=now(), purpose="claim")
    return render("batch_payments/sheet.html", lines=lines, today=today(), **of(batch))


def waits(one):
    """Whether somebody on the list is to be paid at the table."""
    return one.is_due and not one.is_dead
