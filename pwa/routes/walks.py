"""Taking contributions: from house to house and at the table. A shell that the phone fills from its kit and its own receipts."""

import uuid

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _

from pwa.access import current_account, requires
from pwa.domain.custody import collectors
from pwa.domain.fieldwork import member_finds
from pwa.domain.kinds import contribution
from pwa.domain.register import members, tables
from pwa.domain.text import dates, money
from pwa.web import now, render, today

bp = Blueprint("walks", __name__, url_prefix="/collections/new")
MOST_TIMES = 24


@bp.get("/members")
@requires(*collectors.OFFICERS)
def members_numbered():
    """Whoever has a member number, for who takes money by office and has no kit that says so."""
    found = member_finds.numbered(current_account(), request.args.get("number", ""), on=today())
    people = [tables.person_id(uuid.UUID(one["household"]), one["id"]) for one in found["people"]]
    members.view_all(people, by=current_account(), at=now(), purpose="collecting")
    return jsonify(found)


@bp.get("")
@requires()
def new():
    kinds = [(value, _(words)) for value, words in contribution.CHOICES["lines.*.kind"].items()]
    times = [(str(n), str(n)) for n in range(1, MOST_TIMES + 1)]
    sentences = dict(sums=money.SENTENCES, dates=dates.SENTENCES, rules=contribution.KIND.sentences)
    return render("walks/new.html", **sentences, kinds=kinds, times=times)
