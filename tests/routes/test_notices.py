"""Who was named by somebody else is listed until they were told."""

import uuid

import pytest

from db.models import Notice
from pwa.domain.register import tables
from tests.hamlets import MALI, Hamlet, bunma, form, mali


@pytest.fixture
def person(app):
    hamlet = Hamlet()
    home = uuid.uuid4()
    hamlet.approved(form(bunma(), mali()), subject=home)
    return tables.person_id(home, MALI)


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_lists_who_is_to_be_told(person, client_as, page):
    text = words(page("/notices", client_as("v-leader")))
    assert "มาลี ใจงาม" in text and "นางบุญมา" not in text


def test_it_keeps_how_they_were_told(person, client_as, page):
    client = client_as("v-volunteer")
    assert client.post(f"/notices/{person}", data={"how": "face"}).status_code == 303
    assert client.post(f"/notices/{person}", data={"how": "phone"}).status_code == 303
    assert Notice.get(Notice.person == person).how == "face"
    assert "แจ้งครบทุกคนแล้ว" in words(page("/notices", client))


def test_it_answers_htmx_with_the_list(person, client_as):
    answer = client_as("v-leader").post(f"/notices/{person}", data={"how": "face"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer.text.lstrip().startswith('<section class="section" id="notices"')


@pytest.mark.parametrize("how", ["", "telepathy", "ก" * 5000])
def test_it_refuses_another_way(person, client_as, how):
    assert client_as("v-leader").post(f"/notices/{person}", data={"how": how}).status_code == 422


def test_strangers_do_not_find_them(person, client_as):
    assert client_as("v-other").post(f"/notices/{person}", data={"how": "face"}).status_code == 404
    assert client_as("v-leader").post(f"/notices/{uuid.uuid4()}", data={"how": "face"}).status_code == 404
