"""Returned with a word at each field, an entry waits for its author."""

import pytest

from db.models import Return
from pwa.domain.custody import own, states
from tests.hamlets import BUNMA, Hamlet, bunma, form


@pytest.fixture
def hamlet(app):
    return Hamlet()


def send_back(client, entry, reason="", **comments):
    data = {"reason": reason} | {f"comment.{path}": text for path, text in comments.items()}
    return client.post(f"/review/{entry.entry_id}/return", data=data)


def test_it_returns_with_words_that_the_author_reads(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    path = f"people.{BUNMA}.birth_date"
    answer = send_back(client_as("v-leader"), entry, "ดูอีกสองช่อง", **{path: "ดูจากบัตร", "house.number": ""})
    assert (answer.status_code, states.of(entry)) == (303, "returned")
    told = own.single(entry.entry_id, hamlet.volunteer)
    assert (told["reason"], told["comments"]) == ("ดูอีกสองช่อง", {path: "ดูจากบัตร"})


def test_a_word_at_one_field_is_enough(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    assert send_back(client_as("v-leader"), entry, **{"house.number": "45/2 หรือ 45/3"}).status_code == 303


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "ย" * 1001])
def test_it_refuses_a_return_without_usable_words(hamlet, client_as, reason):
    entry = hamlet.visit(form(bunma()))
    assert send_back(client_as("v-leader"), entry, reason).status_code == 422
    assert states.of(entry) == "received"


def test_it_refuses_a_field_that_the_form_does_not_have(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    assert send_back(client_as("v-leader"), entry, **{"people..": "แก้"}).status_code == 422


def test_twice_changes_nothing_and_the_contrary_is_refused(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    assert [send_back(client, entry, "ดูอีกครั้ง").status_code for _ in range(2)] == [303, 303]
    assert Return.select().where(Return.entry == entry).count() == 1
    assert client.post(f"/review/{entry.entry_id}/approval").status_code == 422
