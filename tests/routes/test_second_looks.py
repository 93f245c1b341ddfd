"""Draws and second looks on their pages: drawn by an officer, repeated before everybody's eyes, looked at by somebody else."""

import uuid

import pytest

from db.models import Draw, Finding
from pwa import web
from pwa.domain.review import samples
from tests.hamlets import Hamlet, bunma, form


@pytest.fixture
def hamlet(app, monkeypatch):
    from tests import hamlets

    at = web.system_clock().replace(microsecond=0) - hamlets.timedelta(days=6)
    for module in (hamlets,):
        monkeypatch.setattr(module, "MORNING", at)
    return Hamlet()


@pytest.fixture
def drawn(hamlet, client_as):
    for n in range(4):
        hamlet.approved(form(bunma(id=str(uuid.uuid4())), number=str(n)), hours=n)
    assert client_as("v-leader").post("/second-looks", data={"unit": "V1"}).status_code == 303
    return Draw.get(Draw.unit == hamlet.zones["V1"])


def address(draw):
    first = samples.in_order(samples.lots(draw))[0]
    return f"/second-looks/{draw.id}/entries/{first.approval.entry.entry_id}"


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_its_page_shows_seed_list_and_that_it_repeats(drawn, client_as, page):
    for handle in ("v-leader", "v-registrar"):
        text = words(page(f"/second-looks/{drawn.id}", client_as(handle)))
        assert drawn.seed in text and "ได้ตรงกัน" in text
        for lot in samples.lots(drawn):
            assert str(lot.approval.entry.entry_id) in text


def test_it_keeps_a_finding_and_the_rate(drawn, client_as, page):
    client = client_as("v-second")
    assert "ผลที่พบ" in words(page(address(drawn), client))
    answer = client.post(f"{address(drawn)}/finding", data={"outcome": "agrees"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address(drawn))
    assert client.post(f"{address(drawn)}/finding", data={"outcome": "agrees"}).status_code == 303
    assert Finding.select().join(samples.Lot).where(samples.Lot.draw == drawn).count() == 1
    assert "100%" in words(page("/second-looks", client_as("v-leader")))


def test_it_refuses_a_difference_without_words_and_the_first_decider(drawn, client_as, page):
    answer = client_as("v-second").post(f"{address(drawn)}/finding", data={"outcome": "differs"})
    assert answer.status_code == 422
    assert client_as("v-leader").post(f"{address(drawn)}/finding", data={"outcome": "agrees"}).status_code == 422
    assert "ผลที่พบ" not in words(page(address(drawn), client_as("v-leader")))


def test_a_zone_without_anything_new_is_not_drawn_again(drawn, client_as):
    answer = client_as("v-leader").post("/second-looks", data={"unit": "V1"})
    assert answer.status_code == 422
    assert Draw.select().where(Draw.unit == drawn.unit).count() == 1


@pytest.mark.parametrize(("handle", "unit"), [("v-other", "V1"), ("v-leader", "V2"), ("v-leader", "nowhere")])
def test_another_zone_is_not_found(drawn, client_as, handle, unit):
    assert client_as(handle).post("/second-looks", data={"unit": unit}).status_code == 404
    assert client_as("v-other").get(f"/second-looks/{drawn.id}").status_code == 404


def test_an_auditor_reads_the_draw_of_the_village(app, client_as, page):
    draw = Draw.get()
    assert draw.seed in words(page(f"/second-looks/{draw.id}", client_as("auditor")))
    assert client_as("auditor").get(address(draw)).status_code == 404


def test_a_kept_finding_is_said_on_a_page_with_a_title_of_its_own(drawn, client_as, page):
    client, where = client_as("v-second"), address(drawn)
    before = page(where, client)
    assert [form for form in before.iter("form") if form.get("data-deliberate") is not None]
    assert client.post(f"{where}/finding", data={"outcome": "agrees"}).status_code == 303
    after = page(where, client)
    [said] = [one for one in after.iter("div") if one.get("data-decided") is not None]
    assert "v-second" in words(said)
    titles = {
        page(f"/second-looks/{drawn.id}/entries/{lot.approval.entry.entry_id}", client).findtext(".//title")
        for lot in samples.in_order(samples.lots(drawn))
    }
    assert len(titles) == len(samples.in_order(samples.lots(drawn)))


def test_a_finding_is_taken_back_by_the_button_that_stands(drawn, client_as, page):
    client = client_as("v-second")
    client.post(f"{address(drawn)}/finding", data={"outcome": "agrees"})
    [slip] = [form for form in page(address(drawn), client).iter("form") if form.get("action").endswith("/slip")]
    assert client_as("v-registrar").post(slip.get("action"), data={"turn": "0"}).status_code in (403, 422)
    for _ in range(2):
        assert client.post(slip.get("action"), data={"turn": "0"}).status_code == 303
    assert "ผลที่พบ" in words(page(address(drawn), client))
    assert client.post(f"{address(drawn)}/finding", data={"outcome": "agrees"}).status_code == 303
