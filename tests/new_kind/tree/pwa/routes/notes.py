"""The form of a note about a house: a shell, filled in by the phone."""

from flask import Blueprint

from pwa.access import requires
from pwa.domain.kinds import note
from pwa.form_pages import kept_page

bp = Blueprint("notes", __name__)


@bp.get("/notes/new")
@requires()
def new():
    return kept_page("notes/new.html", note.KIND)
