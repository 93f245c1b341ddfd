"""A hand-over of somebody without a phone: the taker types both sides, the giver signs on paper, and a third person agrees.

Until then nothing moves; who agrees is neither of the two, and may check the fund's money there.
"""

import hashlib
from typing import NamedTuple

from db.models import Entry, Handover, HandoverAgreement, LedgerAccount, Unbooked
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import blobs, entries
from pwa.domain.fund import bookings, cash, counting, handovers, holders
from pwa.domain.kinds import money
from pwa.domain.people import roles
from pwa.domain.places import units

AGREERS = roles.may("check-money")
JPEG = b"\xff\xd8\xff"


class Waiting(NamedTuple):
    """What one side typed: the taking's entry, what it takes, whose hand it goes to, and what was counted."""

    entry: Entry
    handover: Handover
    taker: LedgerAccount
    satang: int
    signature: dict


def hands_near(account, *, on):
    """[cash.Hold] of those from whom this account may take cash, as the board orders them."""
    reach = units.within(account, *counting.TAKERS)
    holds = [hold for board in cash.boards(account, on=on) for hold in board.holds]
    return [one for one in holds if _is_near(one.hand, reach) and account.id not in handovers.holders_of(one.hand)]


def hand_near(fund_code, code, *, by):
    """The hand of somebody else from whom this account may take cash. Raises NotFound."""
    fund = holders.fund(fund_code)
    hand = fund and LedgerAccount.get_or_none(LedgerAccount.fund == fund, LedgerAccount.code == code)
    reach = units.within(by, *counting.TAKERS)
    if not hand or not code.startswith("1000-") or not _is_near(hand, reach) or by.id in handovers.holders_of(hand):
        raise NotFound
    return hand


def take(hand, rows, reason, picture, *, by, sender, at):
    """Write both sides of a hand-over in the taker's name, with a picture (JPEG bytes) of the giver's signature; the taking's row."""
    if not picture.startswith(JPEG) or len(picture) > blobs.MOST_BYTES:
        raise Refusal(N_("Take a picture of the paper that the giver signed."), field="signature")
    made = counting.offer(hand, rows, reason, by=by, sender=sender, at=at)
    blob = _keep(picture, by, sender, at)
    signed = {"signature": {"kind": "signature", "blob": blob["sha256"]}}
    said = {"handover": str(made), "counted": rows} | signed | ({"reason": reason} if reason else {})
    row = counting.write("handover_receipt", said, by=by, sender=sender, at=at, pictures=[blob])
    bookings.catch_up(at=at)
    return row


def waiting(account):
    """[Waiting] of what this account may agree to, the oldest first."""
    listed = Unbooked.select(Unbooked, Entry).join(Entry).where(Unbooked.reason == "to_agree").order_by(Unbooked.entry)
    return [one for one in map(_of, [row.entry for row in listed]) if _may_agree(account, one)]


def find(entry_id, *, seen_by):
    """One of them. Raises NotFound."""
    found = [one for one in waiting(seen_by) if one.entry.entry_id == entry_id]
    if not found:
        raise NotFound
    return found[0]


def agree(one, *, by, at):
    """A third person's word: now it is booked."""
    HandoverAgreement.get_or_create(entry=one.entry, defaults={"account": by, "at": at})
    bookings.catch_up(at=at, again=True)


def signature(one):
    """The JPEG of the giver's signature. Refuses what has not come."""
    named = [blob for blob in entries.plaintext(one.entry)["blobs"] if blob["sha256"] == one.signature["blob"]]
    kid = named[0]["kid"] if named else ""
    return blobs.picture(one.signature["blob"], kid, one.entry.author)


def _of(entry):
    said = entries.plaintext(entry)["payload"]
    handover = handovers.named(said["handover"])
    taker = holders.hand_named(handover.fund, said.get("taker") or entry.author)
    return Waiting(entry, handover, taker, money.summed(said["counted"]), said["signature"])


def _may_agree(account, one):
    sides = handovers.holders_of(one.handover.giver) | handovers.holders_of(one.taker) | {one.entry.author}
    near = {cash.unit_of(one.handover.giver), one.handover.fund.unit_id}
    return account.id not in sides and bool(near & units.within(account, *AGREERS))


def _is_near(hand, reach):
    return bool({cash.unit_of(hand), hand.fund.unit_id} & reach)


def _keep(picture, by, sender, at):
    key = keyring.newest("seal")
    sealed = sealing.seal_to(key.public, picture, sealing.blob_info(by.id))
    sha256 = hashlib.sha256(sealed).hexdigest()
    blobs.keep(sha256, sealed, device=sender, at=at)
    return {"sha256": sha256, "kid": key.kid, "role": "signature", "type": "image/jpeg", "bytes": len(picture)}
