"""The promises about claims: decided by two, worth what the rules gave on what was known, within their limits, and paid once each."""

from peewee import fn

from db.models import Claim, ClaimAct, ClaimStanding, LedgerAccount, Posting, Voucher
from pwa.domain.fund import (
    benefits,
    chart,
    claim_lists,
    claim_payments,
    claim_people,
    claim_states,
    claims,
    decided,
    ledger,
    reclaims,
    versions,
)
from pwa.domain.operations import batch_promises
from pwa.domain.review import claim_decisions

PAGE = 200


def claims_follow_their_table():
    """Each act could follow what happened before it, and their numbers have no gap."""
    for one in _every():
        state, payments, review = claim_states.BEGINS, {}, ""
        for number, act in enumerate(one.acts, 1):
            if act.n != number:
                yield f"The acts of the claim {one.claim.id} have a gap before {act.n}."
            if not claim_states.may_follow(act.kind, state, payments.get(act.payee, claim_states.DUE), review):
                yield f"The act {act.n} ({act.kind}) of the claim {one.claim.id} could not follow {state or 'nothing'}."
            state, payments = claim_states.after((each.kind, each.payee) for each in one.acts[:number])
            review = claim_states.looked_at(each.kind for each in one.acts[:number])


def claims_stand_where_their_acts_say():
    """What lists show of a claim is the state that its last act left, and whatever is still to be paid stands on the list of who pays."""
    for one in _every():
        kept = ClaimStanding.get_or_none(ClaimStanding.claim == one.claim)
        shown = kept and (kept.fund_id, kept.state, kept.event_on)
        if shown != (one.claim.fund_id, one.state, one.claim.event_on):
            yield f"The claim {one.claim.id} is {one.state}, and lists do not say so."
        waits = [each for each in claim_payments.of(claim_lists.row_of(one)) if each.state in claim_payments.OPEN]
        if kept and waits and not kept.is_due:
            yield f"The claim {one.claim.id} is still to be paid, and stands on nobody's list."


def decisions_come_to_the_same_again():
    """A frozen decision rests on the version that was in force for its day when it was made, and asked of it once more gives the
    same satang; what was granted is within it; two decided.
    """
    for one in _every():
        for act in one.acts:
            if act.kind in claim_states.DECIDES:
                yield from _wrong(one, act)


def grants_are_paid_once():
    """Each payment has one voucher of its sum, none is more than what was granted, and each voucher for a benefit has its claim."""
    for one in _every():
        last = one.last("grant")
        granted = decided.of(one.decision or last) if last else None
        for act in one.acts:
            if act.kind in ("pay", "repay") and act.voucher.amount_satang != act.amount_satang:
                yield f"The voucher {act.voucher.n} pays another sum than the claim {one.claim.id}."
        paid = sum(
            one.last("pay", payee=payee).amount_satang
            for payee, state in one.payments.items()
            if state in ("paid", "received")
        )
        given = granted.amount_satang + sum(to.get("owed", 0) for to in granted.payees) if granted else 0
        if paid > given:
            yield f"The claim {one.claim.id} was paid {paid} satang, more than was granted."
    claimed = ClaimAct.select(ClaimAct.voucher).where(ClaimAct.voucher.is_null(False))
    for voucher in Voucher.select().where(Voucher.kind == "expense", Voucher.id.not_in(claimed)):
        if any(line.account.type == "benefit" for line in ledger.postings(voucher.transaction)):
            yield f"The voucher {voucher.n} pays a benefit without a claim."


def what_comes_back_stands_in_the_books():
    """What is to be brought back by claims is what 1300 holds of each fund, no more and no less."""
    owed = {}
    for one in _every():
        owed[one.claim.fund_id] = owed.get(one.claim.fund_id, 0) + sum(reclaims.of(one).values())
    query = Posting.select(LedgerAccount.fund, fn.SUM(Posting.amount_satang)).join(LedgerAccount)
    query = query.where(LedgerAccount.code == chart.TO_RECLAIM).group_by(LedgerAccount.fund)
    booked = {fund: int(satang) for fund, satang in query.tuples()}
    for fund in sorted(owed.keys() | booked.keys()):
        if owed.get(fund, 0) != booked.get(fund, 0):
            yield f"Fund {fund}: {owed.get(fund, 0)} satang are to be brought back by claims, the books hold {booked.get(fund, 0)}."


def _wrong(one, act):
    name, decision = f"The decision {act.n} of the claim {one.claim.id}", decided.of(act)
    if decision.answer is None:
        return
    known = [made for made in versions.of_fund(one.claim.fund) if made.at <= act.at]
    begun = [made.version for made in known if made.in_force_from <= decision.case.event_on]
    if begun and decision.answer.version != begun[-1]:
        yield f"{name} rests on version {decision.answer.version}, and {begun[-1]} was in force for its day."
    version = versions.numbered(one.claim.fund, decision.answer.version)
    again = benefits.answer(version, decision.benefit, decision.case)
    if (again.outcome, again.amount_satang) != (decision.answer.outcome, decision.answer.amount_satang):
        yield f"{name} comes to {again.amount_satang} satang now, and was frozen with {decision.answer.amount_satang}."
    most = claim_decisions.limit(again)
    if act.kind in ("grant", "top_up") and most is not None and max(decision.amount_satang, act.amount_satang) > most:
        yield f"{name} grants more than the rules give."
    if decision.accepted and sum(to["satang"] for to in decision.payees) != decision.amount_satang:
        yield f"The parts of {name[4:]} do not make its sum."
    if act.amount_satang not in (None, decision.amount_satang):
        yield f"{name} is written with another sum than it was frozen with."
    typed = next((each for each in reversed(one.acts[: act.n - 1]) if each.kind in claim_people.FIRST), None)
    if act.kind == "grant" and typed and typed.kind == "urge":
        yield from _too_urgent(name, version, decision)
    if typed is None or typed.account_id == act.account_id:
        yield f"{name} was typed and confirmed by one person."


def _too_urgent(name, version, decision):
    setting = version.settings.urgent
    most = setting.max_satang if setting and decision.benefit in setting.benefits else 0
    if most is not None and decision.amount_satang > most:
        yield f"{name} gives more than the regulation lets two give before a meeting."


def _every():
    """Every Standing, page by page."""
    last = None
    while True:
        query = Claim.select().order_by(Claim.id).limit(PAGE)
        found = claims.many(query if last is None else query.where(Claim.id > last))
        yield from found
        if len(found) < PAGE:
            return
        last = found[-1].claim.id


OF_CLAIMS = (
    claims_follow_their_table,
    claims_stand_where_their_acts_say,
    decisions_come_to_the_same_again,
    grants_are_paid_once,
    what_comes_back_stands_in_the_books,
    *batch_promises.OF_BATCHES,
)
