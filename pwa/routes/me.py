"""สิทธิของฉัน: a member's standing, own data with its three names, corrections, phones, and who looked."""

from flask import Blueprint

from pwa.access import current_access, current_account, current_device, current_session, requires
from pwa.domain import NotFound
from pwa.domain.people import accesses, passkeys, reissues, role_starts
from pwa.domain.register import member_pages, members
from pwa.domain.review import corrections
from pwa.web import now, render, today

bp = Blueprint("me", __name__)


@bp.get("/me")
@requires()
def show():
    account, session = current_account(), current_session()
    phones = dict(phones=passkeys.of(account), this_device=current_device(), confirmed=accesses.confirmations(account))
    try:
        person = members.of_account(account)
    except NotFound:
        return render("me/nobody.html", starts=role_starts.to(account), **phones)
    unsure = [one for one in current_access() if not one.is_sure]
    if unsure:
        members.view_own(person, by=account, since=session.started_at, at=now())
    health = accesses.are_settled(unsure, at=now())
    return render(
        "me/show.html",
        rights=member_pages.of(person, on=today(), health=health),
        corrections=corrections.of(account, person.household_id, health=health),
        hidden_by=next((one for one in unsure if not one.is_settled(now())), None),
        **phones,
        viewings=members.viewings(person),
        asked=reissues.about(account, at=now()),
    )
