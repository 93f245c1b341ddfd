"""Getting ready for the field: the page that brings the kit to a phone, and the one door through which it comes."""

from flask import Blueprint, Response, request

from pwa import fund_words
from pwa.access import current_account, current_device, requires
from pwa.domain.fieldwork import assignments, kits
from pwa.web import now, render, today

bp = Blueprint("kit", __name__, url_prefix="/kit")


@bp.get("")
@requires()
def show():
    """A shell says nothing of anybody: the phone fills it from the kit that it holds."""
    account, is_shell = current_account(), "Ombun-Shell" in request.headers
    assignment = None if is_shell else assignments.current(account, on=today())
    return render(
        "kit/show.html",
        shell=is_shell,
        assignment=assignment,
        places=assignments.communities(assignment) if assignment else [],
        coming=None if is_shell or assignment else assignments.coming(account, on=today()),
    )


@bp.post("/downloads")
@requires()
def download():
    asked = request.get_json(silent=True)
    since = asked.get("since") if isinstance(asked, dict) else None
    about = {"device": current_device(), "agent": request.user_agent.string}
    answer = kits.download(current_account(), on=today(), at=now(), since=since, **about)
    if told := answer.get("told"):
        answer["told"] = fund_words.tables(told)
    return Response(kits.as_json(answer), mimetype="application/json")
