"""Paying what was granted: the list of who pays, and one payment from taking it up to the payee's signature."""

import uuid

from flask import Blueprint, request, url_for

from pwa import fund_words
from pwa.access import current_account, requires
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import blobs
from pwa.domain.desk import retelling
from pwa.domain.fund import (
    batches,
    chart,
    claim_payees,
    claim_payments,
    claim_people,
    claim_states,
    due_claims,
    payouts,
    reclaims,
    reopenings,
    sightings,
    unsigned,
    voucher_grounds,
)
from pwa.i18n import baht
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.routes.claims import amount
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("payments", __name__, url_prefix="/payments")
PAYERS = claim_states.PAYMENT["pay"].roles


@bp.get("")
@requires(*PAYERS)
def index():
    waiting, signing = claim_payments.waiting(current_account()), unsigned.of(current_account())
    funds = {one.claim.fund.id: one.claim.fund for one in waiting}
    places = [(fund, voucher_grounds.places(fund, current_account())) for fund in funds.values()]
    owed = reclaims.waiting(current_account())
    shut = any(reopenings.is_shut(fund) for fund, held in places)
    about = dict(unsigned=signing, doubts=payouts.doubts([one.voucher for one in signing]))
    lists = batches.by_batch(waiting)
    listed = {one.claim.id for ones in lists.values() for one in ones}
    single = [one for one in waiting if one.claim.id not in listed]
    known = {one.id: one for one in batches.of(current_account())} if lists else {}
    about |= dict(lists=[(known[key], ones) for key, ones in lists.items()])
    return render("payments/index.html", waiting=single, funds=places, chart=chart, owed=owed, shut=shut, **about)


@bp.get("/<uuid:claim_id>/<int:payee>")
@requires(*PAYERS)
def show(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    why = claim_people.objection(current_account(), one.row.standing, "pay")
    about = dict(places=voucher_grounds.places(one.claim.fund, current_account()), command=uuid.uuid4(), chart=chart)
    about |= dict(trouble=claim_payees.trouble_of(one, on=today()), owed=reclaims.of(one.row.standing).get(payee, 0))
    about |= words(one) | dict(line=due_claims.line_of(one.claim))
    return render("payments/show.html", one=one, why=why, account=current_account(), today=today(), **about)


@bp.post("/<uuid:claim_id>/<int:payee>/hold")
@requires(*PAYERS)
@without_key
def hold(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    claim_payments.hold(one, by=current_account(), at=now())
    return done(url_for("payments.show", claim_id=claim_id, payee=payee))


@bp.post("/<uuid:claim_id>/<int:payee>/release")
@requires(*PAYERS)
@without_key
def release(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    claim_payments.release(one, by=current_account(), at=now())
    return done(url_for("payments.show", claim_id=claim_id, payee=payee))


@bp.post("/<uuid:claim_id>/<int:payee>/voucher")
@requires(*PAYERS)
@without_key
def pay(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    about = dict(source=request.form.get("source", ""), on=day(), ground=ground(one), command_id=command())
    about |= dict(seen=seen())
    paper = claim_payments.pay(one, by=current_account(), at=now(), today=today(), **about)
    return done(url_for("vouchers.show", fund_code=one.claim.fund.code, n=paper.n))


@bp.post("/<uuid:claim_id>/<int:payee>/receipt")
@requires(*PAYERS)
@without_key
def receive(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    claim_payments.receive(one, by=current_account(), at=now())
    return done(url_for("payments.show", claim_id=claim_id, payee=payee))


@bp.post("/<uuid:claim_id>/<int:payee>/repayment")
@requires(*PAYERS)
@without_key
def repay(claim_id, payee):
    debt = reclaims.get(claim_id, payee, seen_by=current_account())
    about = dict(into=request.form.get("source", ""), on=day(), ground=_("Benefit brought back"), command_id=command())
    paper = reclaims.repay(debt, amount() or 0, by=current_account(), at=now(), today=today(), **about)
    return done(url_for("vouchers.show", fund_code=debt.claim.fund.code, n=paper.n))


@bp.post("/<uuid:claim_id>/<int:payee>/return")
@requires(*PAYERS)
@without_key
def bring_back(claim_id, payee):
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    about = dict(reason=request.form.get("reason", ""), by=current_account(), at=now(), today=today())
    claim_payments.bring_back(one, **about)
    return done(url_for("payments.show", claim_id=claim_id, payee=payee))


@bp.get("/<uuid:claim_id>/<int:payee>/photos/<string(length=64):sha256>")
@requires(*PAYERS)
def signature(claim_id, payee, sha256):
    """The picture of what a payee signed."""
    one = claim_payments.get(claim_id, payee, seen_by=current_account())
    for word in payouts.words_of([one.voucher] if one.voucher else []).get(one.voucher and one.voucher.id, []):
        kid = payouts.key_of(word, sha256)
        if kid:
            return blobs.picture(sha256, kid, retelling.sealer(word.entry)), 200, {"Content-Type": "image/jpeg"}
    raise NotFound


def words(one):
    """What the payee says of the money: every word, the last one where it is in doubt, and why it could not be given."""
    papers = [one.voucher] if one.voucher else []
    said = [(word, payouts.told_by(word)) for mine in payouts.words_of(papers).values() for word in mine]
    doubt = payouts.doubts(papers).get(one.voucher.id) if papers else None
    return dict(said=said, doubt=doubt, not_given=said[-1][1].get("not_given", "") if doubt else "")


def ground(one):
    """What stands on the voucher: the category, never the illness, and the resolution."""
    by = one.resolution
    about = dict(category=fund_words.kind_of_help(one.row.benefit), board=by.board, meeting=by.meeting)
    said = _("Benefit: %(category)s. Resolution, board %(board)s, meeting %(meeting)s", **about)
    less = one.to.get("deducted")
    off = _("Of %(whole)s arrears of %(less)s are paid.", whole=baht(one.satang), less=baht(less)) if less else ""
    return f"{said}. {off}" if off else said


def seen():
    """Who saw alive whom a list pays, and when: whoever pays sees them here and now, or it was typed."""
    if request.form.get("seen") == "here":
        return sightings.Seen(current_account().name, day())
    return sightings.Seen(request.form.get("seen_by", ""), typed_day("seen_on"))


def day():
    on = typed_day("on")
    if on is None:
        raise Refusal(N_("Enter the day."), field="on")
    return on


def command():
    try:
        return uuid.UUID(request.form.get("command", ""))
    except ValueError:
        raise NotFound from None
