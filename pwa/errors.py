"""What goes wrong, said once: refusals, strangers' ids, missing pages and our own faults, as page, fragment or JSON."""

import errno
from datetime import date

from flask import current_app, g, jsonify, render_template, request
from peewee import InterfaceError, OperationalError
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from pwa.domain import NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import allowances, trouble
from pwa.i18n import gettext, thai_date
from pwa.server import logs

SOON, LATER, MUCH_LATER = 5, 60, 600
"""Seconds to wait: for a lock to go, for a person to mend something, and for what is no field work while the disk is nearly full."""
FULL = ("full", "No space left", "disk I/O error")
"""What a database says that has no room; every other trouble may go by itself."""
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}


def init_app(app):
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(NotFound, lambda error: page(404))
    app.register_error_handler(HTTPException, http_error)
    for kind in (OperationalError, InterfaceError, MaxConnectionsExceeded, keyring.MissingKey):
        app.register_error_handler(kind, out_of_reach)
    app.register_error_handler(allowances.NoRoom, lambda error: page(503, ServiceUnavailable(retry_after=MUCH_LATER)))
    app.register_error_handler(OSError, disk_fault)
    app.register_error_handler(Exception, fault)


def refuse(refusal):
    """422, or what the refusal says: the sentence as JSON, into the form's refusal slot, or as a page."""
    sentence = gettext(refusal.message, **{name: worded(value) for name, value in refusal.values.items()})
    status, headers = getattr(refusal, "status", 422), retry_after(refusal)
    if wants_json():
        return jsonify(error=sentence, field=refusal.field, link=refusal.link), status, headers
    template = "shared/_refusal.html" if request.htmx else "errors/refusal.html"
    return render_template(template, sentence=sentence, field=refusal.field, link=refusal.link), status, headers


def worded(value):
    """A value of a refusal's sentence as people read it."""
    return thai_date(value) if isinstance(value, date) else str(value)


def http_error(error):
    return page(error.code, error) if error.code and error.code >= 400 else error


def fault(error):
    logs.fault("fault", route=request.endpoint)
    try:
        return page(500)
    except Exception:  # the page for faults must not fault
        return "500", 500


def out_of_reach(error):
    """The database is locked, full or gone, or a key is: 503, nothing half-written, come again. The page asks it nothing more."""
    logs.fault("out of reach", route=request.endpoint)
    if request.path == "/health":
        return jsonify(ok=False, alarms=["database"]), 503
    if request.path.startswith("/sync/"):
        trouble.note(at=current_app.config["CLOCK"]())
    g.session, g.roles = None, set()
    may_pass = isinstance(error, OperationalError) and not any(word in str(error) for word in FULL)
    return page(503, ServiceUnavailable(retry_after=SOON if may_pass else LATER))


def disk_fault(error):
    """A disk that takes nothing more is no fault of the app's; any other trouble with a file is."""
    return out_of_reach(error) if error.errno in DISK else fault(error)


def page(code, error=None):
    headers = retry_after(error)
    if wants_json():
        return jsonify(error=code, request=g.get("request_id")), code, headers
    known = code if code in (401, 403, 404, 408, 413, 429, 500, 503) else (404 if code < 500 else 500)
    template = "errors/_fragment.html" if request.htmx else "errors/error.html"
    return render_template(template, code=known, request_id=g.get("request_id")), code, headers


def retry_after(error):
    return {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else {}


def wants_json():
    """The sync endpoints, published JSON, and scripts that ask for it."""
    asked = request.accept_mimetypes.best == "application/json"
    return asked or request.path.startswith("/sync/") or request.path.endswith(".json")
