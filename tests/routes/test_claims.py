"""The pages of claims: what a leader certifies, and where each one is."""

import pytest

from tests.claiming import certified, decided, recorded, stay


def text(tree):
    return "".join(tree.itertext())


@pytest.mark.parametrize(
    "handle, status", [("zone-leader", 200), ("committee", 200), ("auditor", 200), ("volunteer", 404)]
)
def test_it_is_open_to_who_looks_after_claims(client_as, page, handle, status):
    one, browser = certified(), client_as(handle)
    for path in ("/claims", f"/claims/{one.claim.id}"):
        assert browser.get(path).status_code == status
    if status == 200:
        assert "600" in text(page(f"/claims/{one.claim.id}", browser))
        assert str(one.claim.id) in browser.get("/claims").text


def test_the_leaders_sheet_shows_the_proposal_and_certifies(client_as, page):
    entry, browser = recorded(), client_as("zone-leader")
    shown = text(page(f"/review/{entry.entry_id}", browser))
    assert "ตามระเบียบ: 600" in shown.replace("\xa0", " ")
    answer = browser.post(f"/review/{entry.entry_id}/approval", data={})
    assert answer.status_code == 303
    assert entry.claims.count() == 1


def test_another_fund_finds_nothing(client_as):
    one = certified()
    for handle in ("registrar-2", "treasurer-2", "auditor-2", "other-zone-leader"):
        assert client_as(handle).get(f"/claims/{one.claim.id}").status_code == 404


def test_a_member_sees_where_the_own_claim_is(client_as, page):
    browser = client_as("member")
    decided(stay(evidence=[], person=browser.account.person), accepted=False, reason="ไม่มีใบรับรองแพทย์")
    shown = text(page("/me", browser))
    assert "คำขอของฉันถึงไหน" in shown and "ไม่มีใบรับรองแพทย์" in shown
    assert "คำขอของฉันถึงไหน" not in text(page("/me", client_as("member-2")))
