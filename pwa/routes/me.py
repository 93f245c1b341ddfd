"""สิทธิของฉัน: a member's standing, own data with its three names, corrections, phones, and who looked."""

from flask import Blueprint, jsonify, request, url_for

from pwa import fund_words, passbook_words, pocket_words
from pwa.access import current_access, current_account, current_device, current_session, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import member_claims, member_payouts, member_rights, payments, pockets, rulings
from pwa.domain.people import accesses, passkeys, reissues, role_starts
from pwa.domain.register import member_pages, members
from pwa.domain.review import corrections
from pwa.domain.text import money
from pwa.web import done, now, render, today

bp = Blueprint("me", __name__)


@bp.get("/me")
@requires()
def show():
    """A shell says nothing of anybody: the phone fills it from the pocket that it holds."""
    if "Ombun-Shell" in request.headers:
        return render("me/pocket.html", benefit_pictures=fund_words.all_pictures(), states=payments.STATES)
    account = current_account()
    phones = dict(phones=passkeys.of(account), this_device=current_device(), confirmed=accesses.confirmations(account))
    try:
        person = members.of_account(account)
    except NotFound:
        return render("me/nobody.html", starts=role_starts.to(account), **phones)
    unsure, most = look_at(person), payments.shown(request.args)
    health, funds = accesses.are_settled(unsure, at=now()), member_rights.of(person, on=today())
    return render(
        "me/show.html",
        funds=funds,
        passbook=payments.of(person, [(one.membership, one.stands) for one in funds], on=today(), most=most),
        rights=member_pages.of(person, on=today(), health=health, waits=rulings.waits(today())),
        corrections=corrections.of(account, person.household_id, health=health),
        hidden_by=next((one for one in unsure if not one.is_settled(now())), None),
        **phones,
        viewings=members.viewings(person),
        asked=reissues.about(account, at=now()),
        **(claimed(person) if health else {}),
        today=today(),
    )


def claimed(person):
    """What tells of claims, and so may tell of health."""
    return dict(claims=member_claims.of(person), paid_to_me=member_payouts.of(person))


@bp.post("/me/payments/<uuid:payment_id>/receipt")
@requires()
def confirm(payment_id):
    """The member says with their own passkey that money came; who looks around without one cannot."""
    account = current_account()
    person = members.of_account(account)
    is_sure = accesses.are_settled(current_access(), at=now())
    member_payouts.confirm(person, payment_id, satang=came(), is_sure=is_sure, by=account, at=now())
    return done(url_for("me.show", _anchor="my-claims"))


def came():
    """How much came, in satang; None for all of it."""
    if request.form.get("came") != "less":
        return None
    reading = money.read(request.form.get("amount", ""))
    if reading.problem:
        raise Refusal(money.SENTENCES[reading.problem], field="amount")
    return reading.satang


@bp.get("/me/pocket")
@requires()
def pocket():
    """What the member's own phone keeps of their rights and of their passbook, sealed there, for when there is no signal."""
    person = members.of_account(current_account())
    look_at(person)
    held = pockets.of(person, on=today())
    passbook = payments.of(person, [(one.held.membership, one.held.stands) for one in held], on=today())
    told = {
        "funds": [pocket_words.told(one) for one in held],
        "passbook": [passbook_words.told(one) for one in passbook if one.lines or one.months],
    }
    about = {"account": str(current_account().id), "name": person.first_name, "told_at": now().isoformat()}
    return jsonify(about | told)


def look_at(person):
    """Whoever opened it for somebody else may be looking: then it is kept -> what of the access nobody is sure of."""
    unsure = [one for one in current_access() if not one.is_sure]
    if unsure:
        members.view_own(person, by=current_account(), since=current_session().started_at, at=now())
    return unsure
