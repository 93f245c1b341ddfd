"""A member appeals on their own device, or tells an officer; it goes to a meeting."""

import pytest

from db.models import Account, Appeal
from pwa.domain.fund import appeals, claims
from pwa.domain.people import accounts
from tests.claiming import decided, member
from tests.routes.test_meetings import begun

SOON = {"told_on:day": "28", "told_on:month": "11", "told_on:year": "2569", "how": "hand"}
SAID = {"reason": "นอนสี่คืน"}


@pytest.fixture
def myself(client_as):
    """The member of tests.claiming, signed in."""
    account = accounts.named("member")
    Account.update(person=member().person).where(Account.id == account.id).execute()
    yield client_as("member")
    Account.update(person=account.person).where(Account.id == account.id).execute()


def test_a_member_reads_appeals_and_a_meeting_takes_it_up(client_as, myself, page):
    one = decided()
    clause = appeals.right(one).clauses[0]
    shown = "".join(page("/me", myself).itertext())
    assert "เวลาอุทธรณ์ยังไม่เริ่มนับ" in shown and clause in shown
    at = f"/me/claims/{one.claim.id}"
    for _ in range(2):
        assert myself.post(f"{at}/reading").status_code == 303
    assert "อุทธรณ์ได้ถึง" in "".join(page("/me", myself).itertext())
    for wrong in ({"clause": ""}, {"clause": "ข้อ 999"}, {"reason": ""}):
        assert myself.post(f"{at}/appeal", data=SAID | {"clause": clause} | wrong).status_code == 422
    for _ in range(2):
        assert myself.post(f"{at}/appeal", data=SAID | {"clause": clause}).status_code == 303
    assert "ท่านอุทธรณ์ไว้เมื่อ" in "".join(page("/me", myself).itertext())
    committee = client_as("committee")
    sitting = begun(client_as("registrar"))
    assert "อุทธรณ์เมื่อ" in "".join(page(sitting, committee).itertext())
    assert "นอนสี่คืน" in "".join(page(f"/claims/{one.claim.id}", committee).itertext())
    assert committee.post(f"{sitting}/appeals/{one.claim.id}").status_code == 303
    assert claims.of(one.claim).state == "certified"
    assert "นอนสี่คืน" in "".join(page(f"/claims/{one.claim.id}", committee).itertext())


def test_an_officer_notes_what_the_member_said(client_as, page):
    one, leader, at = decided(), client_as("zone-leader"), "/claims/{}"
    at = f"/claims/{one.claim.id}"
    page(at, leader)
    paper = "".join(page(f"{at}/notice", leader).itertext())
    for words in ("หนังสือแจ้งผล", "หกร้อยบาทถ้วน", "ภายใน 30 วัน", "ข้อ 17.2"):
        assert words in paper, words
    assert leader.post(f"{at}/notice", data=SOON | {"told_on:day": "32"}).status_code == 422
    for _ in range(2):
        assert leader.post(f"{at}/notice", data=SOON).status_code == 303
    day = {name.replace("told_on", "filed_on"): value for name, value in SOON.items() if name != "how"}
    said = SAID | day | {"clause": appeals.right(one).clauses[0]}
    assert leader.post(f"{at}/appeal", data=said | {"reason": ""}).status_code == 422
    for _ in range(2):
        assert leader.post(f"{at}/appeal", data=said).status_code == 303
    assert (Appeal.select().count(), Appeal.get().how) == (1, "told")
    assert "นอนสี่คืน" in "".join(page(at, leader).itertext())


def test_nobody_appeals_for_another(client_as):
    one = decided()
    clause = appeals.right(one).clauses[0]
    for handle in ("member-2", "volunteer", "treasurer"):
        client = client_as(handle)
        assert client.post(f"/me/claims/{one.claim.id}/appeal", data=SAID | {"clause": clause}).status_code == 404
        assert client.post(f"/me/claims/{one.claim.id}/reading").status_code == 404
    assert client_as("treasurer").post(f"/claims/{one.claim.id}/appeal", data=SAID).status_code == 404
