"""What payees say of the money that the fund paid them: signed on somebody's phone or on paper, or with a passkey of their own.

Who says that the whole sum came has received it. Another sum, or none, is never taken for it: the payment stays as it was, in doubt.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from db import database
from db.models import Account, Booking, Claim, ClaimAct, Fund, PayoutReceipt, Voucher
from pwa.domain import N_, Refusal
from pwa.domain.custody import entries
from pwa.domain.fund import claim_people, claims
from pwa.domain.kinds import money
from pwa.domain.places import units


@dataclass(frozen=True)
class Word:
    """`last` is what the payee said last, `taken_in` the act that took the money for received, `came_back` that took it back."""

    last: PayoutReceipt | None
    is_whole: bool
    taken_in: ClaimAct | None
    came_back: ClaimAct | None


NOT_GIVEN = "not_given"
DOUBTED = N_("The payee says otherwise. Let them sign for the whole sum, or take the money back into the fund.")


def book(told: Any) -> str:
    """Keep what an entry tells of a payment; the reason why it cannot be, "" when it is. A payment that nobody knows may still come."""
    paid = named(uuid.UUID(told.payload["payment"]))
    if paid is None:
        return "unknown_payment"
    if not _reaches(told.author, paid.claim):
        return "not_theirs"
    if _is_back(paid):
        return "came_back"
    signature = told.payload.get("signature")
    satang = told.payload.get("received_satang", paid.amount_satang) if signature else 0
    _keep(
        paid,
        how=signature["kind"] if signature else NOT_GIVEN,
        satang=satang,
        by=told.author,
        at=told.at,
        entry=told.entry,
    )
    Booking.create(entry=told.entry, receipt=None, at=told.at)
    return ""


def confirm(paid: ClaimAct, *, satang: int, by: Any, at: Any) -> None:
    """The payee's own word, with their own passkey. The same word again changes nothing."""
    with database.atomic():
        last = words_of([paid.voucher]).get(paid.voucher_id, [None])[-1]
        if last is None or (last.how, last.amount_satang) != ("passkey", satang):
            _keep(paid, how="passkey", satang=satang, by=by, at=at)


def named(payment: uuid.UUID) -> ClaimAct | None:
    """The act by which a payment was made, by the id that phones know it by: that of the command which made its voucher."""
    query = ClaimAct.select(ClaimAct, Claim, Fund, Voucher).join(Claim).join(Fund).switch(ClaimAct).join(Voucher)
    return query.where(Voucher.command_id == payment, ClaimAct.kind == "pay").first()


def words_of(vouchers: Iterable[Voucher]) -> dict[int, list[PayoutReceipt]]:
    """{voucher id: [PayoutReceipt]} of these vouchers, the first one first."""
    found: dict[int, list[PayoutReceipt]] = {}
    ids = [one.id for one in vouchers]
    if not ids:
        return found
    query = PayoutReceipt.select(PayoutReceipt, Account).join(Account).where(PayoutReceipt.voucher.in_(ids))
    for row in query.order_by(PayoutReceipt.id):
        found.setdefault(row.voucher_id, []).append(row)
    return found


def doubts(vouchers: Iterable[Voucher]) -> dict[int, PayoutReceipt]:
    """{voucher id: the last word} of those whose payee says that another sum came, or none."""
    paid = {one.id: one.amount_satang for one in vouchers}
    last = {one: said[-1] for one, said in words_of(vouchers).items()}
    return {one: said for one, said in last.items() if said.amount_satang != paid[one]}


def word_of(voucher: Voucher) -> Word | None:
    """How it stands with the payee's word on the money of a voucher; None where the voucher pays no claim."""
    paid = (
        ClaimAct.select(ClaimAct, Claim).join(Claim).where(ClaimAct.voucher == voucher, ClaimAct.kind == "pay").first()
    )
    if paid is None:
        return None
    later = [one for one in claims.of(paid.claim).acts if one.payee == paid.payee and one.n > paid.n]
    later = later[: next((at for at, one in enumerate(later) if one.kind == "pay"), None)]
    said = words_of([voucher]).get(voucher.id, [])
    kinds = {one.kind: one for one in later}
    return Word(
        last=said[-1] if said else None,
        is_whole=bool(said) and said[-1].amount_satang == voucher.amount_satang,
        taken_in=kinds.get("receive"),
        came_back=kinds.get("bring_back"),
    )


def must_agree(voucher: Voucher) -> None:
    """Refuses to take money for received while its payee says otherwise."""
    if doubts([voucher]):
        raise Refusal(DOUBTED)


def told_by(word: PayoutReceipt) -> dict[str, Any]:
    """What the entry of a word says; {} where there is none, or it was erased."""
    said: dict[str, Any] = _content(word).get("payload", {})
    return said


def key_of(word: PayoutReceipt, sha256: str) -> str | None:
    """The key id of a picture that the entry of a word names, or None."""
    return next((blob["kid"] for blob in _content(word).get("blobs", ()) if blob["sha256"] == sha256), None)


def _content(word: PayoutReceipt) -> dict[str, Any]:
    try:
        content: dict[str, Any] = entries.plaintext(word.entry) if word.entry else {}
    except entries.Erased:
        return {}
    return content


def _keep(paid: ClaimAct, *, how: str, satang: int, by: Any, at: Any, entry: Any = None) -> None:
    about = dict(voucher=paid.voucher_id, how=how, amount_satang=satang, account=by, entry=entry)
    PayoutReceipt.create(at=at, **about)
    stands = claims.of(paid.claim).payment(paid.payee)
    if satang == paid.amount_satang and stands == "paid":
        claims.act(paid.claim, "receive", payee=paid.payee, entry=entry, by=by, at=at)


def _is_back(paid: ClaimAct) -> bool:
    """Whether the money came back to the fund, or was paid once more since."""
    last = claims.of(paid.claim).last("pay", "bring_back", payee=paid.payee)
    return bool(last.id != paid.id)


def _reaches(account: Any, claim: Claim) -> bool:
    """Whether somebody may be there when money of this claim is given: by an office of the fund, or where its member lives."""
    reach = units.within(account, *money.COLLECTORS)
    return claim.fund.unit_id in reach or bool(claim_people.places_of(claim) & reach)
