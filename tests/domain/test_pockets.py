"""What a member's own phone keeps: every fund with its benefits, and the same answer as the page for the day."""

from datetime import date

from db.models import Membership
from pwa import web
from pwa.domain.fund import outlook, pockets
from pwa.domain.people import accounts
from pwa.domain.register import members


def of_member():
    return pockets.of(members.of_account(accounts.named("member")), on=web.system_clock().date())


def test_it_says_of_today_what_the_page_says(app):
    [pocket] = of_member()
    assert {one.benefit.code for one in pocket.held.rights} == {one.code for one in pocket.benefits}
    first = {code: satang for code, _, satang, _ in reversed(pocket.outlook.rows)}
    said = {code: pocket.outlook.sentences[number].msgid for code, _, _, number in reversed(pocket.outlook.rows)}
    for right in pocket.held.rights:
        assert outlook.STATES[said[right.benefit.code]] == right.state
        if pockets.is_counted(right.benefit) and right.state == "now":
            assert first[right.benefit.code] == right.answer.amount_satang


def test_it_leaves_nothing_out_as_a_kit_does(app):
    [pocket] = of_member()
    assert "illness" in {code for code, *_ in pocket.outlook.rows}


def test_it_knows_since_when(app):
    Membership.update(joined_on=date(2020, 1, 5), tenure_from=date(2020, 1, 5)).execute()
    [pocket] = of_member()
    assert {one.since for one in pocket.held.rights} == {pocket.since(one.code) for one in pocket.benefits}
    assert pocket.since("nothing-of-the-kind") is None


def test_a_night_is_no_sum(app):
    [pocket] = of_member()
    counted = {one.code: pockets.is_counted(one) for one in pocket.benefits}
    assert not counted["illness"] and counted["birth"]


def test_a_fund_without_a_regulation_has_no_benefits(app, monkeypatch):
    monkeypatch.setattr(pockets.versions, "effective", lambda fund: [])
    [pocket] = of_member()
    assert pocket.benefits == [] and pocket.outlook.rows == ()
