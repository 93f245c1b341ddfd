"""How routes answer: a page, a fragment, a redirect; who may write; the headers on everything."""

import gzip
from datetime import UTC, datetime

from flask import abort, current_app, make_response, redirect, render_template, request
from werkzeug.middleware.proxy_fix import ProxyFix

import db
from pwa.domain.text.dates import BANGKOK

SAFE = {"GET", "HEAD", "OPTIONS"}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Ombun": "1",  # what carries it was said by us, and by no proxy or Wi-Fi on the way
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cache-Control": "no-store",
}
ZIPPED = 6
"""How hard pages are packed: harder takes half as long again, a millisecond of the largest page, for a hundredth of its bytes."""
HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def init_app(app):
    settings = app.config["OMBUN"]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)
    app.ensure_sync = lambda view: (
        view
    )  # none is a coroutine, and Flask would look at each of a dozen for every request
    app.before_request(refuse_cross_site)
    app.before_request(connect)
    app.teardown_request(disconnect)
    app.after_request(add_headers)
    app.after_request(compress)


def render(page, fragment=None, **context):
    """The whole page, or only its fragment when htmx will swap it in."""
    response = make_response(render_template(fragment if fragment and request.htmx else page, **context))
    response.vary.add("HX-Request")
    return response


def done(url, fragment=None, **context):
    """After a command: the fragment (or a redirect by header) to htmx, 303 to a plain form."""
    if not request.htmx:
        return redirect(url, 303)
    if fragment:
        return render(fragment, fragment, **context)
    return "", 204, {"HX-Redirect": url}


def now():
    """This instant in UTC, to the millisecond."""
    return current_app.config["CLOCK"]()


def today():
    """The date in Thailand."""
    return now().astimezone(BANGKOK).date()


def system_clock():
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def refuse_cross_site():
    """Protocol, "CSRF": same-origin by Sec-Fetch-Site, or by Origin where that header is absent; otherwise 403. What reads no cookie
    may come from elsewhere.
    """
    view = current_app.view_functions.get(request.endpoint)
    if getattr(view, "from_elsewhere", 0):
        return
    if request.method not in SAFE and is_cross_site(request, current_app.config["OMBUN"].origin):
        abort(403)


def from_elsewhere(most):
    """The view reads no cookie, so a request may come from any page or machine, with a body of at most so many bytes."""

    def decorate(view):
        view.from_elsewhere = most
        return view

    return decorate


def is_cross_site(asked, ours):
    """Whether a request that writes came from a page of somebody else; `ours` is our own origin."""
    site = asked.headers.get("Sec-Fetch-Site")
    return site != "same-origin" if site is not None else asked.origin != ours


def connect():
    db.database.connect(reuse_if_open=True)


def disconnect(error):
    if not db.database.is_closed():
        db.database.close()


def add_headers(response):
    headers = response.headers
    there = {name.lower() for name, _ in headers}
    for name, value in (HEADERS | HTTPS if current_app.config["OMBUN"].is_https else HEADERS).items():
        if name.lower() not in there:
            headers.add(name, value)
    return response


def compress(response):
    """Gzip what is text and worth it; static files come compressed already."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or not (response.mimetype.startswith("text/") or "json" in response.mimetype)
        or (response.content_length or 0) < 800
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), ZIPPED, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
