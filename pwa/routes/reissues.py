"""New access for somebody who had it before: who asked, what the second officer says, and the link once it may be shown."""

from flask import Blueprint, current_app, request, url_for

from pwa.access import current_account, requires
from pwa.domain.people import enrolments, reissues
from pwa.domain.people.candidates import candidate
from pwa.web import done, now, render

bp = Blueprint("reissues", __name__, url_prefix="/reissues")


@bp.get("")
@requires()
def index():
    me, at = current_account(), now()
    asked = [(one, reissues.state(one, at=at)) for one in reissues.waiting(me, at=at)]
    return render("reissues/index.html", asked=asked, about_me=reissues.about(me, at=at), at=at)


@bp.get("/<uuid:reissue_id>")
@requires()
def show(reissue_id):
    reissue = reissues.get(reissue_id, seen_by=current_account())
    return render(
        "reissues/show.html",
        reissue=reissue,
        state=reissues.state(reissue, at=now()),
        confirmation=reissues.fact(reissue, reissues.ReissueConfirmation),
        refusal=reissues.fact(reissue, reissues.ReissueRefusal),
        check=enrolments.check_words(reissue),
        may_confirm=reissues.may_confirm(reissue, current_account(), at=now()),
        is_asker=reissue.asked_by == current_account(),
        is_mine=reissue.account == current_account(),
    )


@bp.post("/<uuid:reissue_id>/confirmation")
@requires()
def confirm(reissue_id):
    reissue = reissues.get(reissue_id, seen_by=current_account())
    reissues.confirm(reissue, by=current_account(), at=now())
    return done(url_for("reissues.show", reissue_id=reissue_id))


@bp.post("/<uuid:reissue_id>/refusal")
@requires()
def decline(reissue_id):
    reissue = reissues.get(reissue_id, seen_by=current_account())
    reissues.decline(reissue, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("reissues.show", reissue_id=reissue_id))


@bp.post("/<uuid:reissue_id>/link")
@requires()
def issue(reissue_id):
    reissue = reissues.get(reissue_id, seen_by=current_account())
    issued = reissues.issue(reissue, by=current_account(), at=now())
    return render(
        "enrolments/shown.html",
        "enrolments/_code.html",
        enrolment=issued.enrolment,
        digits=f"{issued.digits[:4]} {issued.digits[4:]}",
        qr=enrolments.qr(enrolments.link(current_app.config["OMBUN"].origin, issued.token)),
        subject=candidate(account=reissue.account, by=current_account()),
    )
