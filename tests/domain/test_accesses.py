"""Accesses wait for a second officer's word; until then a session may be somebody else's."""

from datetime import timedelta

import pytest

from db.models import AccessConfirmation, Passkey, PasskeyRevocation, Session
from pwa.domain import NotFound, Refusal
from pwa.domain.people import accesses, accounts, devices, hands, passkeys, sessions
from tests.hamlets import open_access
from tests.small_fund import MINUTE, NOW

DAY = timedelta(days=1)


@pytest.fixture
def bunma(settled_fund):
    return accounts.of_member(settled_fund.bunma, by=settled_fund.people["zone-leader"], at=NOW)


@pytest.fixture
def passkey(settled_fund, bunma):
    return open_access(bunma, by=settled_fund.people["zone-leader"], at=NOW)


def session_of(passkey, at=NOW):
    passkeys.begin(Passkey.get_by_id(passkey.id), device_id=None, at=at)
    return Session.select().order_by(Session.id.desc()).first()


def are_settled(session, at):
    return accesses.are_settled(accesses.opened_by(session), at=at)


def test_it_waits_for_officers_of_the_unit(settled_fund, passkey):
    for handle in ("registrar", "zone-leader-2", "admin"):
        [access], later = accesses.waiting(settled_fund.people[handle])
        assert (access.passkey, access.issuer, access.may_confirm, later) == (
            passkey,
            settled_fund.people["zone-leader"],
            True,
            None,
        )
        assert accesses.count(settled_fund.people[handle], at=NOW) == 1
    for handle in ("other-zone-leader", "volunteer"):
        assert accesses.waiting(settled_fund.people[handle]) == ([], None)
        with pytest.raises(NotFound):
            accesses.confirm(passkey.id, by=settled_fund.people[handle], at=NOW, how="face")
    assert accesses.count(settled_fund.people["zone-leader"], at=NOW) == 0


def test_a_second_officer_confirms_it_once(settled_fund, bunma, passkey):
    with pytest.raises(Refusal) as refused:
        accesses.confirm(passkey.id, by=settled_fund.people["registrar"], at=NOW, how="")
    assert refused.value.field == "how"
    for _ in range(2):
        accesses.confirm(passkey.id, by=settled_fund.people["registrar"], at=NOW, how="face")
    assert accesses.waiting(settled_fund.people["registrar"])[0] == []
    assert accesses.confirmations(bunma)[passkey.id].account == settled_fund.people["registrar"]
    with pytest.raises(NotFound):
        accesses.confirm(passkey.id, by=settled_fund.people["zone-leader-2"], at=NOW, how="face")


def test_neither_issuer_nor_owner_nor_their_creatures_confirm(settled_fund, passkey):
    creature = accounts.add("creature", name="x", unit=settled_fund.units["zone"], role="committee", at=NOW)
    open_access(creature, by=settled_fund.people["zone-leader"], at=NOW)
    for by in (settled_fund.people["zone-leader"], creature):
        with pytest.raises(Refusal, match="Somebody else"):
            accesses.confirm(passkey.id, by=by, at=NOW, how="face")
    own = open_access(settled_fund.people["registrar"], by=settled_fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal, match="Somebody else"):
        accesses.confirm(own.id, by=settled_fund.people["registrar"], at=NOW, how="face")
    assert not AccessConfirmation.select().exists()


def test_a_no_shuts_it_out_and_frees_nobody(settled_fund, bunma, passkey):
    was_shut = [accesses.get(passkey.id, seen_by=settled_fund.people["registrar"]).is_revoked]
    accesses.deny(passkey.id, by=settled_fund.people["registrar"], at=NOW, reason="ยายไม่มีมือถือ")
    assert PasskeyRevocation.get().passkey == passkey
    assert hands.are_tied(settled_fund.people["zone-leader"].id, [bunma.id])
    assert was_shut == [False] and accesses.get(passkey.id, seen_by=settled_fund.people["registrar"]).is_revoked


def test_a_session_is_settled_when_confirmed_or_a_week_old(settled_fund, passkey):
    session = session_of(passkey)
    assert session.passkey == passkey
    assert not are_settled(session, NOW) and not are_settled(session, NOW + 7 * DAY - MINUTE)
    assert are_settled(session, NOW + 7 * DAY)
    accesses.confirm(passkey.id, by=settled_fund.people["registrar"], at=NOW, how="phone")
    assert are_settled(session, NOW)
    [opened] = accesses.opened_by(session)
    assert (opened.issuer, opened.is_sure) == (settled_fund.people["zone-leader"], True)


def test_what_the_keeper_opened_is_settled(settled_fund):
    session = session_of(open_access(settled_fund.people["volunteer"], by=None, at=NOW))
    [opened] = accesses.opened_by(session)
    assert opened.issuer is None and are_settled(session, NOW)


def test_an_older_session_is_judged_by_what_opened_its_phone(settled_fund, bunma, passkey):
    device = devices.register(at=NOW)
    sessions.start(bunma, device=device, at=NOW)
    session = Session.get(Session.device == device)
    assert not are_settled(session, NOW), "it may be any of them"
    own = open_access(bunma, by=None, at=NOW)
    Passkey.update(device=device).where(Passkey.id == own.id).execute()
    assert are_settled(session, NOW)


def test_the_list_has_pages(settled_fund, bunma):
    for minute in range(accesses.A_PAGE + 1):
        open_access(bunma, by=settled_fund.people["zone-leader"], at=NOW + minute * MINUTE)
    first, later = accesses.waiting(settled_fund.people["registrar"])
    assert len(first) == accesses.A_PAGE and later == first[-1].passkey.id
    assert first[0].opened_at == NOW + accesses.A_PAGE * MINUTE
    open_access(bunma, by=settled_fund.people["zone-leader"], at=NOW + timedelta(days=1))
    rest, end = accesses.waiting(settled_fund.people["registrar"], after=later)
    assert [one.opened_at for one in rest] == [NOW] and end is None, (
        "one that came meanwhile moves nothing over the edge"
    )


def test_what_no_link_made_counts_as_the_keepers(settled_fund):
    passkey = Passkey.create(
        account=settled_fund.people["volunteer"], credential_id="x", public_key=b"x", created_at=NOW
    )
    [opened] = accesses.opened_by(session_of(passkey))
    assert opened.issuer is None and opened.is_sure


def test_it_asks_nobody_who_may_not_answer(settled_fund, passkey):
    open_access(settled_fund.people["registrar"], by=settled_fund.people["zone-leader"], at=NOW)
    assert accesses.count(settled_fund.people["registrar"], at=NOW) == 0
    assert accesses.count(settled_fund.people["admin"], at=NOW) == 2
    assert accesses.count(settled_fund.people["admin"], at=NOW + 30 * DAY) == 0
