"""People whom somebody else named: who is still to be told, and that they were."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.register import notices
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@requires(*notices.ROLES)
def index():
    return render("notices/index.html", "notices/_list.html", **listing())


@bp.post("/<uuid:person_id>")
@requires(*notices.ROLES)
@without_key
def tell(person_id):
    person = notices.get(person_id, seen_by=current_account())
    notices.tell(person, by=current_account(), at=now(), how=request.form.get("how", ""))
    return done(url_for("notices.index"), "notices/_list.html", **listing())


def listing():
    people = notices.due(seen_by=current_account())
    ways = [(way, _(text)) for way, text in notices.WAYS.items()]
    count = notices.count(seen_by=current_account())
    return {
        "count": count,
        "people": [(person, notices.days_left(person, at=now())) for person in people],
        "ways": ways,
    }
