"""Who is asking, and whether they may enter. Every view says so with @requires or @public."""

import re
from datetime import timedelta
from functools import wraps

from flask import abort, current_app, g, jsonify, redirect, request, url_for

from pwa.domain.custody import rejudgement
from pwa.domain.people import accesses, devices, passkeys, role_starts, sessions, tokens, trials
from pwa.domain.places import units
from pwa.i18n import COOKIE as LANGUAGE
from pwa.server import loopback

SESSION = "ombun_session"
TOLD = timedelta(minutes=5)
DEVICE = "ombun_device"
CLAIMS = "ombun.claims"
"""Where the environ holds what the device cookie says, when our front has read it already."""
OURS = re.compile(r"/(?:[^/\\\s\x00-\x20\x7f-\x9f][^\\\s\x00-\x20\x7f-\x9f]*)?")
"""An address of ours: one slash, then no second one, and nothing that browsers read as another sign or not at all."""


def init_app(app):
    app.before_request(begin_roles)
    app.context_processor(lambda: {"account": current_account(), "my_roles": my_roles(), "opened_by": opened_by})


def begin_roles():
    """Roles whose 24 hours are over count before anything is asked, whether or not the night watch runs."""
    if request.blueprint not in (None, "health"):
        role_starts.begin_due(at=current_app.config["CLOCK"]())


def public(view):
    """Anybody may enter."""
    view.access = "public"
    return view


def requires(*roles):
    """Signed in, and holding one of these roles on some unit (none named: any account). Otherwise sign-in, or not found."""

    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if current_account() is None:
                return ask_to_sign_in()
            if roles and not my_roles() & set(roles):
                abort(404)
            return view(*args, **kwargs)

        guarded.access = roles
        return guarded

    return decorate


def current_session():
    """The live session of this request, or None. One without a key is not found from anywhere but this very machine."""
    if "session" not in g:
        g.session = shown_session()
        if sessions.is_trial(g.session) and not is_from_here():
            g.session = None
            abort(404)
    return g.session


def shown_session():
    """The live session that the cookie names."""
    settings = current_app.config["OMBUN"]
    return sessions.find(request.cookies.get(settings.cookie(SESSION)), at=current_app.config["CLOCK"]())


def is_from_here():
    """Whether this request may look around the demo village without a key, as far as it says where it comes from."""
    return loopback.comes_from_here(current_app.config["OMBUN"], request.environ)


def has_session_cookie(asked=request, app=current_app):
    """Whether a request shows a session at all, good or not."""
    return app.config["OMBUN"].cookie(SESSION) in asked.cookies


def current_account():
    session = current_session()
    return session.account if session else None


def opened_by():
    """For some minutes after each sign-in: who opened the access that it was begun with (accesses.Opened)."""
    session = None if "Ombun-Shell" in request.headers else current_session()
    is_over = session is None or current_app.config["CLOCK"]() - session.started_at > TOLD
    return [] if is_over else current_access()


def current_access():
    """What this request's session was begun with, as [accesses.Opened]."""
    if "access" not in g:
        g.access = accesses.opened_by(current_session())
    return g.access


def my_roles():
    """The names of the roles that the signed-in account holds anywhere."""
    if "roles" not in g:
        g.roles = {grant.role for grant in units.grants(current_account())} if current_account() else set()
    return g.roles


def current_claims():
    """What a good device cookie says (tokens.Claims), or None."""
    if "claims" not in g:
        shown = request.environ.get(CLAIMS)
        g.claims = shown if shown else claims_of(request, current_app)
    return g.claims


def claims_of(asked, app):
    """What the device cookie of a request says, or None when it shows no good one."""
    text = asked.cookies.get(app.config["OMBUN"].cookie(DEVICE))
    return tokens.read(text, at=app.config["CLOCK"]())


def current_device():
    """The uuid of the phone that shows a good device cookie, or None."""
    claims = current_claims()
    return claims and claims.device


def set_session_cookie(response, token, lasts=sessions.LIFETIME):
    settings = current_app.config["OMBUN"]
    response.set_cookie(
        settings.cookie(SESSION),
        token,
        max_age=lasts,
        httponly=True,
        samesite="Lax",
        secure=settings.is_https,
    )
    return response


def sign_in(passkey, address):
    """Start a session with this passkey: to a script the account and where to go as JSON, to a plain form a redirect there."""
    at, agent = current_app.config["CLOCK"](), request.user_agent.string
    token, device = passkeys.begin(passkey, device_id=current_device(), at=at, agent=agent)
    rejudgement.when_known(device.id, author=passkey.account_id, at=at)
    return set_device_cookie(set_session_cookie(let_in(passkey.account, address), token), device.id)


def try_out(link, address):
    """Start a session without a key, with the token of a printed link. Raises NotFound where the demo village is not open."""
    at, agent = current_app.config["CLOCK"](), request.user_agent.string
    begun = trials.begin(link, device_id=current_device(), address=request.remote_addr, at=at, agent=agent)
    rejudgement.when_known(begun.device.id, author=begun.account.id, at=at)
    response = let_in(begun.account, address, trial="yes")
    return set_device_cookie(set_session_cookie(response, begun.token, lasts=trials.LIFETIME), begun.device.id)


def let_in(who, address, **more):
    """The answer to somebody who has just signed in; whose session this was before ends."""
    if current_session():
        sessions.end(current_session(), by=who, at=current_app.config["CLOCK"]())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(account=who.id, name=who.name, handle=who.handle, unit=who.unit.code, next=address, **more)
    return redirect(address, 303)


def sign_out(response, only=None):
    """End this request's session; `only` names whose it must be: a phone may ask long after, when somebody else is here."""
    session = shown_session()
    if session and only and str(session.account_id) != only:
        return response
    if session:
        sessions.end(session, by=session.account, at=current_app.config["CLOCK"]())
    return clear_session_cookie(response)


def clear_session_cookie(response):
    response.delete_cookie(current_app.config["OMBUN"].cookie(SESSION), httponly=True, samesite="Lax")
    return response


def forget_phone(response):
    """A phone that was wiped on purpose starts again with a number of its own, and in the language that it chooses."""
    response.delete_cookie(LANGUAGE)
    response.delete_cookie(current_app.config["OMBUN"].cookie(DEVICE), httponly=True, samesite="Strict")
    return response


def set_device_cookie(response, device_id):
    """Renew the phone's upload-only cookie for another 180 days."""
    settings = current_app.config["OMBUN"]
    token = devices.token(device_id, at=current_app.config["CLOCK"](), shown=current_claims())
    response.set_cookie(
        settings.cookie(DEVICE),
        token,
        max_age=tokens.LIFETIME,
        httponly=True,
        samesite="Strict",
        secure=settings.is_https,
    )
    return response


def ask_to_sign_in():
    if request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("session.new", next=request.full_path.rstrip("?")), 303)


def safe_next(address):
    """Where to go after signing in: a path of ours, or home. Browsers read \\ as / and leave out line ends and tabs."""
    return address if OURS.fullmatch(address or "") else "/"
