"""The administrator's desk: who works here, what they may do, how they sign in; everything with who, why and when."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.fund import farewells
from pwa.domain.people import accesses, accounts, enrolments, limits, passkeys, role_starts, roles, sessions
from pwa.i18n import ROLE_NAMES
from pwa.keyless import needs_key
from pwa.web import done, now, render

bp = Blueprint("accounts", __name__)
HOLDERS = roles.may("collect")
"""The roles in which somebody may have cash of a fund."""


@bp.get("/accounts")
@requires("admin")
def index():
    text = request.args.get("q", "")
    return render(
        "accounts/index.html",
        "accounts/_list.html",
        listed=accounts.listed(seen_by=current_account(), text=text),
        waits={grant.id for grant in role_starts.waiting(current_account())},
        text=text,
        digits_lock=limits.digits_lock(at=now()),
        at=now(),
        disowned=passkeys.disowned(seen_by=current_account(), at=now()),
    )


@bp.get("/accounts/new")
@requires("admin")
@needs_key
def new():
    return render("accounts/new.html", places=accounts.places(current_account()), roles=ROLE_NAMES)


@bp.post("/accounts")
@requires("admin")
def create():
    form = request.form
    account = accounts.add(
        form.get("handle", ""),
        name=form.get("name", ""),
        unit=accounts.place(form.get("unit"), by=current_account()),
        role=form.get("role", ""),
        reason=form.get("reason", ""),
        by=current_account(),
        at=now(),
    )
    return done(url_for("accounts.show", account_id=account.id))


@bp.get("/accounts/<uuid:account_id>")
@requires("admin")
def show(account_id):
    account = accounts.get(account_id, seen_by=current_account())
    return render(
        "accounts/show.html",
        who=account,
        roles_ever=accounts.roles_ever(account),
        waits={grant.id: role_starts.due_at(grant) for grant in role_starts.to(account)},
        phones=passkeys.of(account),
        confirmed=accesses.confirmations(account),
        revoked=passkeys.revoked(account),
        sessions=(live := list(sessions.live(account, at=now()))),
        names=passkeys.names({session.device_id for session in live}),
        issued=enrolments.issued_to(account),
        check_words=enrolments.check_words,
        label=passkeys.label,
        places=accounts.places(current_account()),
        roles=ROLE_NAMES,
        holders=HOLDERS,
        held=farewells.held([account.id]),
        at=now(),
    )


@bp.post("/accounts/<uuid:account_id>/roles")
@requires("admin")
def grant(account_id):
    account, me = accounts.get(account_id, seen_by=current_account()), current_account()
    unit = accounts.place(request.form.get("unit"), by=me)
    role, reason = request.form.get("role", ""), request.form.get("reason", "")
    accounts.grant(account, role, unit, by=me, at=now(), reason=reason)
    return done(url_for("accounts.show", account_id=account_id))


@bp.post("/accounts/<uuid:account_id>/roles/<int:grant_id>/end")
@requires("admin")
def end_role(account_id, grant_id):
    account = accounts.get(account_id, seen_by=current_account())
    grant = accounts.grant_of(account, grant_id)
    if grant.role in HOLDERS:
        farewells.ask([account.id], known=request.form.get(farewells.KNOWN) == "yes")
    accounts.end_role(grant, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("accounts.show", account_id=account_id))


@bp.post("/accounts/<uuid:account_id>/sessions/<int:session_id>/end")
@requires("admin")
def end_session(account_id, session_id):
    account = accounts.get(account_id, seen_by=current_account())
    session = sessions.get(session_id, account=account, at=now())
    sessions.end(session, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("accounts.show", account_id=account_id))


@bp.post("/accounts/<uuid:account_id>/passkeys/<int:passkey_id>/revocation")
@requires("admin")
def revoke(account_id, passkey_id):
    account = accounts.get(account_id, seen_by=current_account())
    passkey = passkeys.get(passkey_id, account=account)
    farewells.ask([account.id], known=request.form.get(farewells.KNOWN) == "yes")
    passkeys.revoke(passkey, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("accounts.show", account_id=account_id))
