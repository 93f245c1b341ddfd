"""Whoever ends a role, an assignment or a phone of somebody who holds cash is told the sum, and says that it is known."""

import html
import re

import pytest

from db.models import Assignment, AssignmentEnd, DeviceRevocation, Passkey, PasskeyRevocation, RoleEnd, RoleGrant
from pwa.domain.fund import branches, farewells
from tests.collecting import collector, gift, offer, taking, told
from tests.small_fund import NOW


@pytest.fixture
def giver(settled_fund):
    phone = collector(settled_fund)
    told(phone, gift(1, 100))
    return phone


def addresses(fund, phone):
    """{who ends it: (its page, the address that ends it, the rows that say so)}."""
    account = fund.people["volunteer"]
    grant = RoleGrant.get(RoleGrant.account == account)
    assignment = Assignment.get(Assignment.account == account)
    return {
        "role": ("admin", f"/accounts/{account.id}", f"/accounts/{account.id}/roles/{grant.id}/end", RoleEnd),
        "phone": ("admin", f"/devices/{phone.device.id}", f"/devices/{phone.device.id}/revocation", DeviceRevocation),
        "passkey": (
            "admin",
            f"/accounts/{account.id}",
            f"/accounts/{account.id}/passkeys/{passkey(account).id}/revocation",
            PasskeyRevocation,
        ),
        "assignment": (
            "zone-leader",
            f"/assignments/{assignment.id}",
            f"/assignments/{assignment.id}/end",
            AssignmentEnd,
        ),
    }


def passkey(account):
    about = dict(credential_id="x", public_key=b"x", created_at=NOW)
    return Passkey.get_or_none(Passkey.account == account) or Passkey.create(account=account, **about)


@pytest.mark.parametrize("what", ["role", "phone", "passkey", "assignment"])
def test_nothing_ends_silently_with_cash_in_hand(settled_fund, site, giver, what):
    who, page, address, rows = addresses(settled_fund, giver)[what]
    browser = site.browser(who)
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", browser.get(page).text)).split())
    assert "volunteer ยังถือเงิน 100 บาท" in shown
    refused = browser.post(address, data={"reason": "ย้ายบ้าน"})
    assert refused.status_code == 422 and "100" in refused.text and not rows.select().exists()
    assert browser.post(address, data={"reason": "ย้ายบ้าน", "with_cash": "yes"}).status_code == 303
    assert rows.select().count() == 1


def test_with_empty_hands_nobody_is_asked(settled_fund, site, giver):
    leader = collector(settled_fund, "volunteer-2")
    told(leader, taking(told(giver, offer(), kind="handover")), kind="handover_receipt")
    who, page, address, _rows = addresses(settled_fund, giver)["role"]
    browser = site.browser(who)
    assert "with_cash" not in browser.get(page).text
    assert browser.post(address, data={"reason": "ย้ายบ้าน"}).status_code == 303


def test_both_keepers_of_a_branch_answer_for_it(settled_fund, giver):
    people = [str(settled_fund.people[handle].id) for handle in ("volunteer-2", "zone-leader")]
    branch = branches.make(settled_fund.fund, "สาขา", *people, by=settled_fund.people["zone-leader"], at=NOW)
    told(giver, gift(2, 70, collector=branch.code))
    for handle in ("volunteer-2", "zone-leader"):
        assert farewells.held([settled_fund.people[handle].id]) == [("สาขา", 7000, True)]
    assert farewells.held([settled_fund.people["volunteer"].id]) == [("volunteer", 10000, False)]
