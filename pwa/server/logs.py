"""One line of JSON for every request and every fault, on stderr, and nothing personal in it.

A line names the route's pattern and never the address, which may hold an id, a token or a search. A phone appears as a few
letters of a hash. Of an error only its kind and the places in the code are told: its words may quote what somebody wrote.
"""

import hashlib
import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from flask import g, request, request_started

from pwa.server import metrics

ROOT = Path(__file__).parents[2]
REQUEST_ID = re.compile("[A-Za-z0-9._-]{8,64}")
log = logging.getLogger("ombun")


def init_app(app):
    request_started.connect(begin, app, weak=False)
    app.after_request(finish)


def to_stderr():
    """Send every log line of this process to stderr as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    log.setLevel(logging.INFO)


def begin(app):
    g.began, g.noted, g.request_id = time.perf_counter(), {}, given_id(app) or secrets.token_hex(8)


def given_id(app):
    """The id that a trusted proxy gave this request; a stranger's is not taken over."""
    given = request.headers.get("X-Request-Id", "")
    return given if app.config["OMBUN"].proxies and REQUEST_ID.fullmatch(given) else None


def note(**facts):
    """Add counts to the line of this request; never a name, a text or an id."""
    g.noted.update(facts)


def note_device(device_id):
    note(device=hashlib.sha256(device_id.bytes).hexdigest()[:8])


def finish(response):
    rule, noted, number = request.url_rule, g.noted, g.request_id
    seconds = time.perf_counter() - g.began
    route = rule.rule if rule else "none"
    response.headers["X-Request-Id"] = number
    metrics.answered(request.endpoint, route, response.status_code, seconds)
    facts = {
        "request": number,
        "method": request.method if rule else "-",
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        **noted,
    }
    log.info("request", extra={"facts": facts})
    return response


def fault(what, **facts):
    """Tell of an error that is being handled; the line carries the id of its request."""
    log.error(what, exc_info=True, extra={"facts": {"request": g.get("request_id"), **facts}})


def trouble(where):
    """Tell of an error outside of any request."""
    log.error(where, exc_info=True)


class Lines(logging.Formatter):
    """A record as a line of JSON. What others log is told without the values they put into it."""

    def format(self, record):
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        what = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line = {"at": at, "level": record.levelname.lower(), "from": record.name, "what": what}
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = list(errors(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def errors(error):
    """The kinds of an error and of what led to it, each with the places in the code that it passed; no words, no values."""
    while error is not None:
        places = [f"{place(one.filename)}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
        yield {"kind": f"{type(error).__module__}.{type(error).__qualname__}", "places": places}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def place(filename):
    """A file of ours by its path in the clone, others by their name: no line says where on the disk the app lies."""
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) and ".venv" not in path.parts else path.name
