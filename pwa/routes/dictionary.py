"""What data the community keeps, for everybody to read, and as a file."""

import csv
import io

from flask import Blueprint, Response

from pwa.access import public
from pwa.domain.privacy import dictionary
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.web import render

bp = Blueprint("dictionary", __name__)


@bp.get("/dictionary")
@public
def show():
    return render("dictionary/show.html", groups=grouped())


@bp.get("/dictionary.csv")
@public
@without_key
def file():
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        [
            _("Form"),
            _("Field"),
            _("Name"),
            _("Why it is kept"),
            _("Who may see it"),
            _("How long it is kept"),
            _("Sensitive"),
        ]
    )
    for item in dictionary.items():
        sensitive = _("yes") if item.is_sensitive else _("no")
        rows.writerow(
            [item.form, item.path, item.title, _(item.purpose), _(item.readers), _(item.retention), sensitive]
        )
    headers = {"Content-Disposition": "attachment; filename=ombun-dictionary.csv"}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def grouped():
    """{purpose: items} in the order of the forms."""
    groups = {}
    for item in dictionary.items():
        groups.setdefault(item.group, []).append(item)
    return groups
