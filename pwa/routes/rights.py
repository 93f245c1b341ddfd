"""ถ้าเกิดขึ้นวันอื่น: what a benefit would give on another day, for the member and for who looks after them; and a member's rights."""

from flask import Blueprint, redirect, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain import NotFound
from pwa.domain.fund import imagining, member_rights, passbooks, rulings, undecided
from pwa.domain.people import roles
from pwa.domain.register import member_pages, members
from pwa.web import now, render, today

bp = Blueprint("rights", __name__)
READERS = roles.may("see-rights")


@bp.get("/rights")
@requires(*roles.may("set-rules"))
def unsure():
    """Members whose rights cannot be told for a missing fact, and passbooks that disagree with the books; of each fund the first few."""
    funds = undecided.funds(current_account())
    found = [(fund, undecided.of(fund, on=today()), passbooks.doubts(fund)) for fund in funds]
    return render("rights/unsure.html", found=found, most=undecided.MOST)


@bp.get("/me/what-if")
@requires()
def mine():
    person = members.of_account(current_account())
    return answered(person, at=url_for("rights.mine"), back="/me")


@bp.get("/members/<uuid:person_id>/rights")
@requires()
def of_member(person_id):
    """Their rights; with `fund` and `benefit` one of them tried out. Whom it is about is led to their own page: their paper leads here."""
    if current_account().person == person_id:
        return redirect(url_for("me.show"))
    if not my_roles() & set(READERS):
        raise NotFound
    person = members.get(person_id, seen_by=current_account())
    members.view(person, by=current_account(), at=now(), purpose="show")
    here = url_for("rights.of_member", person_id=person.id)
    if "benefit" in request.args:
        return answered(person, at=here, back=here)
    funds = member_rights.of(person, on=today())
    return render(
        "rights/member.html",
        rights=member_pages.of(person, on=today(), waits=rulings.waits(today())),
        funds=funds,
        what_if_at=here,
    )


def answered(person, *, at, back):
    """The answer to what was typed, beside the fields; only the answer for a page that has the fields already."""
    mine, benefit = chosen(person)
    typed = {**imagining.first(mine.case, benefit), **request.args.to_dict()}
    trial = imagining.tried(mine.ruling.version, benefit, mine.case, typed, mine.plan)
    page = "rights/_answer.html" if request.headers.get("HX-Request") else "rights/what_if.html"
    units = imagining.counts_units(benefit)
    fields = [*imagining.FIELDS, *(["units"] if units else [])]
    return render(page, trial=trial, mine=mine, benefit=benefit, units=units, fields=fields, at=at, back=back)


def chosen(person):
    """(FundRights, benefit) that the address names. NotFound for a fund that is not theirs or a benefit that it does not have."""
    code, name = request.args.get("fund", ""), request.args.get("benefit", "")
    mine = next((one for one in member_rights.of(person, on=today()) if one.membership.fund.code == code), None)
    if mine is None or mine.ruling.version is None or name not in mine.ruling.version.benefits:
        raise NotFound
    return mine, mine.ruling.version.benefits[name]
