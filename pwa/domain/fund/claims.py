"""Claims: one event is one claim, whoever tells of it; what happened to it is a row each, and its state is what the rows come to.

The same event is (fund, whose right, benefit, subject, day, number); a claim is never written twice, an act never changed.
"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date

from db import database
from db.models import (
    Account,
    Claim,
    ClaimAct,
    ClaimEntry,
    ClaimStanding,
    Fund,
    LedgerAccount,
    Resolution,
    Voucher,
)
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import claim_looks, claim_states, claim_tellings, due_claims

NOT_NOW = N_("This is not possible any more: something else has happened to the claim meanwhile. Open the page anew.")


@dataclass(frozen=True)
class Standing:
    """A claim with its acts. `payments` says how each payee's payment stands that is not merely due, `review` whether a word on the
    grant is typed and waits for a second one.
    """

    claim: Claim
    acts: tuple[ClaimAct, ...]
    state: str
    payments: dict[int, str] = field(default_factory=dict)
    review: str = ""

    @property
    def said(self):
        """{benefit, subject, nth}"""
        return claim_tellings.of_sealed(self.claim)

    def last(self, *kinds, payee=None):
        """The last act of one of these kinds, or None."""
        found = [one for one in self.acts if one.kind in kinds and (payee is None or one.payee == payee)]
        return found[-1] if found else None

    def payment(self, payee):
        return self.payments.get(payee, claim_states.DUE)

    @property
    def decision(self):
        """The act that decided last, where it stands; None while nothing does."""
        return self.last(*claim_states.DECIDES) if self.state in ("granted", "refused") else None


def id_of(fund_code, payload):
    """The id of a claim: a keyed hash of what makes two of them one event, the right, the benefit, who it is to the member, day and number.

    Not who exactly: a child may be named by one and found in the register by another. Of two children on one day the second is number 2.
    """
    known = sealing.keyed_hash("|".join([fund_code, payload["member"], *_event(payload)]), "claim")
    return uuid.UUID(known[:32], version=4)


def _event(payload):
    return [payload["benefit"], payload["subject"]["type"], payload["event_on"], str(payload.get("nth", 1))]


def join(entry, payload, *, by, at):
    """An approved entry tells of its event: the claim begins, or this entry joins the one that is there."""
    fund = Fund.get(Fund.code == payload["fund"])
    with database.atomic():
        known = id_of(fund.code, payload)
        claim = Claim.get_or_none(Claim.id == known) or begun(fund, payload, at=at)
        if not ClaimEntry.select().where(ClaimEntry.entry == entry.id).exists():
            ClaimEntry.create(claim=claim, entry=entry.id, at=at)
        if claim_states.may_follow("certify", of(claim).state):
            act(claim, "certify", entry=entry.id, by=by, at=at)
    return claim


def part(entry, *, by, at):
    """An entry's approval was undone: its claim waits no more, unless another approved entry tells of it. A decision stands."""
    found = ClaimEntry.select(ClaimEntry, Claim).join(Claim).where(ClaimEntry.entry == entry.id).first()
    if found is None:
        return
    claim_looks.stir([found.claim.person])
    if telling(found.claim) or due_claims.line_of(found.claim):
        return
    if claim_states.may_follow("withdraw", of(found.claim).state):
        act(found.claim, "withdraw", entry=entry.id, by=by, at=at)


def act(claim, kind, *, by, at, payee=None, said=None, **about):
    """Write the next act. Raises Refusal where it may not follow what happened; the order of acts is one, for everybody."""
    with database.atomic():
        now = of(claim)
        if not claim_states.may_follow(kind, now.state, now.payment(payee), now.review):
            raise Refusal(NOT_NOW)
        n = len(now.acts) + 1
        claim_looks.stir([claim.person])
        sealed = None if said is None else sealing.seal_value(said, f"claim|{claim.id}|{n}")
        made = ClaimAct.create(claim=claim, n=n, kind=kind, payee=payee, said=sealed, account=by, at=at, **about)
        _note(claim)
        return made


def settle(claim, *, is_due):
    """Note whether anything of a granted claim is still to be paid; until somebody says so it may be."""
    ClaimStanding.update(is_due=is_due).where(ClaimStanding.claim == claim).execute()


def said_of(one):
    """The words, or the frozen decision, of an act; "" for none."""
    return sealing.open_value(one.said, f"claim|{one.claim_id}|{one.n}") if one.said is not None else ""


def of(claim):
    """The Standing of one claim."""
    return many([claim])[0]


def _acts_of(claims):
    query = ClaimAct.select(ClaimAct, Account, Resolution, Voucher, LedgerAccount).join(Account).switch(ClaimAct)
    query = query.left_outer_join(Resolution).switch(ClaimAct).left_outer_join(Voucher).left_outer_join(LedgerAccount)
    return query.where(ClaimAct.claim.in_(claims)).order_by(ClaimAct.claim, ClaimAct.n)


_acts = Prepared(_acts_of)


def many(claims):
    """[Standing] of these claims in their order, with one query."""
    claims = list(claims)
    if not claims:
        return []
    acts = {}
    for one in _acts.rows([one.id for one in claims]):
        acts.setdefault(one.claim_id, []).append(one)
    return [_standing(one, tuple(acts.get(one.id, ()))) for one in claims]


def telling(claim):
    """[Entry] whose approval stands and that tell of this claim, the oldest first."""
    return claim_tellings.entries_of([claim])[claim.id]


def told(claim):
    """(payload, day of recording, Entry) that counts: of the newest approved entry, else of the list that it stands on, without an Entry.

    Raises NotFound where nothing can be read.
    """
    found = claim_tellings.of([claim])
    if not found:
        raise NotFound
    return found[claim.id]


def of_right(claim):
    """Conditions: the other claims on the same fund by the same right."""
    return Claim.person == claim.person, Claim.fund == claim.fund_id, Claim.id != claim.id


def by_right(person, claim_id):
    """The Standing of a claim by a person's own right; None where it is nobody's or another's."""
    found = Claim.select(Claim, Fund).join(Fund).where(Claim.id == claim_id, Claim.person == person.id).first()
    return of(found) if found else None


def granted(*conditions):
    """[Standing] of the granted claims among those that fulfil the conditions, in the order of their decisions."""
    return _left_by(("grant",), conditions)


def decided(*conditions):
    """[Standing] of the claims that were granted or refused, and not taken to a meeting again, in the order of their decisions."""
    return _left_by(("grant", "refuse"), conditions)


def _left_by(kinds, conditions):
    """Standings of the claims that the last act of one of these kinds left where they are."""
    named = ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind.in_(kinds))
    found = many(Claim.select(Claim, Fund).join(Fund).where(Claim.id.in_(named), *conditions))
    states = {claim_states.CLAIM[kind].to for kind in kinds}
    kept = [one for one in found if one.state in states]
    return sorted(kept, key=lambda one: one.last(*kinds).id)


def begun(fund, payload, *, at):
    """A new Claim of the event that a payload tells of."""
    new = id_of(fund.code, payload)
    benefit, subject, _, nth = _event(payload)
    said = json.dumps({"benefit": benefit, "subject": subject, "nth": int(nth)}, ensure_ascii=False)
    about = dict(person=uuid.UUID(payload["member"]), event_on=date.fromisoformat(payload["event_on"]), at=at)
    return Claim.create(id=new, fund=fund, said=sealing.seal_value(said, f"claim|{new}"), **about)


def _note(claim):
    """Keep where it stands beside its acts, for lists."""
    state = of(claim).state
    about = dict(state=state, is_due=state == "granted")
    kept = ClaimStanding.update(**about).where(ClaimStanding.claim == claim).execute()
    if not kept:
        ClaimStanding.create(claim=claim, fund=claim.fund_id, event_on=claim.event_on, **about)


def _standing(claim, acts):
    state, payments = claim_states.after((one.kind, one.payee) for one in acts)
    return Standing(claim, acts, state, payments, claim_states.looked_at(one.kind for one in acts))
