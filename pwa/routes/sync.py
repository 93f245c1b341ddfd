"""The one door for what phones hold: lines, blobs, and word of what has arrived (protocol, section 3)."""

import json
import uuid
import zlib
from collections import Counter
from functools import wraps

from flask import Blueprint, Response, abort, jsonify, make_response, request
from werkzeug.exceptions import TooManyRequests

from pwa.access import (
    current_access,
    current_account,
    current_claims,
    current_device,
    public,
    requires,
    set_device_cookie,
)
from pwa.domain import kinds
from pwa.domain.crypto import keyring, receipts
from pwa.domain.custody import allowances, backed_up, blobs, entries, envelopes, own, reach, seats
from pwa.domain.custody.fair_mutex import turns
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import receipt_books
from pwa.domain.people import accesses, devices, numbering
from pwa.keyless import without_key
from pwa.server import bookkeeping, logs, metrics
from pwa.server.bodies import takes
from pwa.web import now, today

bp = Blueprint("sync", __name__, url_prefix="/sync")

MOST_LINES = 100
MOST_CHAINS = 20
MOST_BODY = 1024 * 1024


def from_phone(view):
    """The device cookie is what lets a phone in; every answer renews it."""

    @wraps(view)
    def guarded(*args, **kwargs):
        device_id = current_device()
        if device_id is None:
            return jsonify(error="device"), 401
        logs.note_device(device_id)
        answer = make_response(view(*args, device=device_id, **kwargs))
        return set_device_cookie(answer, device_id)

    guarded.is_for_phones = True
    return public(guarded)


@bp.get("/keys")
@public
def keys_published():
    response = jsonify(keyring.published())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.post("/entries")
@from_phone
@without_key
@takes(MOST_BODY, "application/x-ndjson")
def receive(device):
    lines = [line for line in read_body(MOST_BODY).split(b"\n") if line]
    with turns.taken():
        return take_in(lines, device)


def take_in(lines, device):
    if len(lines) > MOST_LINES:
        abort(413)
    arrived, fault = read_until_fault(lines)
    wait = allowances.seconds_to_wait(device, arrived, at=now())
    if wait:
        raise TooManyRequests(retry_after=wait)
    taken = entries.take(arrived, sender=device, at=now(), contact=contact())
    answers = [entries.receipt(one) for one in taken]
    metrics.taken(taken)
    if any(one.envelope.content.get("kind") in kinds.MONEY for one in taken):
        bookkeeping.wake(at=now())
    logs.note(lines=len(taken), **Counter(answer["outcome"] for answer in answers))
    if fault:
        response = jsonify(error=fault, line=len(arrived) + 1)
        response.status_code = 400
        return response
    answers.append(progress(device))
    return Response("".join(json.dumps(answer) + "\n" for answer in answers), mimetype="application/x-ndjson")


@bp.put("/blobs/<string:sha256>")
@from_phone
@without_key
@takes(blobs.MOST_BYTES)
def put_blob(sha256, device):
    devices.meet(device, at=now(), **contact())
    data = read_body(blobs.MOST_BYTES)
    wait = allowances.blob_seconds_to_wait(device, len(data), at=now())
    if wait:
        raise TooManyRequests(retry_after=wait)
    try:
        blob, is_new = blobs.keep(sha256, data, device=device, at=now())
    except blobs.WrongDigest:
        metrics.blob("refused")
        response = jsonify(error="digest")
        response.status_code = 422
        return response
    metrics.blob("new" if is_new else "known")
    response = jsonify(receipts.blob_proof(blob))
    response.status_code = 201 if is_new else 200
    return response


@bp.get("/status")
@from_phone
def status(device):
    devices.meet(device, at=now(), **contact())
    chains = other_chains()
    theirs = [chain for chain in chains if numbering.may_ask(chain, sender=device, account=current_account())]
    answer = progress(device) | {"photos_missing": backed_up.lacking(device, *theirs)}
    answer["key"] = devices.claims(device).key or None
    if chains:
        answer["chains"] = [progress(chain) if chain in theirs else unheard(chain) for chain in chains]
    if account := current_account():
        answer |= {"account": str(account.id), **news(account)}
        answer |= {"kit": assignments.right(account, on=today()), "reach": reach.mark(account)}
    elif devices.is_revoked(device):
        answer["kit"] = assignments.NO_RIGHT
    return jsonify(answer)


@bp.get("/books")
@from_phone
def books(device):
    """The receipt books of whoever is signed in on this phone."""
    account = current_account()
    if account is None:
        return jsonify(error="session"), 401
    devices.meet(device, at=now(), **contact())
    held = receipt_books.issue(device, account, at=now(), on=today())
    return jsonify(books=[book._asdict() for book in held])


@bp.get("/entries/<uuid:entry_id>")
@requires()
def show(entry_id):
    return jsonify(own.single(entry_id, current_account(), health=accesses.are_settled(current_access(), at=now())))


def news(account):
    """How the account's entries stand; after `since`, what became of them since that answer, and which are of no interest any more."""
    told, gone, as_of = own.news(account, at=now(), since=request.args.get("since", ""))
    return {"entries": told, "as_of": as_of} | ({} if gone is None else {"gone": gone})


def progress(device):
    return {"device": str(device), **seats.progress(device), "backed_up_through": seats.backed_up_through(device)}


def unheard(chain):
    """What is said of a number that this server never heard of, or that is none of the asker's business."""
    return {"device": str(chain), "seen_through": 0, "missing": [], "backed_up_through": 0}


def other_chains():
    """The chains that a phone asks about besides its own: earlier numbers of its outbox, and phones that it sends for."""
    asked = request.args.getlist("chain", type=uuid.UUID)
    return list(dict.fromkeys(asked))[:MOST_CHAINS]


def contact():
    """What a phone says about itself with every request: its browser, and how many lines it still holds without a receipt."""
    waiting = request.headers.get("Ombun-Waiting", "")
    is_number = waiting.isascii() and waiting.isdigit() and len(waiting) <= 6
    said = {"waiting": int(waiting) if is_number else None, "first": current_claims().first}
    return {"agent": request.user_agent.string, **said}


def read_until_fault(lines):
    """The envelopes before the first line that is none, and what is wrong with that one ("" when all are good)."""
    arrived = []
    for line in lines:
        try:
            arrived.append(envelopes.read(line))
        except envelopes.NotAnEnvelope as fault:
            return arrived, str(fault)
    return arrived, ""


def read_body(most):
    data = request.stream.read()
    return inflated(data, most) if request.content_encoding == "gzip" else data


def inflated(data, most):
    """A gzip body unpacked, never further than `most` bytes."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        whole = unpacker.decompress(data, most + 1)
    except zlib.error:
        abort(400)
    if len(whole) > most:
        abort(413)
    return whole if unpacker.eof else abort(400)
