"""The watcher's door: is custody safe here right now."""

from flask import Blueprint, jsonify

from pwa.access import public
from pwa.domain.office import health

bp = Blueprint("health", __name__)


@bp.get("/health")
@public
def show():
    alarms = health.alarms()
    return (jsonify(ok=False, alarms=alarms), 503) if alarms else jsonify(ok=True)
