"""Receipts: what the server signs when it has taken a line into custody, and the numbers they carry."""

from datetime import UTC
from functools import lru_cache

from peewee import fn

from db.models import Entry
from db.statements import Prepared
from pwa.domain.crypto import keyring, sealing

_highest = Prepared(lambda kid: Entry.select(fn.MAX(Entry.number)).where(Entry.receipt_kid == kid)).value


@lru_cache(1024)
def instant(at):
    """The receipt's way to write an instant: UTC with milliseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def next_number(kid):
    """The number after the highest given under this receipt key; call inside the write transaction."""
    return (_highest(kid) or keyring.newest("receipt").number_floor) + 1


def signature(entry_id, sha256, number, at, kid):
    return sealing.sign(f"{entry_id}|{sha256}|{number}|{instant(at)}", kid)


def of(entry, *, replay, keep=False):
    """The receipt of a row: the same number, instant and signature each time; only the outcome tells a replay."""
    outcome = "quarantined" if entry.outcome == "quarantined" else ("replayed" if replay else "received")
    receipt = {
        "id": str(entry.entry_id),
        "sha256": entry.sha256,
        "outcome": outcome,
        "received_at": instant(entry.received_at),
        "number": entry.number,
        "kid": entry.receipt_kid,
        "sig": entry.sig,
    }
    return {**receipt, "keep": True} if keep else receipt


def blob_proof(blob):
    return {"sha256": blob.sha256, "received_at": instant(blob.received_at), "kid": blob.kid, "sig": blob.sig}
