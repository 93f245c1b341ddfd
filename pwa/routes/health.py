"""The watcher's door: is custody safe here right now."""

from flask import Blueprint, current_app, jsonify

from pwa.access import public
from pwa.domain.operations import health
from pwa.web import now

bp = Blueprint("health", __name__)


@bp.get("/health")
@public
def show():
    alarms = health.alarms(at=now(), passphrase=current_app.config["OMBUN"].passphrase)
    return (jsonify(ok=False, alarms=alarms), 503) if alarms else jsonify(ok=True)
