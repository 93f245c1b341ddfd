"""Counters for whoever watches the server from the same machine, or for an administrator."""

import re

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from pwa.access import my_roles, public
from pwa.domain.operations import health
from pwa.server import metrics
from pwa.web import now

bp = Blueprint("metrics", __name__)

LOOPBACK = ("127.0.0.1", "::1")
FROM_A_PROXY = re.compile("(x-forwarded|x-real|x-client|x-original|x-cluster|true-client|cf-|forwarded|via)", re.I)
HERE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")


@bp.get("/metrics")
@public
def show():
    if not is_local() and "admin" not in my_roles():
        abort(404)
    alarms = health.alarms(at=now(), passphrase=current_app.config["OMBUN"].passphrase)
    return Response(metrics.text(at=now(), alarms=alarms), content_type=CONTENT_TYPE_LATEST)


def is_local():
    """Asked on this machine itself, not through a proxy on it: by a name of this machine, and nothing in between left a word.

    One behind which everybody looks local does leave a word: nginx, Caddy, Apache and the clouds name themselves or the client.
    """
    named = any(FROM_A_PROXY.match(name) for name, _ in request.headers)
    return request.remote_addr in LOOPBACK and not named and HERE.fullmatch(request.host) is not None
