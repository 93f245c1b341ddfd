"""The field forms as published: a JSON Schema each, for whoever writes or checks an entry."""

from flask import Blueprint, abort, jsonify

from pwa.access import public
from pwa.domain.field import forms

bp = Blueprint("forms", __name__)


@bp.get("/forms/<string:form>.json")
@public
def show(form):
    if not forms.known(form):
        abort(404)
    response = jsonify(forms.schema(form))
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
