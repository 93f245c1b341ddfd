"""The quarantine desk at its door: who sees what, three decisions with a reason, each once."""

import pytest

from db.models import Acceptance, Aside, Entry, Return
from pwa.domain.custody import states
from pwa.domain.desk import quarantine, reasons
from pwa.domain.people import accounts

WHY = {"reason": "โทรถามคนบันทึกแล้ว"}


@pytest.fixture
def waiting(app):
    """{reason: entry} of what lies in the village's quarantine."""
    return {row.reason: row for row in quarantine.waiting(accounts.named("admin"))}


def test_it_lists_what_waits_by_phone_and_reason(client_as, page, waiting):
    text = "".join(page("/quarantine", client_as("registrar")).itertext())
    assert all(str(entry.number) in text for entry in waiting.values())
    assert set(waiting) == {"no_right", "unproved", "fork"}


def test_a_zone_leader_sees_only_their_zone(client_as, page, waiting):
    assert str(waiting["unproved"].entry_id) in client_as("zone-leader").get("/quarantine").text
    assert str(waiting["no_right"].entry_id) not in client_as("zone-leader").get("/quarantine").text
    assert client_as("zone-leader").get(f"/quarantine/{waiting['no_right'].entry_id}").status_code == 404
    assert (
        client_as("other-zone-leader").post(f"/quarantine/{waiting['unproved'].entry_id}/aside", data=WHY).status_code
        == 404
    )
    page(f"/quarantine/{waiting['no_right'].entry_id}", client_as("other-zone-leader"))


@pytest.mark.parametrize(
    ("noun", "model", "state"),
    [("acceptance", Acceptance, "received"), ("return", Return, "returned"), ("aside", Aside, "aside")],
)
def test_it_decides_once_and_keeps_why(client_as, page, waiting, noun, model, state):
    entry, client = waiting["unproved"], client_as("registrar")
    for _ in range(2):
        answer = client.post(f"/quarantine/{entry.entry_id}/{noun}", data=WHY)
        assert (answer.status_code, answer.location) == (303, "/quarantine")
    assert states.of(Entry.get_by_id(entry.id)) == state
    made = model.get(model.entry == entry)
    assert made.reason == WHY["reason"]
    text = "".join(page(f"/quarantine/{entry.entry_id}", client).itertext())
    assert WHY["reason"] in text
    assert "วิไล ทองแท้" in text


def test_another_decision_is_refused_with_who_decided(client_as, waiting):
    entry = waiting["unproved"]
    client_as("registrar").post(f"/quarantine/{entry.entry_id}/aside", data=WHY)
    for noun in ("acceptance", "return", "aside"):
        answer = client_as("zone-leader").post(f"/quarantine/{entry.entry_id}/{noun}", data=WHY)
        assert answer.status_code == 422
        assert "วิไล ทองแท้" in answer.text


@pytest.mark.parametrize("noun", ["acceptance", "return", "aside"])
@pytest.mark.parametrize("form", [{}, {"reason": ""}, {"reason": " \u200b "}, {"reason": "ก" * 5000}])
def test_it_asks_for_a_reason(client_as, waiting, noun, form):
    answer = client_as("registrar").post(f"/quarantine/{waiting['unproved'].entry_id}/{noun}", data=form)
    assert answer.status_code == 422
    assert states.of(waiting["unproved"]) == "quarantined"


def test_htmx_is_sent_on(client_as, waiting):
    headers = {"HX-Request": "true"}
    client, url = client_as("registrar"), f"/quarantine/{waiting['unproved'].entry_id}/acceptance"
    assert 'data-refused="reason"' in client.post(url, headers=headers).text
    assert client.post(url, data=WHY, headers=headers).headers["HX-Redirect"] == "/quarantine"


def test_the_recorder_does_not_decide(app, client_as, waiting):
    at = waiting["unproved"].received_at
    accounts.grant(accounts.named("volunteer"), "zone_leader", accounts.named("zone-leader").unit, at=at)
    client, url = client_as("volunteer"), f"/quarantine/{waiting['unproved'].entry_id}"
    assert "acceptance" not in client.get(url).text
    assert client.post(f"{url}/acceptance", data=WHY).status_code == 422


def test_it_says_when_nothing_waits(client_as, page, waiting):
    registrar = accounts.named("registrar")
    for entry in waiting.values():
        quarantine.set_all_aside(entry.device, entry.reason, by=registrar, at=entry.received_at, reason="x")
    assert page("/quarantine", client_as("registrar")).find(".//section[@class='empty']") is not None


def test_every_reason_is_said_in_thai(app, page, client_as, waiting):
    thai = app.jinja_env.globals["_"]
    with app.test_request_context():
        words = [text for one in (*reasons.ALL.values(), reasons.GONE) for text in (one.title, one.means, one.todo)]
        assert [text for text in words if ord(thai(text)[0]) < 0xE00] == []


def test_an_unknown_entry_is_not_found(client_as):
    url = "/quarantine/00000000-0000-7000-8000-000000000000"
    assert client_as("registrar").get(url).status_code == 404
    assert client_as("registrar").post(f"{url}/aside", data=WHY).status_code == 404


@pytest.mark.parametrize(
    ("noun", "word"), [("acceptance", "รับเข้าให้ตรวจแล้ว"), ("return", "ตีกลับให้คนบันทึกแล้ว"), ("aside", "กันไว้แล้ว")]
)
def test_what_was_decided_is_said_at_the_desk(client_as, page, waiting, noun, word):
    entry, client = waiting["unproved"], client_as("registrar")
    before = page(f"/quarantine/{entry.entry_id}", client)
    assert str(entry.number) in before.findtext(".//title")
    assert [form for form in before.iter("form") if form.get("data-deliberate") is not None]
    client.post(f"/quarantine/{entry.entry_id}/{noun}", data=WHY)
    [said] = [one for one in page("/quarantine", client).iter("div") if one.get("data-decided") is not None]
    text = " ".join("".join(said.itertext()).split())
    assert f"{word}: ใบรับ {entry.number}" in text and WHY["reason"] in text
    assert not [
        one for one in page("/quarantine", client_as("admin")).iter("div") if one.get("data-decided") is not None
    ]


@pytest.mark.parametrize("noun", ["acceptance", "return", "aside"])
def test_the_decider_takes_it_back_by_the_button_that_stands(client_as, page, waiting, noun):
    entry, client = waiting["unproved"], client_as("registrar")
    client.post(f"/quarantine/{entry.entry_id}/{noun}", data=WHY)
    for address in ("/quarantine", f"/quarantine/{entry.entry_id}"):
        [slip] = [form for form in page(address, client).iter("form") if "/slip" in form.get("action")]
        form = {one.get("name"): one.get("value") for one in slip.iter("input")}
        other = client_as("zone-leader").post(slip.get("action"), data=form)
        assert other.status_code == 422
        for _ in range(2):
            assert client.post(slip.get("action"), data=form).status_code == 303
        assert states.of(Entry.get_by_id(entry.id)) == "quarantined"
        client.post(f"/quarantine/{entry.entry_id}/{noun}", data=WHY)
    assert client.post("/quarantine/slips", data={"made": "aside-"}).status_code == 404


def test_a_leader_hears_that_the_desk_took_back_what_it_let_in(client_as, page, waiting):
    entry, registrar, leader = waiting["unproved"], client_as("registrar"), client_as("zone-leader")
    registrar.post(f"/quarantine/{entry.entry_id}/acceptance", data=WHY)
    assert leader.get(f"/review/{entry.entry_id}").status_code == 200
    [slip] = [form for form in page("/quarantine", registrar).iter("form") if "/slip" in form.get("action")]
    registrar.post(slip.get("action"), data={one.get("name"): one.get("value") for one in slip.iter("input")})
    for answer in (leader.post(f"/review/{entry.entry_id}/approval"), leader.get(f"/review/{entry.entry_id}")):
        assert answer.status_code == 422 and "ฝ่ายที่ตรวจรายการพักไว้" in answer.text
    assert client_as("other-zone-leader").get(f"/review/{entry.entry_id}").status_code == 404
