"""What a meeting's word on a grant needs, and what it does: to the decision, frozen anew, and to the books."""

from pwa.domain import N_, Refusal
from pwa.domain.fund import chart, claims, deaths, decided, due_claims, ledger, reclaims
from pwa.domain.fund.freezing import frozen
from pwa.domain.review import claim_decisions

NOT_MORE = N_("Write a sum above what was granted.")
NOT_LESS = N_("Write the sum that stays; it is less than what was granted. Nothing stays: 0.")
OWED_FIRST = N_("Money of this claim is still to be brought back. Have it repaid or waived first.")
BEING_PAID = N_("This is being paid right now. Have the treasurer let go of it first.")
NOTHING_OWED = N_("Nothing of this is to be brought back.")
NOBODY_ELSE = N_(
    "The member has died before the list paid them, so nobody is paid instead. Say that it is not paid out."
)
NOT_DUE = N_("This was paid already, or is being paid.")


def _stays(one, known, satang, payee):
    return None


def _more(one, known, satang, payee):
    before = decided.of(one.decision).amount_satang
    if reclaims.of(one):
        raise Refusal(OWED_FIRST)
    if known is None:
        raise Refusal(claim_decisions.NO_CERTIFICATE)
    amount = claim_decisions.worth(known.answer, satang, "told")
    if amount <= before:
        raise Refusal(NOT_MORE, field="amount")
    return amount


def _less(one, known, satang, payee):
    before = decided.of(one.decision).amount_satang
    if "paying" in one.payments.values():
        raise Refusal(BEING_PAID)
    if satang is None or satang >= before:
        raise Refusal(NOT_LESS, field="amount")
    return satang


def _waived(one, known, satang, payee):
    left = reclaims.of(one).get(payee, 0)
    if not left:
        raise Refusal(NOTHING_OWED, field="payee")
    return left


def _paid_instead(one, known, satang, payee):
    payees = decided.of(one.decision).payees
    if payee not in range(len(payees)) or one.payment(payee) != "due" or not payees[payee]["satang"]:
        raise Refusal(NOT_DUE, field="payee")
    if due_claims.line_of(one.claim) and deaths.among([one.claim.person]):
        raise Refusal(NOBODY_ELSE)


def _uphold(one, known, first, told, *, by, at, on):
    before = decided.of(one.decision)
    kept = _kept(before, known, told, before.amount_satang, before.uses, before.payees)
    claims.act(one.claim, "uphold", by=by, at=at, said=kept, resolution=first.resolution_id)


def _top_up(one, known, first, told, *, by, at, on):
    before = decided.of(one.decision)
    more = first.amount_satang - before.amount_satang
    theirs = [to for to in before.payees if not to.get("more")]
    parts = claim_decisions.shared(more, [to["satang"] + to.get("owed", 0) or 1 for to in theirs])
    added = [_bare(to) | {"satang": part, "more": True} for to, part in zip(theirs, parts, strict=True)]
    uses = claim_decisions.used(known.answer.uses, first.amount_satang)
    kept = _kept(before, known, told, first.amount_satang, uses, [*before.payees, *added])
    claims.act(
        one.claim, "top_up", by=by, at=at, said=kept, resolution=first.resolution_id, amount_satang=first.amount_satang
    )


def _claw_back(one, known, first, told, *, by, at, on):
    before, satang = decided.of(one.decision), first.amount_satang
    parts = claim_decisions.shared(satang, [to["satang"] for to in before.payees])
    payees, lines = [], []
    for number, (to, part) in enumerate(zip(before.payees, parts, strict=True)):
        paid = one.last("pay", payee=number) if one.payment(number) in ("paid", "received") else None
        back = min(to["satang"] - part, paid.amount_satang - to.get("owed", 0)) if paid else 0
        payees.append(to | {"satang": part, "owed": to.get("owed", 0) + back})
        lines += reclaims.benefit_lines(one, number, -back) if back else []
    answer = known.answer if known else None
    uses = claim_decisions.used(answer.uses if answer and answer.uses else before.uses, satang) if satang else ()
    kept = _kept(before, known, told, satang, uses, payees)
    posted = _posted(one, "claw_back", first, lines, by=by, at=at, on=on)
    about = dict(said=kept, resolution=first.resolution_id, transaction=posted, amount_satang=satang)
    claims.act(one.claim, "claw_back", by=by, at=at, **about)


def _waive(one, known, first, told, *, by, at, on):
    lines = reclaims.benefit_lines(one, told["payee"], first.amount_satang)
    posted = _posted(one, "waive", first, lines, by=by, at=at, on=on)
    about = dict(resolution=first.resolution_id, transaction=posted, amount_satang=first.amount_satang)
    claims.act(one.claim, "waive", payee=told["payee"], by=by, at=at, **about)


def _redirect(one, known, first, told, *, by, at, on):
    before = decided.of(one.decision)
    theirs = before.payees[told["payee"]]
    kept = {name: theirs[name] for name in ("satang", "deducted", "more") if name in theirs}
    instead = kept | {"type": "other", "name": told["named"], "how": "cash", "instead_of": theirs["name"]}
    payees = [instead if number == told["payee"] else to for number, to in enumerate(before.payees)]
    frozen_anew = _kept(before, known, told, before.amount_satang, before.uses, payees)
    claims.act(
        one.claim, "redirect", payee=told["payee"], by=by, at=at, said=frozen_anew, resolution=first.resolution_id
    )


JUDGED = {"uphold": _stays, "top_up": _more, "claw_back": _less, "redirect": _paid_instead, "waive": _waived}
"""{outcome: whether it is possible now, and the sum that it says}."""
DONE = {"uphold": _uphold, "top_up": _top_up, "claw_back": _claw_back, "redirect": _redirect, "waive": _waive}


def _posted(one, kind, first, lines, *, by, at, on):
    """What moves between the benefit and what is to be brought back, on the day of the resolution; None where nothing was paid yet."""
    if not lines:
        return None
    fund = one.claim.fund
    owed = ledger.Line(ledger.account(fund, chart.TO_RECLAIM), -sum(line.satang for line in lines))
    about = dict(occurred_on=first.resolution.resolved_on, on=on, at=at, actor=by.id, kind=kind)
    return ledger.post(fund, source=f"{kind}/{one.claim.id}/{first.n}", lines=[*lines, owed], **about)


def _kept(before, known, told, satang, uses, payees):
    """The decision anew: what the rules say now where it can be told, else what they said."""
    answer = known.answer if known and known.answer else before.answer
    return frozen(
        {
            "accepted": True,
            "benefit": before.benefit,
            "amount_satang": satang,
            "reason": told["reason"],
            "case": known.case if known and known.answer else before.case,
            "answer": answer,
            "uses": uses,
            "payees": payees,
        }
    )


def _bare(to):
    return {name: value for name, value in to.items() if name not in ("satang", "owed", "more")}
