"""New access for somebody who had it before: two officers, or a day in which everybody sees it and can stop it."""

from datetime import timedelta

import pytest

from db.models import Enrolment, Reissue, RoleGrant
from pwa.domain import NotFound, Refusal
from pwa.domain.people import accounts, ceremonies, enrolments, passkeys, reissues, role_starts
from tests.people_fixtures import ORIGIN
from tests.small_fund import NOW
from tests.soft_passkey import SoftPasskey

WORDS = {"reason": "The old phone is lost or broken", "identity_check": "known"}
DAY = timedelta(hours=24)


def enrol(account, issued=None):
    """Use a link up, so that the account has a passkey."""
    enrolment = (issued or enrolments.issue(account, by=None, at=NOW, reason="")).enrolment
    options = ceremonies.registration_options(enrolment, origin=ORIGIN, at=NOW)
    return ceremonies.register(enrolment, SoftPasskey().make(options), origin=ORIGIN, address="", at=NOW)


@pytest.fixture
def bunma(settled_fund):
    """ยายบุญมา has a phone, and so have the officers."""
    for handle in ("zone-leader", "zone-leader-2", "registrar", "admin"):
        enrol(settled_fund.people[handle])
    about = dict(by=settled_fund.people["registrar"], at=NOW, reason="First phone", identity_check="known")
    account = enrolments.issue_to_person(settled_fund.bunma.id, **about).enrolment.account
    settled_fund.people["bunma"] = account
    enrol(account)
    return account


def ask(settled_fund, account, by="registrar", at=NOW, **more):
    return reissues.ask(account, by=settled_fund.people[by], at=at, **{**WORDS, **more})


def state(one, at=NOW):
    return reissues.state(one, at=at)


def test_one_officer_alone_makes_no_link(settled_fund, bunma):
    for handle in ("registrar", "zone-leader", "admin"):
        with pytest.raises(Refusal, match="second officer"):
            enrolments.issue(bunma, by=settled_fund.people[handle], at=NOW, **WORDS)
    asked = ask(settled_fund, bunma)
    with pytest.raises(Refusal, match="Nobody has confirmed"):
        reissues.issue(asked, by=settled_fund.people["registrar"], at=NOW + DAY - timedelta(minutes=1))
    assert state(asked) == "asked"


def test_a_second_officer_confirms_and_the_first_shows_it_once(settled_fund, bunma):
    asked = ask(settled_fund, bunma)
    for _ in range(2):
        reissues.confirm(asked, by=settled_fund.people["zone-leader"], at=NOW)
    with pytest.raises(NotFound):
        reissues.issue(asked, by=settled_fund.people["zone-leader"], at=NOW)
    issued = reissues.issue(asked, by=settled_fund.people["registrar"], at=NOW)
    assert enrolments.find(issued.token, address="", at=NOW) == issued.enrolment
    assert (issued.enrolment.identity_check, state(asked)) == ("known", "issued")
    with pytest.raises(Refusal, match="over"):
        reissues.issue(asked, by=settled_fund.people["registrar"], at=NOW)


@pytest.mark.parametrize("handle", ["registrar", "bunma", "volunteer", "other-zone-leader"])
def test_it_is_confirmed_by_another_who_has_the_right(settled_fund, bunma, handle):
    asked = ask(settled_fund, bunma)
    with pytest.raises(Refusal, match="Somebody else"):
        reissues.confirm(asked, by=settled_fund.people[handle], at=NOW)
    assert state(asked) == "asked"


def test_a_volunteer_beside_the_member_may_ask_and_not_confirm(settled_fund, bunma):
    with pytest.raises(Refusal):
        ask(settled_fund, bunma, by="volunteer")
    asked = ask(settled_fund, bunma, by="volunteer", beside=True)
    with pytest.raises(Refusal):
        reissues.confirm(asked, by=settled_fund.people["volunteer-2"], at=NOW)
    reissues.confirm(asked, by=settled_fund.people["zone-leader"], at=NOW)
    reissues.issue(asked, by=settled_fund.people["volunteer"], at=NOW)


def test_an_open_request_is_asked_for_once(settled_fund, bunma):
    first = ask(settled_fund, bunma)
    assert ask(settled_fund, bunma, by="zone-leader") == first
    assert Reissue.select().count() == 1
    later = ask(settled_fund, bunma, at=NOW + 2 * DAY)
    assert later != first and state(first, NOW + 2 * DAY) == "expired"


def test_it_is_declined_with_a_reason_also_by_whose_account_it_is(settled_fund, bunma):
    for handle in ("zone-leader", "bunma", "registrar"):
        asked = ask(settled_fund, bunma)
        with pytest.raises(Refusal) as refused:
            reissues.decline(asked, by=settled_fund.people[handle], at=NOW, reason=" ")
        assert refused.value.field == "reason"
        for _ in range(2):
            reissues.decline(asked, by=settled_fund.people[handle], at=NOW, reason="ไม่ได้ขอ")
        assert state(asked) == "declined"
        with pytest.raises(Refusal, match="over"):
            reissues.confirm(asked, by=settled_fund.people["admin"], at=NOW)
    assert Enrolment.select().where(Enrolment.issued_by == settled_fund.people["registrar"]).count() == 1


def test_shutting_the_old_phone_out_first_is_no_way_round(settled_fund, bunma):
    [known] = passkeys.of(bunma)
    passkeys.revoke(known.passkey, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    with pytest.raises(Refusal, match="second officer"):
        enrolments.issue(bunma, by=settled_fund.people["registrar"], at=NOW, **WORDS)


def test_a_first_link_kept_back_is_no_way_round(settled_fund):
    about = dict(by=settled_fund.people["registrar"], at=NOW, reason="First phone", identity_check="known")
    kept, given = [enrolments.issue_to_person(settled_fund.bunma.id, **about) for _ in range(2)]
    enrol(given.enrolment.account, given)
    with pytest.raises(Refusal, match="another link"):
        enrolments.find(kept.token, address="", at=NOW)


def test_who_works_here_needs_two_officers(settled_fund, bunma):
    volunteer = settled_fund.people["volunteer"]
    enrol(volunteer)
    asked = ask(settled_fund, volunteer, by="admin")
    with pytest.raises(Refusal, match="Somebody else"):
        reissues.confirm(asked, by=settled_fund.people["admin"], at=NOW)
    second = accounts.add("admin-2", name="admin-2", unit=settled_fund.units["network"], role="admin", at=NOW)
    reissues.confirm(asked, by=second, at=NOW)
    reissues.issue(asked, by=settled_fund.people["admin"], at=NOW)


def test_without_a_second_officer_a_day_passes_and_everybody_sees_it(settled_fund, bunma):
    away = [settled_fund.people[handle] for handle in ("zone-leader", "zone-leader-2", "admin")]
    grants = list(RoleGrant.select().where(RoleGrant.account.in_(away), RoleGrant.role != "admin"))
    for grant in grants:
        accounts.end_role(grant, by=settled_fund.people["admin"], at=NOW, reason="ย้าย")
    for phone in passkeys.of(settled_fund.people["admin"]):
        passkeys.revoke(phone.passkey, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    committee = accounts.add("committee", name="committee", unit=settled_fund.units["town"], role="committee", at=NOW)
    asked = ask(settled_fund, bunma)
    assert (asked.opens_at, asked.expires_at) == (NOW + DAY, NOW + 2 * DAY)
    assert reissues.waiting(committee, at=NOW) == [asked] and reissues.about(bunma, at=NOW) == [asked]
    assert reissues.count(bunma, at=NOW) == 1
    with pytest.raises(Refusal):
        reissues.issue(asked, by=settled_fund.people["registrar"], at=NOW + DAY - timedelta(seconds=1))
    assert state(asked, NOW + DAY) == "open"
    reissues.issue(asked, by=settled_fund.people["registrar"], at=NOW + DAY)


def test_it_is_seen_by_who_has_to_do_with_it(settled_fund, bunma):
    asked = ask(settled_fund, bunma)
    for handle in ("registrar", "zone-leader", "admin", "bunma"):
        assert reissues.get(asked.id, seen_by=settled_fund.people[handle]) == asked
    for handle in ("volunteer", "other-zone-leader"):
        with pytest.raises(NotFound):
            reissues.get(asked.id, seen_by=settled_fund.people[handle])
    assert [reissues.count(settled_fund.people[handle], at=NOW) for handle in ("registrar", "zone-leader")] == [0, 1]
    reissues.confirm(asked, by=settled_fund.people["zone-leader"], at=NOW)
    assert [reissues.count(settled_fund.people[handle], at=NOW) for handle in ("registrar", "zone-leader")] == [1, 0]


def test_who_holds_a_role_of_weight_is_opened_by_two_also_the_first_time(settled_fund):
    registrar, admin = settled_fund.people["registrar"], settled_fund.people["admin"]
    with pytest.raises(Refusal, match="second officer"):
        enrolments.issue(registrar, by=admin, at=NOW, **WORDS)
    asked = reissues.ask(registrar, by=admin, at=NOW, **WORDS)
    assert state(asked) == "asked" and state(asked, NOW + DAY) == "open"


def test_who_asked_is_not_seconded_by_an_officer_of_their_own_making(settled_fund, bunma):
    about = dict(by=settled_fund.people["admin"], at=NOW - timedelta(days=20), reason="x")
    made = accounts.add("made", name="x", unit=settled_fund.units["town"], role="committee", **about)
    role_starts.begin_due(at=NOW)
    asked = ask(settled_fund, bunma, by="admin")
    with pytest.raises(Refusal, match="Somebody else"):
        reissues.confirm(asked, by=made, at=NOW)
    reissues.confirm(asked, by=settled_fund.people["registrar"], at=NOW)


def test_nobody_asks_for_themselves(settled_fund, bunma):
    with pytest.raises(Refusal, match="themselves"):
        ask(settled_fund, settled_fund.people["admin"], by="admin")


def test_the_keeper_of_the_server_answers_to_nobody_here(settled_fund, bunma):
    issued = enrolments.issue(bunma, by=None, at=NOW, reason="")
    assert enrolments.find(issued.token, address="", at=NOW) == issued.enrolment
