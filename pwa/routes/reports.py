"""The door for reports of other boxes: taken in when a known key signed them, and what became of each by its hash. No cookie is read."""

from datetime import timedelta

from flask import Blueprint, jsonify, request

from pwa.access import public
from pwa.domain import Refusal
from pwa.domain.custody import allowances
from pwa.domain.network import receiving, report_files
from pwa.domain.network.receiving import Fork, Unsigned
from pwa.keyless import without_key
from pwa.web import from_elsewhere, now

bp = Blueprint("reports", __name__, url_prefix="/reports")
A_DAY = 30
"""So many reports of one unit in a day."""


@bp.post("")
@public
@without_key
@from_elsewhere(report_files.LARGEST + 1)
def receive():
    data = request.stream.read(report_files.LARGEST + 1)
    if len(data) > report_files.LARGEST:
        return said("too_large"), 413
    try:
        unit = receiving.read(data).unit
        is_new = not receiving.is_known(data)
        if is_new and receiving.of_today(unit, now() - timedelta(days=1)) >= A_DAY:
            return said("too_many"), 429
        if is_new:
            allowances.keep_room()
        received, is_known = receiving.take(data, at=now())
    except Fork:
        return said("fork"), 409
    except Unsigned:
        return said("unsigned"), 403
    except (Refusal, KeyError):
        return said("not_a_report"), 422
    return jsonify(sha256=received.sha256, state="known" if is_known else "waiting"), 202


@bp.get("/<string:report_hash>")
@public
def show(report_hash):
    received, acceptance = receiving.find(report_hash)
    about = {name: getattr(received, name) for name in ("unit", "period", "seq", "sha256")}
    state = "accepted" if acceptance else "fork" if receiving.is_forked(received) else "waiting"
    about |= {"state": state, "received_at": stamp(received.at)}
    return jsonify(**about, **({"accepted_at": stamp(acceptance.at)} if acceptance else {}))


def said(why):
    return jsonify(state=why)


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
