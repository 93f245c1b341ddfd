"""The auditor's desk: samples drawn from closed months and years, what is found, what is answered, and what is settled."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.fund import account_books, audit_words, audits
from pwa.domain.people import roles
from pwa.domain.text import thai
from pwa.i18n import gettext as _
from pwa.i18n import thai_month
from pwa.keyless import without_key
from pwa.routes.statements import row_number
from pwa.web import done, now, render

bp = Blueprint("audits", __name__, url_prefix="/ledger/audits")
READERS = roles.may("read-books")
CONCERNED = roles.may("read-books", "collect", "check", "decide-next")
SIGNERS = roles.may("sign-books")


@bp.get("")
@requires(*CONCERNED)
def index():
    account, funds = current_account(), account_books.funds(current_account())
    about = dict(waiting=audit_words.waiting(account), funds=funds, name_of=audits.name_of)
    if funds:
        fund = account_books.fund_for(account, request.args.get("fund", ""))
        about |= dict(fund=fund, samples=audits.of(fund), open=audit_words.open_of([fund]), period_of=audits.period_of)
        about |= dict(periods=choices(fund) if audits.is_auditor(fund, account) else [])
    return render("audits/index.html", **about)


def choices(fund):
    """[(name, words)] of what may be drawn from."""
    return [(one.name, words_of(one)) for one in audits.periods(fund)]


def words_of(period):
    month = thai_month(period.through)
    return _("The year to the end of %(month)s", month=month) if period.is_year else month


@bp.post("/<string:fund_code>")
@requires(*SIGNERS)
@without_key
def draw(fund_code):
    fund = account_books.fund_for(current_account(), fund_code)
    sizes = {kind: row_number(thai.digits(request.form.get(f"{kind}s", "")).strip()) for kind in audits.KINDS}
    asked = request.form.get("period", ""), request.form.get("seed", ""), sizes
    made = audits.draw(fund, *asked, by=current_account(), at=now())
    return done(url_for("audits.show", audit_id=made.id))


@bp.get("/<int:audit_id>")
@requires(*READERS)
def show(audit_id):
    found = audits.find(audit_id, seen_by=current_account())
    about = dict(seen=audit_words.of(found), period=audits.period_of(found), name_of=audits.name_of)
    return render("audits/show.html", found=found, fund=found.fund, mark=audits.mark, **about)


@bp.get("/items/<int:item_id>")
@requires(*CONCERNED)
def item(item_id):
    seen = audit_words.find(item_id, seen_by=current_account())
    reads = seen.item.audit.fund_id in {fund.id for fund in account_books.funds(current_account())}
    about = dict(may=audit_words.next_of(seen, current_account()), name=audits.name_of(seen.item), reads=reads)
    return render("audits/item.html", seen=seen, item=seen.item, fund=seen.item.audit.fund, **about)


@bp.post("/items/<int:item_id>/words")
@requires(*CONCERNED)
@without_key
def write(item_id):
    seen = audit_words.find(item_id, seen_by=current_account())
    kind, many = request.form.get("kind", ""), row_number(request.form.get("seen"))
    about = dict(seen=many, by=current_account(), at=now())
    audit_words.write(seen.item, kind, request.form.get("words", ""), **about)
    return done(url_for("audits.item", item_id=item_id))
