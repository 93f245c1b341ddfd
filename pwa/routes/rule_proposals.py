"""A draft of a regulation put in force: proposed by one of committee or registrar, confirmed by a second one on their own device."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, current_device, requires
from pwa.domain import NotFound
from pwa.domain.fund import plainly, rule_drafts, rule_proposals
from pwa.domain.review import resolutions
from pwa.keyless import without_key
from pwa.routes.rule_drafts import found
from pwa.typed_days import typed_day
from pwa.web import done, now, render

bp = Blueprint("rule_proposals", __name__, url_prefix="/rules/<string:fund_code>/drafts/<int:n>/proposal")
OFFICERS = rule_drafts.OFFICERS


@bp.get("")
@requires(*OFFICERS)
def show(fund_code, n):
    draft = found(fund_code, n)
    checked, previous = draft.checked(), rule_drafts.base_version(draft.row)
    proposal, version = rule_proposals.waiting(draft), checked.version
    why = proposal and rule_proposals.objection(proposal, current_account(), device=current_device())
    changed = [one for one in plainly.told(version, previous) if one.is_new or one.changes] if version else []
    about = dict(changed=changed, dropped=plainly.dropped(version, previous) if version else [])
    about |= dict(is_whole=checked.is_whole, is_replaced=rule_drafts.last_version(draft.fund) != draft.row.base_id)
    about |= dict(proposal=proposal, objection=why, is_mine=proposal and proposal.account == current_account())
    about |= dict(ends=rule_proposals.ends(draft), is_enforced=rule_drafts.is_enforced(draft.row))
    return render("rule_proposals/show.html", fund=draft.fund, draft=draft, previous=previous, **about)


@bp.post("")
@requires(*OFFICERS)
@without_key
def propose(fund_code, n):
    draft, form = found(fund_code, n), request.form
    starts_on = typed_day("in_force_from", ahead=True)
    sitting = resolutions.sitting(form.get("board"), form.get("meeting"), typed_day("resolved_on"), at=now())
    rule_proposals.propose(
        draft,
        seen=form.get("seen", 0, type=int),
        starts_on=starts_on,
        sitting=sitting,
        decided_stay="decided_stay" in form,
        by=current_account(),
        device=current_device(),
        at=now(),
    )
    return done(url_for("rule_proposals.show", fund_code=fund_code, n=n))


@bp.post("/confirmation")
@requires(*OFFICERS)
@without_key
def confirm(fund_code, n):
    made = rule_proposals.confirm(asked(fund_code, n), by=current_account(), device=current_device(), at=now())
    return done(url_for("rules.show", fund_code=fund_code, version=made.version))


@bp.post("/refusal")
@requires(*OFFICERS)
@without_key
def decline(fund_code, n):
    about = dict(by=current_account(), device=current_device(), at=now())
    rule_proposals.decline(asked(fund_code, n), reason=request.form.get("reason", ""), **about)
    return done(url_for("rule_proposals.show", fund_code=fund_code, n=n))


def asked(fund_code, n):
    """The proposal that the form was shown with. Raises NotFound."""
    proposal = rule_proposals.find(found(fund_code, n), request.form.get("proposal", 0, type=int))
    if proposal is None:
        raise NotFound
    return proposal
