"""Where passkeys or storage are not what they should be: inside LINE, and in an iPhone's tab."""

from playwright.sync_api import expect

LINE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Line/14.1.0/IAB"
IPHONE = "Object.defineProperty(Navigator.prototype, 'standalone', { get: () => %s, configurable: true })"


def test_it_shows_the_way_out_of_line(phones):
    phone = phones(None)
    phone.context.set_extra_http_headers({"User-Agent": LINE})
    for path in ("/sign-in", "/enrol"):
        phone.page.goto(path)
        expect(phone.page.locator("[data-outside]")).to_have_attribute("href", f"{path}?openExternalBrowser=1")
        phone.is_accessible()
    phone.picture("line")


def test_it_asks_for_the_home_screen_on_an_iphone(phones):
    phone = phones("volunteer")
    phone.context.add_init_script(IPHONE % "false")
    for path in ("/households/new", "/sign-in"):
        phone.page.goto(path)
        phone.page.locator('[data-hint="ios-tab"]:visible').wait_for()
        phone.fits()
    phone.picture("iphone-tab")
    phone.context.add_init_script(IPHONE % "true")
    phone.page.goto("/sign-in")
    phone.page.locator('[data-hint="ios-app"]:visible').wait_for()
    phone.picture("iphone-app")
