"""A receipt of a fund, to look at and to print, for who paid, whom it is for, who took the money and the officers."""

from flask import Blueprint, request

from pwa.access import current_account, requires
from pwa.domain.fund import receipt_pages, stubs
from pwa.domain.people import enrolments
from pwa.domain.text import money
from pwa.web import render

bp = Blueprint("receipts", __name__, url_prefix="/receipts")


@bp.get("/code")
@requires(*receipt_pages.OFFICERS)
def code():
    return render("receipts/code.html")


@bp.post("/code")
@requires(*receipt_pages.OFFICERS)
def read():
    stub = receipt_pages.by_code(request.form.get("stub", "")[:500], seen_by=current_account())
    return render("receipts/code.html", "receipts/_stub.html", stub=stub)


@bp.get("/<string:fund_code>/<string:book>/<int:no>")
@requires()
def show(fund_code, book, no):
    page = receipt_pages.get(fund_code, book, no, seen_by=current_account())
    stub = enrolments.qr(stubs.of(page.receipt))
    return render(
        "receipts/show.html", shown=page, receipt=page.receipt, words=money.words(page.receipt.total_satang), stub=stub
    )
