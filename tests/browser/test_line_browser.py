"""In the browser of LINE a link of an access shows the way out, and its token is not lost."""

import re

from playwright.sync_api import expect

from tests.browser.stories import looked_over

LINE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Line/14.16.0/IAB"


def test_line_shows_the_way_out_and_keeps_the_token(phones, village):
    phone = phones(None)
    phone.context.set_extra_http_headers({"User-Agent": LINE})
    phone.page.goto(village.invite("volunteer"))
    way_out = phone.page.locator("[data-outside]")
    phone.page.locator("[data-enrol]").wait_for()
    looked_over(phone, "enrol-line")
    expect(way_out).to_have_attribute("href", re.compile(r"/enrol\?openExternalBrowser=1#t=[\w-]{43}$"))
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.page.locator("[data-copy] button").click()
    phone.page.locator("[data-copied]:visible").wait_for()
    copied = phone.page.evaluate("() => navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(village.origin) + r"/enrol#t=[\w-]{43}", copied)
