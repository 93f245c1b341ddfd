"""A member's corrections, with state and answer."""

from pwa import web
from pwa.domain.custody import entries
from pwa.domain.people import accounts
from pwa.domain.register import members
from pwa.domain.review import corrections, review


def mine():
    account = accounts.named("member")
    return corrections.of(account, members.of_account(account).household_id)


def test_it_lists_what_the_member_said(app):
    [one] = mine()
    assert one.state == "received"
    assert one.path.endswith(".nickname")
    assert one.statement and one.answer == ""


def test_a_rejection_answers_with_its_reason(app):
    [one] = mine()
    review.reject(one.entry, by=accounts.named("zone-leader"), at=web.system_clock(), reason="ตรวจกับบัตรแล้ว ถูกต้อง")
    [one] = mine()
    assert (one.state, one.answer) == ("rejected", "ตรวจกับบัตรแล้ว ถูกต้อง")


def test_an_approval_changes_the_register(app):
    [one] = mine()
    review.approve(one.entry, by=accounts.named("zone-leader"), at=web.system_clock())
    [one] = mine()
    assert one.state == "approved"
    assert members.of_account(accounts.named("member")).nickname == entries.plaintext(one.entry)["payload"]["proposed"]
