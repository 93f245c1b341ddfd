"""How a register value looks to a person: its label and its words, by the path that it stands at."""

import re
from datetime import date

from flask import g

from pwa.domain import kinds
from pwa.domain.places import addresses, funds
from pwa.i18n import gettext as _
from pwa.i18n import partial_date, thai_date

PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")


def init_app(app):
    app.jinja_env.filters.update(field_label=field_label, field_value=field_value)


def field_label(path):
    """The name of a payload path, "" for one that no form has."""
    text = kinds.label(path)
    return _(text) if text else ""


def field_value(value, path, kind=""):
    """A value in the reader's words, of the record or of a named kind: choices by name, dates by their calendar, ID numbers by the last four."""
    last = path.rsplit(".", 1)[-1]
    if value is None or value == "" or value == []:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(field_value(item, path) for item in value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    if words := kinds.choices(path, kinds.of(kind) if kind else kinds.RECORD).get(value):
        return _(words)
    if last == "id_number":
        return f"x-{str(value)[-4:]}"
    if last == "fund":
        return _fund_names().get(value, value)
    if last == "subdistrict":
        return addresses.label(value) or value
    return _date(str(value), last)


def _fund_names():
    if "fund_names" not in g:
        g.fund_names = funds.names()
    return g.fund_names


def _date(text, last):
    if last == "birth_date" and PARTIAL.fullmatch(text):
        return partial_date(text)
    if last.endswith(("_on", "paid_through")) and PARTIAL.fullmatch(text) and len(text) == 10:
        return thai_date(date.fromisoformat(text))
    return text
