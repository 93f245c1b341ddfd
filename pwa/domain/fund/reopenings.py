"""After a restore nothing is paid until treasurer and auditor have signed: each number of a voucher that is on paper only is entered or
explained, hands are counted, banks read. What was paid after the backup is then paid here too, and never again.
"""

import json
from dataclasses import dataclass

from db import database
from db.models import Fund, LedgerAccount, Reopening, ReopeningNumber, ReopeningSignature, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import after_restore, chart, ledger
from pwa.domain.fund.versions import are_one
from pwa.domain.people import hands, roles
from pwa.domain.places import funds
from pwa.domain.text import wording

SHUT = N_(
    "This server was restored from a backup. Nothing is paid until treasurer and auditor have signed what paper says since then."
)
SIGNERS = roles.may("keep-books", "sign-books")
MOST = 1_000
LAST = N_("Write the number of the last voucher on paper. It is %(least)s at least, and at most %(most)s.")
NOT_MISSING = N_("This number does not wait to be entered.")
NOT_ALL = N_("Voucher %(n)s is not entered or explained yet.")
COUNT = N_("Write what was counted, or what the bank says: %(code)s.")
TREASURER_FIRST = N_("The treasurer signs first.")
ANOTHER = N_("Somebody else signs as auditor: neither who signed as treasurer, nor whose access one of you opened.")
WHY = N_("Write what became of this number.")


@dataclass(frozen=True)
class State:
    """A fund that is shut. `begun` is the Reopening that counts, None before the last number was said; `missing` its numbers that wait;
    `counted` what the treasurer signed: {code: (in the books, counted)}.
    """

    fund: Fund
    first_n: int
    begun: Reopening | None
    missing: list[int]
    counted: dict | None

    @property
    def lost(self):
        """[(code, in the books, counted)] where they differ."""
        return [(code, booked, told) for code, (booked, told) in (self.counted or {}).items() if booked != told]


def is_shut(fund):
    """Whether the last restore was not signed for this fund yet."""
    tie = after_restore.last()
    signed = ReopeningSignature.select().join(Reopening).where(Reopening.fund == fund, Reopening.tie == tie)
    return bool(tie) and not signed.where(ReopeningSignature.turn == "auditor").exists()


def must_be_open(fund):
    """Refuses to pay anything of a fund that is shut."""
    if is_shut(fund):
        raise Refusal(SHUT)


def shut(account):
    """[State] of the funds that this account signs for and that are shut, by name."""
    if not after_restore.last():
        return []
    mine = Fund.select().where(Fund.unit.in_(funds.kept_on(account, *SIGNERS))).order_by(Fund.name)
    return [of(fund) for fund in mine if is_shut(fund)]


def find(code, *, seen_by):
    """The State of one of them. Raises NotFound."""
    found = next((one for one in shut(seen_by) if one.fund.code == code), None)
    if found is None:
        raise NotFound
    return found


def of(fund):
    """The State of a fund that is shut."""
    begun = _begun(fund)
    if begun is None:
        return State(fund, _first(fund), None, [], None)
    done = {one.n for one in begun.numbers}
    missing = [n for n in range(begun.first_n, begun.last_n + 1) if n not in done]
    signed = begun.signatures.where(ReopeningSignature.turn == "treasurer").first()
    return State(fund, begun.first_n, begun, missing, json.loads(signed.counted) if signed else None)


def begin(state, last_n, *, by, at):
    """Say which voucher is the last on paper. Said again with a higher number before anybody signed, that one counts."""
    least = max(state.begun.last_n if state.begun else 0, state.first_n - 1)
    if last_n is None or not least <= last_n < state.first_n + MOST:
        raise Refusal(LAST, field="last_n", least=least, most=state.first_n + MOST - 1)
    if state.counted is not None:
        raise Refusal(NOT_MISSING)
    with database.atomic():
        if state.begun is not None and state.begun.last_n == last_n:
            return
        made = Reopening.create(
            fund=state.fund, tie=after_restore.last(), first_n=state.first_n, last_n=last_n, account=by, at=at
        )
        for one in state.begun.numbers if state.begun else ():
            if one.voucher_id is None:
                ReopeningNumber.create(reopening=made, n=one.n, words=one.words, account=one.account_id, at=at)


def explain(state, n, words, *, by, at):
    """A number on paper that paid nobody here: spoilt, torn, of another kind, or of a claim that is decided anew first."""
    words = wording.said(words, asked=WHY, field="words")
    note(state, n, words=words, by=by, at=at)


def note(state, n, *, words, by, at, voucher=None):
    """Write down what became of a number. Raises Refusal where it does not wait."""
    with database.atomic():
        if n not in of(state.fund).missing:
            raise Refusal(NOT_MISSING, field="n")
        ReopeningNumber.create(reopening=state.begun, n=n, voucher=voucher, words=words, account=by, at=at)


def places(fund):
    """[LedgerAccount] that are counted or read: hands that are not empty, and banks."""
    query = LedgerAccount.select().where(LedgerAccount.fund == fund).order_by(LedgerAccount.code)
    stems = {one: one.code.partition("-")[0] for one in query}
    return [one for one, stem in stems.items() if stem == chart.BANK or (stem == chart.HAND and ledger.balance(one))]


def sign(state, counted, *, by, at):
    """The treasurer signs what was counted, {code: satang}; differences stand there by name. Signed twice it stays as it was."""
    with database.atomic():
        now = of(state.fund)
        if now.begun is None:
            raise Refusal(LAST, field="last_n", least=now.first_n - 1, most=now.first_n + MOST - 1)
        if now.missing:
            raise Refusal(NOT_ALL, n=now.missing[0])
        if now.counted is not None:
            return
        told = {}
        for one in places(state.fund):
            if counted.get(one.code) is None:
                raise Refusal(COUNT, field=one.code, code=one.code)
            told[one.code] = [ledger.balance(one), counted[one.code]]
        about = dict(counted=json.dumps(told, ensure_ascii=False), account=by, at=at)
        ReopeningSignature.create(reopening=now.begun, turn="treasurer", **about)


def countersign(state, *, by, at):
    """The auditor signs what the treasurer signed; from then on it is paid again."""
    with database.atomic():
        now = of(state.fund)
        first = now.begun and now.begun.signatures.where(ReopeningSignature.turn == "treasurer").first()
        if not first:
            raise Refusal(TREASURER_FIRST)
        if state.fund.unit_id not in funds.kept_on(by, *roles.may("sign-books")):
            raise Refusal(ANOTHER)
        if by.id == first.account_id or are_one(first.account, by) or hands.are_tied(by.id, [first.account_id]):
            raise Refusal(ANOTHER)
        if is_shut(state.fund):
            about = dict(counted=first.counted, account=by, at=at)
            ReopeningSignature.create(reopening=now.begun, turn="auditor", **about)


def next_number(fund):
    """The number of the next voucher, far above those that were given between a backup and its restore. Inside a write transaction."""
    entered = ReopeningNumber.select(ReopeningNumber.voucher).where(ReopeningNumber.voucher.is_null(False))
    mine = Voucher.select().where(Voucher.fund == fund).order_by(Voucher.n.desc())
    last, highest = mine.where(Voucher.id.not_in(entered)).first(), mine.first()
    return max((last.n if last else 0) + 1 + after_restore.gap(last), (highest.n if highest else 0) + 1)


def _begun(fund):
    query = Reopening.select().where(Reopening.fund == fund, Reopening.tie == after_restore.last())
    return query.order_by(Reopening.id.desc()).first()


def _first(fund):
    """The first number that the restored books do not know."""
    last = Voucher.select(Voucher.n).where(Voucher.fund == fund).order_by(Voucher.n.desc()).limit(1).scalar()
    return (last or 0) + 1
