"""What somebody may do who looks around the demo village without a key (a trial): read, record and decide.

Reading is open unless its view says no, any other act is closed unless its view says so, and a file to keep is closed whatever
made it. So a new route cannot forget it.
"""

import json
import re

from flask import current_app, request

from pwa.access import current_session, has_session_cookie
from pwa.domain import N_, Refusal
from pwa.domain.people import sessions
from pwa.web import SAFE


class NeedsKey(Refusal):
    """Somebody looks around without a key, and this is not for them."""

    status = 403

    def __init__(self):
        super().__init__(N_("This needs a passkey. You are looking around without one."))


def init_app(app):
    app.before_request(guard)
    app.after_request(keep_files)
    app.context_processor(lambda: {"trial": is_trial(), "closed_addresses": closed_addresses})


def without_key(view):
    """Recording and deciding, coming and going: also without a key."""
    view.without_key = True
    return view


def needs_key(view):
    """A page that leads to nothing but what needs a key."""
    view.without_key = False
    return view


def is_trial():
    """Whether who asks looks around without a key."""
    return has_session_cookie() and sessions.is_trial(current_session())


def is_open(endpoint, method):
    return getattr(current_app.view_functions.get(endpoint), "without_key", method in SAFE)


def guard():
    if not is_open(request.endpoint, request.method) and is_trial():
        raise NeedsKey


def keep_files(response):
    """What would be a file to keep is refused instead."""
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    says_so = getattr(current_app.view_functions.get(request.endpoint), "without_key", False)
    if is_file and not says_so and is_trial():
        return current_app.make_response(current_app.handle_user_exception(NeedsKey()))
    return response


def closed_addresses():
    """{method: patterns of the addresses that need a key}, as JSON: the page shows no such act as if it worked."""
    closed = {"GET": [], "POST": []}
    for rule in current_app.url_map.iter_rules():
        for method in closed.keys() & rule.methods:
            if not is_open(rule.endpoint, method):
                closed[method].append(re.sub("<[^>]*>", "[^/]+", rule.rule))
    return json.dumps(closed, separators=(",", ":"))
