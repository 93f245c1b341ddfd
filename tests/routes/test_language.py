"""Thai unless the reader chose English."""

import pytest


def test_it_speaks_thai(client, page):
    assert page("/", client).get("lang") == "th"


@pytest.mark.parametrize(("chosen", "word"), [("en", "Sign in"), ("th", "เข้าสู่ระบบ")])
def test_it_remembers_the_choice(client, page, chosen, word):
    response = client.post("/language", data={"language": chosen}, headers={"Referer": "http://localhost/phone?x=1"})
    assert (response.status_code, response.location) == (303, "/phone?x=1")
    tree = page("/", client)
    assert tree.get("lang") == chosen
    assert word in "".join(tree.itertext())


def test_it_ignores_a_language_that_it_does_not_speak(client, page):
    assert client.post("/language", data={"language": "xx"}).status_code == 303
    assert page("/", client).get("lang") == "th"


@pytest.mark.parametrize("referrer", ["https://elsewhere.example//evil", "http://localhost//evil", "javascript:x"])
def test_it_never_leads_elsewhere(client, referrer):
    response = client.post("/language", data={"language": "th"}, headers={"Referer": referrer})
    assert response.location == "/"


def test_a_sum_that_never_changes_is_told_to_each_in_their_language(app):
    template = app.jinja_env.from_string("{{ 0 | baht }}")
    for language, words in (("en", "0 baht"), ("th", "0 บาท")):
        with app.test_request_context(headers={"Cookie": f"ombun_language={language}"}):
            assert template.render() == words
