"""An entry is refused for good, with the reason."""

import uuid

import pytest

from db.models import Rejection
from pwa.domain.custody import own, states
from pwa.domain.register import register
from tests.hamlets import Hamlet, bunma, form


@pytest.fixture
def hamlet(app):
    return Hamlet()


def reject(client, entry, reason="บ้านนี้อยู่นอกเขต"):
    return client.post(f"/review/{entry.entry_id}/rejection", data={"reason": reason})


def test_it_rejects_with_the_reason_that_the_author_reads(hamlet, client_as):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    assert reject(client_as("v-leader"), entry).status_code == 303
    assert own.single(entry.entry_id, hamlet.volunteer)["reason"] == "บ้านนี้อยู่นอกเขต"
    assert register.version(home) == 0


@pytest.mark.parametrize("reason", ["", " \u200b", "ย" * 1001])
def test_it_refuses_without_a_reason(hamlet, client_as, reason):
    entry = hamlet.visit(form(bunma()))
    assert reject(client_as("v-leader"), entry, reason).status_code == 422
    assert states.of(entry) == "received"


def test_twice_changes_nothing(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    assert [reject(client, entry).status_code for _ in range(2)] == [303, 303]
    assert Rejection.select().where(Rejection.entry == entry).count() == 1
    assert reject(client_as("v-second"), entry).status_code == 422


def test_another_reason_is_not_dropped_in_silence(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    client = client_as("v-leader")
    assert reject(client, entry).status_code == 303
    answer = reject(client, entry, "ซ้ำกับบ้าน 7")
    assert answer.status_code == 422 and "v-leader" in answer.text
    assert own.single(entry.entry_id, hamlet.volunteer)["reason"] == "บ้านนี้อยู่นอกเขต"
