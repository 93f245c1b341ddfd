"""The field forms as published, and what templates ask about a field: its name, its answers, its limits."""

from flask import Blueprint, abort, jsonify
from flask_babel import gettext

from pwa.access import public
from pwa.domain import kinds
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


@bp.app_template_global()
def label_of(path):
    """What a payload path is called, in the reader's language; the path itself when no form has it."""
    text = kinds.label(path)
    return gettext(text) if text else path


@bp.app_template_global()
def answers_of(path):
    """(value, words) of each answer that a field takes."""
    return [(value, gettext(text)) for value, text in kinds.choices(path).items()]


@bp.app_template_global()
def limits_of(path):
    """The data attributes by which the phone checks a field: longest text, pattern and the sentence for it."""
    rule = forms.field(path, forms.newest(kinds.RECORD.name))
    limits = {"data-long": rule.get("maxLength"), "data-pattern": rule.get("pattern")}
    limits["data-wrong"] = forms.PATTERNS.get(path.rpartition(".")[2]) if rule.get("pattern") else None
    limits |= {"data-least": rule.get("minimum"), "data-most": rule.get("maximum")}
    return {name: value for name, value in limits.items() if value is not None}
