"""สิทธิของฉัน: a member's standing, own data with its three names, corrections, phones, and who looked."""

from flask import Blueprint

from pwa.access import current_account, current_device, requires
from pwa.domain import NotFound
from pwa.domain.people import passkeys, reissues
from pwa.domain.registry import corrections, members, rights
from pwa.web import now, render, today

bp = Blueprint("me", __name__)


@bp.get("/me")
@requires()
def show():
    account = current_account()
    try:
        person = members.of_account(account)
    except NotFound:
        return render("me/nobody.html")
    return render(
        "me/show.html",
        rights=rights.of(person, on=today(), health=True),
        corrections=corrections.of(account, person.household_id),
        phones=passkeys.of(account),
        this_device=current_device(),
        viewings=members.viewings(person),
        asked=reissues.about(account, at=now()),
    )
