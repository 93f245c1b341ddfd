"""A correction that came back, or that its author wants to say better: a shell, filled in by the phone that holds it."""

from flask import Blueprint

from pwa.access import public
from pwa.domain import kinds
from pwa.domain.kinds import forms
from pwa.web import render

bp = Blueprint("corrections", __name__)


@bp.get("/corrections")
@public
def show():
    longest = forms.field("statement", forms.newest(kinds.correction.KIND.name))["maxLength"]
    return render("corrections/show.html", names=forms.labels(forms.newest(kinds.RECORD.name)), longest=longest)
