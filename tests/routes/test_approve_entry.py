"""A zone leader certifies an entry, and only then the register knows."""

import uuid

import pytest

from db.models import Approval
from pwa.domain.custody import states
from pwa.domain.register import register
from pwa.domain.review import review
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form


@pytest.fixture
def hamlet(app):
    return Hamlet()


def approve(client, entry, **choices):
    data = {f"choice.{path}": value for path, value in choices.items()}
    return client.post(f"/review/{entry.entry_id}/approval", data=data)


def test_it_approves_with_an_empty_form_and_goes_to_the_next(hamlet, client_as):
    home = uuid.uuid4()
    entry, following = hamlet.visit(form(bunma()), subject=home), hamlet.visit(form(bunma(), number="7"), hours=1)
    client = client_as("v-leader")
    answer = approve(client, entry)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/review/{following.entry_id}")
    assert register.version(home) == 1
    answer = approve(client, following)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review")


def test_twice_changes_nothing(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    assert [approve(client, entry).status_code for _ in range(2)] == [303, 303]
    assert Approval.select().where(Approval.entry == entry).count() == 1


def test_it_says_who_decided_already(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    review.reject(entry, by=hamlet.second, at=MORNING, reason="ไม่ใช่")
    answer = approve(client_as("v-leader"), entry)
    assert answer.status_code == 422 and "v-second" in answer.text


def test_it_asks_for_a_choice_where_the_register_moved(hamlet, client_as):
    home, path = uuid.uuid4(), f"people.{BUNMA}.phone"
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    entry = hamlet.visit(form(bunma(phone="0833333333")), subject=home, base=1, hours=4)
    client = client_as("v-leader")
    for choice in ({}, {path: "everything"}):
        answer = approve(client, entry, **choice)
        assert answer.status_code == 422 and "เลือกค่าที่ถูก" in answer.text
    assert states.of(entry) == "received"
    assert approve(client, entry, **{path: "entry"}).status_code == 303
    assert register.values(home)[path].value == "0833333333"


def test_a_refusal_comes_into_the_page_for_htmx(hamlet, client_as):
    home = uuid.uuid4()
    hamlet.visit(form(bunma()), subject=home)
    second = hamlet.visit(form(bunma(nickname="มา")), subject=home, base=0, hours=1)
    answer = client_as("v-leader").post(f"/review/{second.entry_id}/approval", headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "<html" not in answer.text and "/review/" in answer.text


def test_htmx_is_sent_on_to_the_next(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    answer = client_as("v-leader").post(f"/review/{entry.entry_id}/approval", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/review")


def test_it_refuses_a_replaced_one_with_a_link(hamlet, client_as):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    newer = hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=1, replaces=entry.entry_id)
    answer = approve(client_as("v-leader"), entry)
    assert answer.status_code == 422 and f"/review/{newer.entry_id}" in answer.text


def test_nobody_approves_from_another_site(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    answer = client.post(f"/review/{entry.entry_id}/approval", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and states.of(entry) == "received"


def test_the_published_example_without_a_place_is_approved_with_an_empty_form(app, client_as):
    from pwa.domain.custody.phones import Phone
    from pwa.domain.kinds import forms
    from pwa.domain.people import accounts

    example = forms.schema("household@1")["examples"][0]
    phone = Phone(accounts.named("volunteer"), at=MORNING)
    entry = phone.record("household", example, at=MORNING, subject=uuid.uuid4(), place=None)
    assert approve(client_as("zone-leader"), entry).status_code == 303
    assert states.of(entry) == "approved"
