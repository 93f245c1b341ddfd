"""A year of the books closed: the treasurer signs the set of its months, the auditor signs the same."""

from flask import Blueprint, request, url_for

from pwa import files, year_bundles
from pwa.access import current_account, current_device, my_roles, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import account_books, closed_days, signed_twice, year_closes
from pwa.domain.people import roles
from pwa.web import done, now, render

bp = Blueprint("year_closes", __name__, url_prefix="/ledger/years")
READERS = roles.may("read-books")
KEEPERS = roles.may("keep-books")
SIGNERS = roles.may("sign-books")


@bp.post("/<string:fund_code>")
@requires(*KEEPERS)
def begin(fund_code):
    fund = account_books.kept_for(current_account(), fund_code)
    ready, last, asked = year_closes.due(fund, at=now()), year_closes.latest(fund), request.form.get("through", "")
    known = [one for one in (ready and ready.through, last and last.close.through) if one]
    through = next((one for one in known if one.isoformat() == asked), None)
    if through is None:
        raise Refusal(year_closes.NOTHING)
    made = year_closes.begin(fund, through, by=current_account(), device=current_device(), at=now())
    return done(url_for("year_closes.show", close_id=made.id))


@bp.get("/<int:close_id>")
@requires(*READERS)
def show(close_id):
    found = year_closes.find(close_id, seen_by=current_account())
    is_signer = bool(my_roles() & {*SIGNERS}) and found.waits(now())
    why = signed_twice.objection(found, current_account(), device=current_device()) if is_signer else None
    about = dict(is_signer=is_signer, objection=why, ends=found.close.at + closed_days.WAITS, waits=found.waits(now()))
    months = year_closes.months(found.close)
    return render("year_closes/show.html", found=found, fund=found.close.fund, months=months, **about)


@bp.get("/<int:close_id>/bundle")
@requires(*READERS)
def bundle(close_id):
    """All of a closed year in one file, without names."""
    found = year_closes.find(close_id, seen_by=current_account())
    if not found.is_done:
        raise NotFound
    name = f"ombun-{found.close.fund.code}-{found.close.through:%Y}.zip"
    return files.plain(name, year_bundles.of(found), "application/zip")


@bp.post("/<int:close_id>/signature")
@requires(*SIGNERS)
def sign(close_id):
    found = year_closes.find(close_id, seen_by=current_account())
    year_closes.sign(found.close, by=current_account(), device=current_device(), at=now())
    return done(url_for("year_closes.show", close_id=close_id))


@bp.post("/<int:close_id>/refusal")
@requires(*SIGNERS)
def decline(close_id):
    found = year_closes.find(close_id, seen_by=current_account())
    year_closes.decline(found.close, reason=request.form.get("reason", ""), by=current_account(), at=now())
    return done(url_for("year_closes.show", close_id=close_id))
