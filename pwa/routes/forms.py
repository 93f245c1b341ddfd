"""The field forms as published, and what templates ask about a field: its name, its answers, its limits."""

import re

from flask import Blueprint, abort, g, jsonify
from markupsafe import Markup

from pwa.access import public
from pwa.domain import kinds
from pwa.domain.kinds import forms
from pwa.i18n import MONTHS, gettext, language

bp = Blueprint("forms", __name__)
BLOCKS = (
    "div|template|fieldset|section|details|summary|option|select|ul|li|dl|dt|dd|legend|label|input|textarea|p|h[23]"
)


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
    text = kinds.label(path, kind())
    return gettext(text) if text else path


@bp.app_template_global()
def answers_of(path):
    """(value, words) of each answer that a field takes."""
    return [(value, gettext(text)) for value, text in kinds.choices(path, kind()).items()]


@bp.app_template_global()
def limits_of(path):
    """The data attributes by which the phone checks a field: longest text, pattern and the sentence for it."""
    rule = forms.field(path, forms.newest(kind().name))
    limits = {"data-long": rule.get("maxLength"), "data-pattern": rule.get("pattern")}
    limits["data-wrong"] = forms.PATTERNS.get(path.rpartition(".")[2]) if rule.get("pattern") else None
    limits |= {"data-least": rule.get("minimum"), "data-most": rule.get("maximum")}
    return {name: value for name, value in limits.items() if value is not None}


def kind():
    """The kind whose form this page fills in (form_pages.py); elsewhere paths are those of the register."""
    return g.get("form_kind", kinds.RECORD)


@bp.app_template_global()
def kinds_called():
    """(name, words) of each kind, as a phone calls one that it cannot open."""
    return [(one.name, gettext(one.called or one.title)) for one in kinds.KINDS.values()]


@bp.app_template_global()
def begun():
    """(address, words) of each form that is begun with a button."""
    return [(one.page, gettext(one.begins)) for one in kinds.BEGUN]


@bp.app_template_global()
def record_page():
    """Where the record of a household is filled in."""
    return kinds.RECORD.page


@bp.app_template_filter()
def flush_left(markup):
    """The same without indentation: of a long form it is a good part of what goes over the air and is read by a slow phone."""
    return Markup(re.sub(rf"\n\s*(?=</?(?:{BLOCKS})\b)", "", re.sub(r"\n\s+", "\n", markup)))


@bp.app_template_global()
def months():
    """The short names of the months, January first."""
    return MONTHS[language()]
