"""A decision is undone on the entry's page by somebody else; both stay to be read there, and the entry waits again."""

import uuid

import pytest

from db.models import CounterDecision
from pwa.domain.custody import states
from pwa.domain.register import register
from pwa.domain.review import review
from tests.hamlets import MORNING, Hamlet, bunma, form


@pytest.fixture
def hamlet(app):
    return Hamlet()


def undo(client, entry, reason="กดผิดหลัง", **more):
    return client.post(f"/review/{entry.entry_id}/counter-decision", data={"reason": reason, **more})


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_undoes_an_approval_and_says_so(hamlet, client_as, page):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma()), subject=home)
    client = client_as("v-second")
    assert "undo-reason" in [area.get("id") for area in page(f"/review/{entry.entry_id}", client).iter("textarea")]
    answer = undo(client, entry)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/review/{entry.entry_id}")
    assert (states.of(entry), register.version(home)) == ("received", 0)
    for handle in ("v-second", "v-leader"):
        text = words(page(f"/review/{entry.entry_id}", client_as(handle)))
        assert "กดผิดหลัง" in text and "v-second" in text and "v-leader" in text


def test_twice_changes_nothing(hamlet, client_as):
    entry = hamlet.approved(form(bunma()))
    client = client_as("v-second")
    assert [undo(client, entry, turn="0").status_code for _ in range(2)] == [303, 303]
    review.approve(entry, by=hamlet.leader, at=MORNING)
    assert undo(client, entry, turn="0").status_code == 303
    assert (CounterDecision.select().where(CounterDecision.entry == entry).count(), states.of(entry)) == (1, "approved")


@pytest.mark.parametrize(
    ("verb", "said"),
    [("approval", {}), ("return", {"reason": "บ้านเลขที่ผิด"}), ("rejection", {"reason": "ซ้ำ"})],
)
def test_a_page_from_before_decides_nothing_anew(hamlet, client_as, page, verb, said):
    """The answer to a decision was lost, somebody undid it, and the browser sends it again."""
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    [turn] = [
        one.get("value") for one in page(f"/review/{entry.entry_id}", client).iter("input") if one.get("name") == "turn"
    ]
    decide = f"/review/{entry.entry_id}/{verb}"
    assert [client.post(decide, data={"turn": turn, **said}).status_code for _ in range(2)] == [303, 303]
    assert undo(client_as("v-second"), entry).status_code == 303
    late = client.post(decide, data={"turn": turn, **said})
    assert late.status_code == 422 and "v-second ยกเลิกการตัดสินนั้นแล้ว" in late.text
    assert states.of(entry) == "received"
    assert client.post(decide, data={"turn": "7", **said}).status_code == 404
    assert client.post(decide, data={"turn": "1", **said}).status_code == 303
    assert states.of(entry) != "received"


def test_it_needs_a_reason(hamlet, client_as):
    entry = hamlet.approved(form(bunma()))
    answer = undo(client_as("v-second"), entry, reason=" ")
    assert answer.status_code == 422 and "reason" in answer.text
    assert states.of(entry) == "approved"


def test_nobody_undoes_their_own(hamlet, client_as, page):
    entry = hamlet.approved(form(bunma()))
    client = client_as("v-leader")
    assert undo(client, entry).status_code == 422
    assert list(page(f"/review/{entry.entry_id}", client).iter("textarea")) == []


def test_the_registrar_finds_what_was_decided_and_not_what_waits(hamlet, client_as):
    entry, waiting = hamlet.approved(form(bunma())), hamlet.visit(form(bunma(), number="7"))
    client = client_as("v-registrar")
    assert client.get(f"/review/{waiting.entry_id}").status_code == 404
    assert client.get(f"/review/{entry.entry_id}").status_code == 200
    assert undo(client, entry).status_code == 303
    assert undo(client_as("v-other"), entry).status_code == 404


def test_the_next_decision_is_somebody_elses(hamlet, client_as):
    entry = hamlet.approved(form(bunma()))
    undo(client_as("v-second"), entry)
    assert client_as("v-second").post(f"/review/{entry.entry_id}/approval").status_code == 422
    assert client_as("v-leader").post(f"/review/{entry.entry_id}/approval").status_code == 303
    assert states.of(entry) == "approved"


def test_its_author_hears_of_it(hamlet, client_as):
    entry = hamlet.approved(form(bunma()))
    undo(client_as("v-second"), entry)
    told = {one["id"]: one for one in client_as("v-volunteer").get("/sync/status").json["entries"]}
    assert (told[str(entry.entry_id)]["state"], told[str(entry.entry_id)]["reason"]) == ("received", "กดผิดหลัง")


def slip(client, entry, **more):
    return client.post(f"/review/{entry.entry_id}/slip", data=more)


def test_the_decider_takes_it_back_at_once_and_decides_again(hamlet, client_as, page):
    entry, following = hamlet.visit(form(bunma())), hamlet.visit(form(bunma(), number="7"), hours=1)
    client = client_as("v-leader")
    where = client.post(f"/review/{entry.entry_id}/approval", data={"turn": "0"}).headers["Location"]
    assert where == f"/review/{following.entry_id}"
    tree = page(where, client)
    [said] = [node for node in tree.iter("div") if node.get("role") == "status" and "45/2" in words(node)]
    assert "อนุมัติ 45/2 แล้ว" in words(said) and "กลับคำตัดสิน 45/2" in words(said)
    assert str(following.number) in tree.findtext(".//title") and "45/2" not in tree.findtext(".//title")
    assert tree.findtext(".//h1/span") == "บ้านเลขที่ 7"
    [back] = [one.get("action") for one in said.iter("form")]
    assert back == f"/review/{entry.entry_id}/slip"
    answer = client.post(back, data={"turn": "0"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/review/{entry.entry_id}")
    assert states.of(entry) == "received"
    text = words(page(f"/review/{entry.entry_id}", client))
    assert "v-leader กลับคำตัดสิน" in text
    assert client.post(f"/review/{entry.entry_id}/approval", data={"turn": "1"}).status_code == 303


@pytest.mark.parametrize("verb", ["return", "rejection"])
def test_a_return_or_rejection_is_said_in_the_empty_queue_too(hamlet, client_as, page, verb):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    where = client.post(f"/review/{entry.entry_id}/{verb}", data={"reason": "ซ้ำ"}).headers["Location"]
    assert f"/review/{entry.entry_id}/slip" in [one.get("action") for one in page(where, client).iter("form")]
    assert slip(client_as("v-second"), entry).status_code == 422
    assert slip(client_as("v-other"), entry).status_code == 404
    assert slip(client, entry).status_code == 303
    assert states.of(entry) == "received"
