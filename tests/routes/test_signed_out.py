"""A page whose session has ended leads back in by a link, as a part of a page and as a page of its own."""

import pytest


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_sign_in_again_is_a_link(client, headers):
    answer = client.post("/accounts", headers=headers)
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text and "เข้าสู่ระบบ" in answer.text
