"""POST /session/end of a phone that was wiped: nothing of it stays in the browser."""

from pwa.access import DEVICE, SESSION
from pwa.i18n import COOKIE


def cookies(phone, app):
    settings = app.config["OMBUN"]
    return [name for name in (SESSION, DEVICE) if phone.client.get_cookie(settings.cookie(name))]


def test_it_takes_the_language(phone):
    phone.client.post("/language", data={"language": "en"})
    assert phone.client.get_cookie(COOKIE)
    phone.client.post("/session/end", data={"wiped": "yes"})
    assert phone.client.get_cookie(COOKIE) is None


def test_it_takes_the_session_and_the_number_of_the_phone(phone, app):
    assert cookies(phone, app) == [SESSION, DEVICE]
    assert phone.client.post("/session/end", data={"wiped": "yes"}).status_code == 303
    assert cookies(phone, app) == []
    assert phone.client.get("/sync/status").status_code == 401


def test_a_mere_signing_out_leaves_the_number(phone, app):
    phone.client.post("/session/end")
    assert cookies(phone, app) == [DEVICE]


def test_it_works_with_nobody_signed_in(phone, app):
    phone.client.post("/session/end")
    phone.client.post("/session/end", data={"wiped": "yes"})
    assert cookies(phone, app) == []
