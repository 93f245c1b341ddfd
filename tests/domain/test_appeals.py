"""Appeals: the time runs from the day on which the decision reached the member, and others decide where there are any."""

from datetime import timedelta

import pytest

from db.models import Appeal, DecisionNotice
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import appeals, claim_people, claims, versions
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions
from tests.claiming import AT, TODAY, certified, decided, sitting, stay, typed

DAY = timedelta(days=1)


def later():
    return stay(admit_on="2026-10-20", event_on="2026-10-25")


def tell(one, told_on=TODAY, how="hand", at=AT):
    appeals.tell(one, told_on=told_on, how=how, by=accounts.named("zone-leader"), at=at)


def file(one, at=AT, **about):
    said = dict(clause=appeals.right(one).clauses[0], reason="นอนสี่คืน ไม่ใช่สามคืน", how="own") | about
    appeals.file(one, by=accounts.named("member"), at=at, **said)


def test_nothing_runs_before_the_decision_reached_the_member(app):
    one = decided()
    assert (appeals.right(one).notice, appeals.right(one).until, appeals.right(one).days) == (None, None, 30)
    assert not appeals.right(one).is_over(TODAY + 1000 * DAY)
    for _ in range(2):
        tell(one)
    assert (appeals.right(one).until, DecisionNotice.select().count()) == (TODAY + 30 * DAY, 1)


@pytest.mark.parametrize("about", [{"told_on": TODAY - DAY}, {"told_on": TODAY + DAY}, {"told_on": None}, {"how": "x"}])
def test_a_day_that_cannot_be_is_refused(app, about):
    with pytest.raises(Refusal) as refused:
        tell(decided(), **about)
    assert refused.value.field == "told_on"


def test_it_is_told_once(app):
    one = decided()
    tell(one)
    with pytest.raises(Refusal, match="already"):
        tell(one, how="post")


def test_on_the_last_day_it_is_in_time_and_on_the_next_it_is_not(app):
    one = decided()
    tell(one)
    last = AT + 30 * DAY
    with pytest.raises(Refusal, match="ended") as refused:
        file(one, at=last + DAY)
    assert refused.value.values == {"day": TODAY + 30 * DAY, "n": 30}
    for _ in range(2):
        file(one, at=last)
    found = appeals.right(one).appeal
    assert (Appeal.select().count(), found.filed_on, appeals.said_of(found)) == (
        1,
        TODAY + 30 * DAY,
        "นอนสี่คืน ไม่ใช่สามคืน",
    )
    assert [row.id for _, row in appeals.waiting(versions.fund_of("F1"))] == [found.id]


@pytest.mark.parametrize(
    ("about", "field"),
    [({"clause": "ข้อ 999"}, "clause"), ({"reason": " "}, "reason"), ({"filed_on": TODAY + DAY}, "filed_on")],
)
def test_it_names_its_clause_and_says_what_is_wrong(app, about, field):
    with pytest.raises(Refusal) as refused:
        file(decided(), **about)
    assert refused.value.field == field


def test_there_is_one_appeal_against_one_decision(app):
    one = decided()
    file(one)
    with pytest.raises(Refusal, match="already"):
        file(one, reason="อีกเรื่องหนึ่ง")
    with pytest.raises(Refusal, match="Nothing is decided"):
        appeals.file(certified(later()), clause="ข้อ 1", reason="x", by=accounts.named("member"), at=AT, how="own")


def taken_up():
    """A claim that registrar and committee-2 decided, appealed against and on the agenda again."""
    one = decided()
    file(one)
    for _ in range(2):
        claim_decisions.take_up(one.claim, by=accounts.named("registrar"), at=AT)
    return claims.of(one.claim)


def test_who_decided_keeps_out_where_there_are_others(app):
    one = taken_up()
    assert (one.state, appeals.waiting(versions.fund_of("F1"))) == ("certified", [])
    assert appeals.before([one]) == {one.claim.id: {accounts.named("registrar").id, accounts.named("committee-2").id}}
    assert claim_people.objection(accounts.named("registrar"), one, "propose") == claim_people.DECIDED_BEFORE
    assert claim_people.objection(accounts.named("committee"), one, "propose") is None
    with pytest.raises(Refusal, match="Others decide"):
        claim_decisions.propose(one.claim, accepted=True, **sitting())


def test_where_nobody_else_is_left_the_second_one_decides_again(app):
    one = taken_up()
    claim_decisions.propose(one.claim, accepted=True, **sitting(by=accounts.named("committee"), meeting="13/2569"))
    one = claims.of(one.claim)
    assert claim_people.objection(accounts.named("committee"), one, "grant") == claim_people.OWN_WORD
    assert claim_people.objection(accounts.named("committee-2"), one, "grant") is None
    claim_decisions.confirm(one.claim, agrees=True, seen=len(one.acts), by=accounts.named("committee-2"), at=AT)
    again = claims.of(one.claim)
    assert appeals.right(again).appeal is None and appeals.last(again)


def test_nothing_is_taken_up_without_an_appeal(app):
    with pytest.raises(NotFound):
        claim_decisions.take_up(decided().claim, by=accounts.named("registrar"), at=AT)
    assert appeals.before([typed(later())]) == {}
