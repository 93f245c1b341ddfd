"""Payments that were made after the backup that this server was restored from, entered from their paper: they are paid, and stay so."""

from db import database
from db.models import Voucher
from pwa.domain import Refusal
from pwa.domain.fund import claim_payments, claims, reopenings


def enter(payment, state, n, *, source, on, ground, command_id, by, at, today):
    """The voucher with this number on paper paid it: what left has left, whatever the books say that was there. Raises Refusal."""
    asked = claim_payments.asked_of(payment, source, on, ground)
    with database.atomic():
        if Voucher.select().where(Voucher.command_id == command_id).exists():
            return claim_payments.written(payment, asked, command_id, by, at, today)
        now = claim_payments.now_of(payment)
        claim_payments.must_be_theirs(now, "pay", by)
        if n not in reopenings.of(payment.claim.fund).missing:
            raise Refusal(reopenings.NOT_MISSING, field="n")
        if now.state == "due":
            claims.act(payment.claim, "hold", payee=payment.payee, by=by, at=at)
        paper = claim_payments.written(payment, asked, command_id, by, at, today, number=n)
        claims.act(payment.claim, "pay", payee=payment.payee, by=by, at=at, voucher=paper, amount_satang=payment.net)
        reopenings.note(state, n, words=payment.to["name"], by=by, at=at, voucher=paper)
        return paper
