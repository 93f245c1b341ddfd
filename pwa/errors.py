"""What goes wrong, said once: refusals, strangers' ids, missing pages and our own faults, as page, fragment or JSON."""

import logging

from flask import jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from pwa.domain import NotFound, Refusal

log = logging.getLogger("ombun")


def init_app(app):
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(NotFound, lambda error: page(404))
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, fault)


def refuse(refusal):
    """422: the sentence into the form's refusal slot, or as a page."""
    template = "shared/_refusal.html" if request.htmx else "errors/refusal.html"
    sentence = gettext(refusal.message, **{name: str(value) for name, value in refusal.values.items()})
    return render_template(template, sentence=sentence, field=refusal.field, link=refusal.link), 422


def http_error(error):
    return page(error.code, error) if error.code and error.code >= 400 else error


def fault(error):
    log.exception("fault at %s", request.endpoint)
    try:
        return page(500)
    except Exception:  # the page for faults must not fault
        return "500", 500


def page(code, error=None):
    headers = {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else {}
    if request.path.startswith("/sync/") or request.path.endswith(".json"):
        return jsonify(error=code), code, headers
    known = code if code in (401, 403, 404, 413, 429, 500, 503) else (404 if code < 500 else 500)
    template = "errors/_fragment.html" if request.htmx else "errors/error.html"
    return render_template(template, code=known), code, headers
