"""Counters for whoever watches the server from the same machine, or for an administrator."""

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from pwa import metrics
from pwa.access import my_roles, public
from pwa.domain.office import health
from pwa.web import now

bp = Blueprint("metrics", __name__)

LOOPBACK = ("127.0.0.1", "::1")
FROM_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via")


@bp.get("/metrics")
@public
def show():
    if not is_local() and "admin" not in my_roles():
        abort(404)
    alarms = health.alarms(at=now(), passphrase=current_app.config["OMBUN"].passphrase)
    return Response(metrics.text(at=now(), alarms=alarms), content_type=CONTENT_TYPE_LATEST)


def is_local():
    """Asked on this machine itself, not through a proxy on it."""
    return request.remote_addr in LOOPBACK and not any(name in request.headers for name in FROM_A_PROXY)
