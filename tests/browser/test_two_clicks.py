"""Whoever taps twice on enrolling has one passkey, and it is the one that the server knows."""

import base64
import re

import pytest

from db.models import Passkey
from pwa.domain.people import accounts
from tests.browser.stories import office, ready, sign_out

TWICE = """(between) => {
  const button = document.querySelector("[data-enrol]");
  button.click();
  setTimeout(() => button.click(), between);
}"""


@pytest.mark.parametrize("between", [0, 40, 120], ids=["at once", "quickly", "hesitating"])
def test_two_clicks_on_enrolling_leave_the_one_key_that_the_server_knows(village, phones, between):
    phone = phones(None)
    phone.page.goto(village.invite("volunteer"))
    phone.page.locator("[data-enrol]:visible").wait_for()
    phone.page.evaluate(TWICE, between)
    phone.page.wait_for_url(re.compile(r"^(?!.*/enrol)"))
    ready(phone)
    with office(village):
        known = {one.credential_id for one in Passkey.select().where(Passkey.account == accounts.named("volunteer"))}
    (held,) = phone.passkeys.held()
    assert base64.urlsafe_b64encode(base64.b64decode(held)).rstrip(b"=").decode() in known
    sign_out(phone)
    phone.sign_in()
