"""Where a member's claims are, step by step, what they come to and why: what is expected until it is decided, then what was decided.

Told to the member alone, on a page of their own; nothing of it is in a kit.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.models import Claim, ClaimEntry, Entry, Opening, Person
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.crypto import sealing
from pwa.domain.custody import entries, states
from pwa.domain.fund import appeals, claim_cases, claim_lists, claim_payments, claim_tellings, claims, decided
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.claim_payments import Payment
from pwa.domain.fund.decided import Decision
from pwa.domain.fund.terms import Benefit, Version

STEPS = ("recorded", "certified", "decided", "paid", "received")
SHOWN = ("received", "returned", "rejected")
"""States of an entry that nobody certified and that its member still asks about."""


@dataclass(frozen=True)
class Mine:
    """One claim. `done`: how many of STEPS are behind it; `state` is the claim's, or of an entry that nobody certified that one's.

    `answer` is what the rules give, as frozen once it is decided; `due_on` the day until which the fund answers, None where it names none.
    """

    benefit: Benefit | None
    event_on: date | None
    filed_on: date
    state: str
    done: int
    answer: Answer | None
    due_on: date | None
    decision: Decision | None = None
    payments: tuple[Payment, ...] = ()
    acts: tuple[Any, ...] = ()
    claim_id: uuid.UUID | None = None
    right: appeals.Right | None = None

    @property
    def satang(self) -> int | None:
        if self.decision:
            return self.decision.amount_satang
        return self.answer.amount_satang if self.answer else None

    @property
    def news(self) -> str:
        """A short name of where it is now, which tells nobody else anything: another one when anything of it changed."""
        code = self.benefit.code if self.benefit else ""
        paid = [(one.payee, one.state) for one in self.payments]
        said = repr((code, self.event_on, self.filed_on, self.state, self.done, self.satang, paid))
        return sealing.keyed_hash(said, "news")[:16]

    def days_used(self, on: date) -> int:
        """Days since it was recorded."""
        return (on - self.filed_on).days


def of(person: Person) -> list[Mine]:
    """The claims by a person's right, the newest event first; those that are answered stay to be read."""
    found = [_certified(row) for row in claim_lists.rows(Claim.person == person.id)]
    found += [_told(*one) for one in _uncertified(person)]
    return sorted(found, key=lambda one: (one.event_on or one.filed_on, one.filed_on), reverse=True)


def _certified(row: claim_lists.Row) -> Mine:
    one, payments = row.standing, tuple(claim_payments.of(row))
    decision = decided.of(one.decision) if one.decision else None
    try:
        payload, filed_on, _ = claims.told(one.claim)
        known = claim_cases.proposal(payload, filed_on=filed_on)
        answer, due_on = known.answer, _due_on(known.version, known.benefit, filed_on)
    except NotFound:
        answer, filed_on, due_on = None, one.claim.event_on, None
    return Mine(
        benefit=row.benefit,
        event_on=one.claim.event_on,
        filed_on=filed_on,
        state=one.state,
        done=_done(one.state, payments),
        answer=decision.answer if decision else answer,
        due_on=None if decision else due_on,
        decision=decision,
        payments=payments,
        acts=one.acts,
        claim_id=one.claim.id,
        right=appeals.right(one),
    )


def _done(state: str, payments: tuple[Payment, ...]) -> int:
    if state == "withdrawn":
        return 1
    if state != "granted":
        return 3 if state == "refused" else 2
    reached = {"due": 3, "paying": 3, "paid": 4, "received": 5}
    return min((reached[one.state] for one in payments), default=5)


def _told(payload: dict[str, Any], filed_on: date, state: str) -> Mine:
    known = claim_cases.proposal(payload, filed_on=filed_on)
    due_on = _due_on(known.version, known.benefit, filed_on) if state == "received" else None
    return Mine(known.benefit, known.event_on, filed_on, state, 1, known.answer, due_on)


def _due_on(version: Version | None, benefit: Benefit | None, filed_on: date) -> date | None:
    """The last of the fund's service days, counted from the recording."""
    days = (benefit and benefit.service_days) or (version and version.settings.service_days)
    return filed_on + timedelta(days=days) if days else None


def _entries_of_no_claim(house):
    query = Entry.select(*entries.FACTS).join(Opening).where(Opening.kind == "claim", Opening.subject == house)
    return query.where(Entry.id.not_in(ClaimEntry.select(ClaimEntry.entry))).order_by(Entry.id)


_of_no_claim = Prepared(_entries_of_no_claim)


def _uncertified(person: Person) -> list[tuple[dict[str, Any], date, str]]:
    """(payload, day of recording, state) of the entries by this right that belong to no claim."""
    rows = _of_no_claim.rows(person.household_id)
    found, kept = states.many(rows), []
    for row in rows:
        if found[row.id] not in SHOWN:
            continue
        try:
            content = entries.plaintext(row)
        except entries.Erased:
            continue
        if content["payload"].get("member") == str(person.id):
            kept.append((content["payload"], claim_tellings.recorded_on(row, content), found[row.id]))
    return kept
