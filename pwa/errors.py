"""What goes wrong, said once: refusals, strangers' ids, missing pages and our own faults, as page, fragment or JSON."""

import logging

from flask import g, jsonify, render_template, request
from flask_babel import gettext
from peewee import OperationalError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from pwa.domain import NotFound, Refusal

log = logging.getLogger("ombun")
SOON = 5  # seconds


def init_app(app):
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(NotFound, lambda error: page(404))
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, out_of_reach)
    app.register_error_handler(Exception, fault)


def refuse(refusal):
    """422, or what the refusal says: the sentence as JSON, into the form's refusal slot, or as a page."""
    sentence = gettext(refusal.message, **{name: str(value) for name, value in refusal.values.items()})
    status, headers = getattr(refusal, "status", 422), retry_after(refusal)
    if wants_json():
        return jsonify(error=sentence, field=refusal.field, link=refusal.link), status, headers
    template = "shared/_refusal.html" if request.htmx else "errors/refusal.html"
    return render_template(template, sentence=sentence, field=refusal.field, link=refusal.link), status, headers


def http_error(error):
    return page(error.code, error) if error.code and error.code >= 400 else error


def fault(error):
    log.exception("fault at %s", request.endpoint)
    try:
        return page(500)
    except Exception:  # the page for faults must not fault
        return "500", 500


def out_of_reach(error):
    """The database is locked, full or gone: 503, nothing half-written, come again. The page asks it nothing more."""
    log.error("database out of reach at %s: %s", request.endpoint, type(error).__name__)
    if request.path == "/health":
        return jsonify(ok=False, alarms=["database"]), 503
    g.session, g.roles = None, set()
    return page(503, ServiceUnavailable(retry_after=SOON))


def page(code, error=None):
    headers = retry_after(error)
    if wants_json():
        return jsonify(error=code), code, headers
    known = code if code in (401, 403, 404, 413, 429, 500, 503) else (404 if code < 500 else 500)
    template = "errors/_fragment.html" if request.htmx else "errors/error.html"
    return render_template(template, code=known), code, headers


def retry_after(error):
    return {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else {}


def wants_json():
    """The sync endpoints, published JSON, and scripts that ask for it."""
    asked = request.accept_mimetypes.best == "application/json"
    return asked or request.path.startswith("/sync/") or request.path.endswith(".json")
