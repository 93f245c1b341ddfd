"""Beginning a claim without a kit: the member for their own house, who records by a member number; and what nobody has claimed yet."""

from db.models import Viewing
from pwa.domain.people import accounts
from tests.claiming import child, member, visited


def test_a_member_is_told_of_their_own_house_and_has_the_form(client_as, page):
    client = client_as("member")
    assert 'href="/claims/new#mine=1"' in client.get("/me").text
    told = client.get("/claims/new/told?member=me").json
    assert told["member"] == str(accounts.named("member").person)
    assert told["told"]["sentences"] and "%(" not in str(told["told"])
    assert 'id="claim"' in client.get("/claims/new").text
    page("/claims/new", client)
    assert client.get(f"/claims/new/told?member={member().person}").status_code == 404
    assert client.get("/claims/new/members?number=1").status_code == 404


def test_who_records_asks_by_number_and_it_is_kept_who_looked(client_as):
    leader = client_as("zone-leader")
    [[found, name, _]] = leader.get("/claims/new/members?number=เดิม-88").json["members"]
    assert found == str(member().person) and name
    assert leader.get(f"/claims/new/told?member={found}").json["member"] == found
    assert Viewing.select().where(Viewing.person == found, Viewing.purpose == "claim").count() >= 1
    for wrong in ("x", "", "00000000-0000-4000-8000-000000000000"):
        assert leader.get(f"/claims/new/told?member={wrong}").status_code == 404, wrong
    assert client_as("other-zone-leader").get(f"/claims/new/told?member={found}").status_code == 404


def test_the_office_reads_what_nobody_has_claimed(client_as, page):
    visited(child())
    for handle in ("zone-leader", "registrar", "committee"):
        client = client_as(handle)
        page("/claims/unclaimed", client)
        shown = client.get("/claims/unclaimed").text
        assert "ใบบัว ตัวอย่าง" in shown and f"/claims/new#member={member().person}" in shown, handle
    page("/claims/unclaimed", client_as("other-zone-leader"))
    assert "ใบบัว" not in client_as("other-zone-leader").get("/claims/unclaimed").text
    assert client_as("volunteer").get("/claims/unclaimed").status_code == 404
