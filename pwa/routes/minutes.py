"""The minutes of a sitting: on the screen, on A4 paper to be signed, and as a table of its resolutions."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from pwa import files, fund_words
from pwa.access import current_account, my_roles, requires
from pwa.domain import N_
from pwa.domain.fund import cash, differences, membership_pages
from pwa.domain.fund.sentences import Satang
from pwa.domain.review import attendance, minutes, sittings
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("minutes", __name__, url_prefix="/meetings")
KINDS = {
    "claim": N_("Claim"),
    "admission": N_("Applicant"),
    "membership": N_("Membership"),
    "difference": N_("Difference of cash"),
}
SAID = {
    "grant": N_("Granted"),
    "refuse": N_("Not granted"),
    "admit": N_("Admitted"),
    "not_admit": N_("Not admitted"),
    **membership_pages.KINDS,
    **differences.HOW,
}


@bp.get("/<uuid:sitting_id>/minutes")
@requires(*sittings.READERS)
def show(sitting_id):
    one, asked = sittings.get(sitting_id, seen_by=current_account(), may=sittings.READERS), request.args.get("file")
    told = minutes.of(one)
    if asked in files.KINDS:
        return files.of(table_of(one, told), asked)
    page = "minutes/paper.html" if asked == "print" else "minutes/show.html"
    about = dict(kinds=KINDS, said_of=SAID, items=minutes.ITEMS, whose=cash.name_of, may_write=may_write())
    about |= dict(present=attendance.of(one), quorum=attendance.quorum(one))
    return render(page, sitting=one, sitting_id=sitting_id, told=told, **about)


@bp.post("/<uuid:sitting_id>/minutes")
@requires(*sittings.TYPISTS)
@without_key
def remark(sitting_id):
    one, form = sittings.get(sitting_id, seen_by=current_account()), request.form
    item = form.get("item", 0, type=int)
    minutes.remark(one, item, form.get("text", ""), by=current_account(), at=now())
    return done(url_for("minutes.show", sitting_id=sitting_id))


def may_write():
    return bool(my_roles() & {*sittings.TYPISTS})


def table_of(sitting, told):
    """A row a resolution."""
    headings = [
        _("Resolution no."), _("About"), _("Who"), _("Category"), _("Resolved"), _("Baht"), _("Kept out"), _("Taken back"),
    ]  # fmt: skip
    rows = [
        [
            f"{one.n}",
            _(KINDS[one.kind]),
            one.who,
            fund_words.kind_of_help(one.benefit) if one.benefit else "",
            _(SAID[one.said]),
            None if one.satang is None else Satang(one.satang),
            ", ".join(one.kept_out),
            _("yes") if one.is_undone else "",
        ]
        for one in told.lines
    ]
    title = _("Resolutions of board %(board)s, meeting %(meeting)s", board=sitting.board, meeting=sitting.meeting)
    return files.Table(f"resolutions-{sitting.fund.code}-{sitting.resolved_on}", title, headings, rows)
