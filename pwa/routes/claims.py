"""Claims of benefits: where each of them stands, and one with its facts, what the rules answer, and what was done about it."""

import uuid

from flask import Blueprint, jsonify, request, url_for
from flask_babel import gettext as _

from pwa import fund_words
from pwa.access import current_account, current_device, my_roles, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import blobs
from pwa.domain.desk import retelling
from pwa.domain.fieldwork import claim_finds
from pwa.domain.fund import (
    appeals,
    claim_asking,
    claim_cases,
    claim_lists,
    claim_looks,
    claim_payments,
    claim_people,
    claim_states,
    claims,
    due_claims,
    membership,
    reclaims,
    unclaimed,
)
from pwa.domain.kinds import claim
from pwa.domain.people import roles
from pwa.domain.places import funds
from pwa.domain.register import members
from pwa.domain.review import claim_decisions, claim_reviews, sheets, sittings, urgent_money
from pwa.domain.text import money
from pwa.form_pages import kept_page
from pwa.keyless import without_key
from pwa.routes.admissions import answer
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("claims", __name__, url_prefix="/claims")
WORDS = (*claim_states.CLAIM, *claim_states.AFTER)
PAYERS = claim_states.PAYMENT["pay"].roles
MOST_SHOWN = 200
GROUPS = ("urged", "proposed", "certified", "granted", "refused", "withdrawn")
FIRST = 8
"""So many claims of each state are shown until somebody asks for more of one."""


@bp.get("")
@requires(*claim_states.READERS)
def index():
    asked, after = request.args.get("state"), request.args.get("after", "")
    is_one = asked in GROUPS
    about = dict(after=after) if is_one else dict(most=FIRST)
    pages = claim_lists.pages(current_account(), *([asked] if is_one else GROUPS), **about)
    anew = [] if is_one else claim_lists.of(current_account(), "granted", "refused", only=[claim_looks.is_due()])
    return render("claims/index.html", pages=[page for page in pages if page[1]], asked=is_one, anew=anew)


@bp.get("/new")
@requires()
def new():
    return kept_page("claims/new.html", claim.KIND, asked, home=members.place_of(current_account()))


@bp.get("/new/members")
@requires(*claim_finds.RECORDERS)
def members_numbered():
    """Whoever has a member number, for who records claims and has no kit that tells of them."""
    found = claim_finds.numbered(current_account(), request.args.get("number", ""))
    members.view_all([one.id for one in found], by=current_account(), at=now(), purpose="claim")
    rows = [[str(one.id), f"{one.title}{one.first_name} {one.last_name}", one.household.place.name] for one in found]
    return jsonify(members=rows)


@bp.get("/new/told")
@requires()
def told_of_member():
    """The house of a member, or one's own, for a claim that begins without a kit."""
    account, said = current_account(), request.args.get("member", "")
    person = members.of_account(account) if said == "me" else recorded_by(account, said)
    found = claim_finds.house_of(person, on=today())
    return jsonify(found | {"told": fund_words.tables(found["told"])})


@bp.get("/unclaimed")
@requires(*unclaimed.LOOKERS)
def forgotten():
    """What has happened to members and nobody has claimed yet, by community."""
    events = unclaimed.at_home(unclaimed.near(current_account(), on=today())[:MOST_SHOWN])
    members.view_all([one.member.id for one in events], by=current_account(), at=now(), purpose="claim")
    return render("claims/unclaimed.html", events=events, today=today())


@bp.get("/<uuid:claim_id>")
@requires(*claim_states.READERS)
def show(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    members.view_all([one.claim.person], by=current_account(), at=now(), purpose="claim")
    kinds = [kind for kind in WORDS if claim_states.may_follow(kind, one.state, review=one.review)]
    why = {kind: claim_people.objection(current_account(), one, kind, device=current_device()) for kind in kinds}
    open_to_me = {kind for kind, said in why.items() if not said}
    about = dict(why=why, open_to_me=open_to_me, typed=claim_decisions.typed(one), decided=claim_decisions.decided(one))
    about |= anew(one) | where(one)
    payments, now_it_is, right = claim_payments.of(claim_lists.row_of(one)), told(one), appeals.right(one)
    last = appeals.last(one)
    about |= dict(right=right, appeal=last, appeal_said=appeals.said_of(last) if last else "", hows=hows())
    return render(
        "claims/show.html",
        one=one,
        payments=payments,
        may_pay=my_roles() & {*PAYERS},
        may_note=my_roles() & {*roles.may("check", "propose-claims")},
        urgent_rule=urgent_money.rule(now_it_is["known"]),
        today=today(),
        **about,
        **now_it_is,
    )


@bp.post("/<uuid:claim_id>/confirmation")
@requires(*claim_states.CLAIM["grant"].roles)
@without_key
def confirm(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    about = dict(
        seen=request.form.get("seen", 0, type=int), reason=request.form.get("reason", ""), device=current_device()
    )
    claim_decisions.confirm(one.claim, agrees=answer(), by=current_account(), at=now(), **about)
    return done(url_for("claims.show", claim_id=claim_id))


@bp.post("/<uuid:claim_id>/reopening")
@requires(*claim_states.CLAIM["reopen"].roles)
@without_key
def reopen(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    claim_decisions.reopen(one.claim, reason=request.form.get("reason", ""), by=current_account(), at=now())
    return done(url_for("claims.show", claim_id=claim_id))


@bp.get("/<uuid:claim_id>/photos/<string(length=64):sha256>")
@requires(*claim_states.READERS)
def photo(claim_id, sha256):
    one = claim_people.get(claim_id, seen_by=current_account())
    _, _, entry = claims.told(one.claim)
    kid = entry and sheets.picture(entry, sha256)
    if kid is None:
        raise NotFound
    return blobs.picture(sha256, kid, retelling.sealer(entry)), 200, {"Content-Type": "image/jpeg"}


def where(one):
    """Where a meeting takes the claim up: at the sitting of the last day, or with the list that it stands on."""
    held = sittings.of(one.claim.fund, most=1)
    line = None if due_claims.is_alone(one.claim) else due_claims.line_of(one.claim)
    return dict(sitting_id=sittings.id_of(held[0]) if held else None, batch=line and line.batch)


def hows():
    """{how a decision reaches a member: the words for it}."""
    return {how: _(words) for how, words in appeals.HOW.items()}


def anew(one):
    """What a meeting looks at anew about a claim that was decided."""
    if one.decision is None:
        return {}
    urgent, change = claim_reviews.why(one)
    about = dict(
        urgent=urgent,
        change=change,
        typed_anew=claim_reviews.typed(one),
        owed=reclaims.of(one),
        died=claim_reviews.died_unpaid(one),
    )
    named = {kind: _(words) for kind, words in claim_reviews.OUTCOMES.items()}
    about |= dict(outcomes_named=named, outcomes={kind: named[kind] for kind in claim_reviews.possible(one)})
    payees = claim_decisions.decided(one).payees
    about |= {"due": claim_reviews.due(one)}
    return about | {"owed_by": [(number, payees[number]["name"]) for number in about["owed"]]}


def recorded_by(account, said):
    """Somebody whose claims this account may record; kept as looked at."""
    try:
        person = claim_finds.get(uuid.UUID(said), by=account)
    except ValueError:
        raise NotFound from None
    members.view_all([person.id], by=account, at=now(), purpose="claim")
    return person


def sitting():
    """The meeting as it was typed."""
    typed = {name: request.form.get(name, "") for name in ("board", "meeting")}
    return typed | {"resolved_on": typed_day("resolved_on")}


def amount():
    """The sum that was typed, in satang; None where the field was left empty."""
    typed = request.form.get("amount", "").strip()
    reading = money.read(typed) if typed else None
    if reading and reading.problem:
        raise Refusal(money.SENTENCES[reading.problem], field="amount")
    return reading.satang if reading else None


def asked(communities):
    """What the form asks for each benefit of the funds that serve these communities."""
    serving = [(fund, claim_asking.of(fund)) for fund in funds.serving(communities)]
    every = [one for _, benefits in serving for one in benefits]
    return {
        "funds": [(fund, benefits) for fund, benefits in serving if benefits],
        "benefits": every,
        "scales": {fact.name: claim_asking.scale(fact) for one in every for _, fact in one.facts},
        "papers": list(dict.fromkeys(paper for one in every for _, paper in one.papers)),
        "asks": bool(my_roles() & {*claim_finds.RECORDERS}),
        "items": str(claim_asking.ITEMS),
        "whom": membership.SUBJECTS,
        "payees": list(dict.fromkeys(code for one in every for code in one.payees)),
    }


def told(one):
    """What the entry that counts says, and what it comes to now; nothing where no approved one can be read any more."""
    try:
        payload, filed_on, _ = claims.told(one.claim)
    except NotFound:
        return dict(said=None, known=None)
    return dict(said=payload, known=claim_cases.proposal(payload, filed_on=filed_on))
