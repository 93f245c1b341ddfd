"""/sendings: officers type once where reports go, and see what became of each; the door of another machine takes them in."""

import pytest

from pwa.domain.network import keys, sending
from tests import signed_months
from tests.claiming import AT
from tests.routes.test_network import PLAIN, text_of
from tests.signed_months import close, make, sign


@pytest.fixture
def fund(app):
    return signed_months.tell()


def test_an_officer_types_the_address_and_sees_what_became_of_each(fund, client, client_as):
    """The other machine is this one: it knows the key, so it answers as a network would."""
    close(fund)
    sign(make(fund))
    treasurer = client_as("treasurer")
    assert "ยังไม่ทราบที่อยู่" in text_of(treasurer.get("/sendings"))
    assert treasurer.post("/sendings", data={"unit": "F1", "url": "https://network.example"}).status_code == 303
    assert "รอส่ง" in text_of(treasurer.get("/sendings"))

    def post(url, data):
        answer = client.post(url.removeprefix("https://network.example"), data=data, headers=PLAIN)
        return answer.status_code, answer.data

    assert sending.send_due(post, at=AT) == 1 and keys.trusted("F1")
    page = treasurer.get("/sendings")
    assert "https://network.example" in page.text and "รอปลายทางรับ" in text_of(page)
    assert treasurer.post("/sendings", data={"unit": "F1", "url": "http://x"}).status_code == 422


def test_a_refusal_is_shown_with_a_button_that_has_it_tried_again(fund, client_as):
    close(fund)
    issue = sign(make(fund)).issue
    treasurer = client_as("treasurer")
    treasurer.post("/sendings", data={"unit": "F1", "url": "https://network.example"})
    assert treasurer.post(f"/sendings/{issue.sha256}/attempt").status_code == 422
    answers = [(403, b'{"state":"unsigned"}'), (202, f'{{"sha256":"{issue.sha256}","state":"waiting"}}'.encode())]
    assert sending.send_due(lambda *sent: answers.pop(0), at=AT) == 1
    assert "ลองส่งอีกครั้ง" in text_of(treasurer.get("/sendings"))
    assert client_as("network").post(f"/sendings/{issue.sha256}/attempt").status_code == 404
    assert treasurer.post(f"/sendings/{issue.sha256}/attempt").status_code == 303
    assert "ลองส่งอีกครั้ง" not in text_of(treasurer.get("/sendings"))
    assert sending.send_due(lambda *sent: answers.pop(0), at=AT) == 1 and not answers
    assert "รอปลายทางรับ" in text_of(treasurer.get("/sendings"))


@pytest.mark.parametrize("handle", ["volunteer", "member", "admin", "zone-leader"])
def test_nobody_else_enters(client_as, handle):
    other = client_as(handle)
    assert other.get("/sendings").status_code == other.post("/sendings", data={"unit": "F1"}).status_code == 404
