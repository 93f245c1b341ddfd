"""What was received and is not in the books, with the reason of each: whoever reads the books finds here what is missing in them."""

from flask import Blueprint

from pwa.access import current_account, requires
from pwa.domain import kinds
from pwa.domain.fund import unbooked
from pwa.domain.people import roles
from pwa.web import render

bp = Blueprint("unbooked", __name__, url_prefix="/unbooked")


@bp.get("")
@requires(*roles.may("read-books"))
def index():
    found = unbooked.of(current_account())
    return render("unbooked/index.html", found=found, words=unbooked.words, kinds=kinds)
