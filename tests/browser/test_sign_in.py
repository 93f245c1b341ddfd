"""A member's own phone: enrolled by digits beside the officer, signed out and in, and what happens when the finger is wrong."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from db.models import Enrolment
from pwa.web import system_clock
from tests.browser.passkeys import Passkeys
from tests.browser.phones import wait_until
from tests.browser.stories import looked_over, office

ME = """async () => (await import(moduleOf("keys"))).me()"""
GIVEN_UP = """() => (navigator.credentials.get = () => Promise.reject(new DOMException("", "NotAllowedError")))"""
NO_LOCK = "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => false"
TOUCHED_LATER = """{
  const real = navigator.credentials.create.bind(navigator.credentials);
  navigator.credentials.create = (options) => new Promise((touch) => (window.touch = touch)).then(() => real(options));
}"""
FAILS = """(name) => (navigator.credentials.create = () => Promise.reject(new DOMException("", name)))"""
ERRORS = [
    ("NotAllowedError", "cancelled"),
    ("NotSupportedError", "unsupported"),
    ("SecurityError", "address"),
    ("UnknownError", "failed"),
]
PRESENCE_MS = 20_000
"""How often the page with the digits says that it is open, and hears whether they were used."""
AWAY = re.compile(r"^(?!.*/(sign-in|enrol))")


def problem(phone, code):
    """The sentence that the page shows for a trouble."""
    return phone.page.locator(f"[data-problem={code}]")


def show_qr(officer, handle):
    """An administrator opens the QR page for an account, by thumb."""
    officer.page.goto(f"/accounts?q={handle}")
    officer.page.locator("#accounts a.row").last.click()
    officer.page.locator(".dock__action a").click()
    officer.page.wait_for_url("**/enrolments/new**")
    looked_over(officer, "enrolment-form")
    officer.page.locator("input[name=identity_check][value=known]").check()
    officer.page.locator("input[name=reason]").first.check()
    officer.page.locator("form[action='/enrolments/new'] button").click()
    officer.page.locator("enrolment-code .qr").wait_for()
    looked_over(officer, "enrolment-qr")
    return officer.page.locator(".code").inner_text()


def type_digits(phone, digits):
    phone.page.goto("/sign-in")
    phone.page.locator("#digits").fill(digits)
    phone.page.locator("[data-enrol-digits] button").click()


def test_a_member_gets_their_own_phone_by_digits(phones):
    officer, member = phones("admin"), phones(None)
    officer.page.clock.install()
    digits = show_qr(officer, "member")
    own = re.compile("/enrolments/[0-9a-f-]{36}$")
    expect(officer.page, "the answer has an address of its own").to_have_url(own)
    type_digits(member, digits)
    member.page.wait_for_url(AWAY)
    person = member.until(ME)
    assert person["handle"].startswith("member")
    assert person["mode"] == "prf", "the same ceremony gave the phone its own key"
    officer.page.clock.fast_forward(PRESENCE_MS)
    officer.page.locator("[data-used]").wait_for()

    member.page.evaluate("""() => {
      const form = document.createElement("form");
      document.body.append(Object.assign(form, { method: "post", action: "/session/end" }));
      form.submit();
    }""")
    member.page.wait_for_url("**/sign-in")
    looked_over(member, "sign-in")
    member.passkeys.verify_user(False)
    member.page.locator("[data-sign-in]").click()
    problem(member, "cancelled").wait_for()
    member.tab()  # a screen lock that refused too often stays shut; a new tab brings a new one
    member.sign_in()
    again = member.until(ME)
    assert (again["account"], again["pair"]) == (person["account"], person["pair"])


def test_digits_stop_when_the_page_is_left(village, phones):
    officer, member = phones("admin"), phones(None)
    digits = show_qr(officer, "member")
    officer.page.goto("/accounts")
    wait_until(lambda: is_closed(village))
    member.expects("422")
    type_digits(member, digits)
    expect(problem(member, "said")).to_be_visible()
    expect(problem(member, "said")).to_contain_text("QR")
    expect(member.page.locator("#digits"), "what was typed stays").to_have_value(digits)


def is_closed(village):
    """The last word of a page that was left may be on its way for a moment."""
    with office(village):
        newest = Enrolment.select().order_by(Enrolment.issued_at.desc()).get()
        return newest.code_until <= system_clock()


def test_the_link_leaves_no_trace_and_serves_once(phones, village):
    link = village.invite("volunteer")
    first, second = phones(None), phones(None)
    first.page.goto("/sign-in")
    first.page.goto(link)
    first.page.locator("[data-enrol]").wait_for()
    looked_over(first, "enrol")
    expect(first.page).to_have_url(f"{village.origin}/enrol")
    first.page.go_back()
    first.page.go_forward()
    expect(first.page).to_have_url(re.compile("^[^#]*$"))
    second.page.goto(link)
    first.enrol(link)
    second.expects("422")
    second.page.locator("[data-enrol]").click()
    problem(second, "said").wait_for()
    looked_over(second, "enrol-refused")


def test_a_phone_that_has_a_passkey_signs_in_and_spares_the_link(phones, village):
    phone, other = phones("volunteer"), phones(None)
    link = village.invite("volunteer")
    phone.enrol(link)
    assert phone.until(ME)["handle"] == "volunteer"
    assert len(phone.passkeys.credentials) == 1
    other.enrol(link)


def test_the_keyboard_offers_passkeys_at_the_digits(phones):
    phone = phones("volunteer")
    phone.page.goto("/sign-in")
    phone.page.locator("#digits").focus()
    phone.page.wait_for_url(AWAY)


def test_what_was_pressed_is_not_given_up_for_what_the_keyboard_would_offer(phones, village):
    """On a slow line the passkeys for the keyboard come after the digits were typed and sent."""
    phone = phones(None)
    phone.page.add_init_script(TOUCHED_LATER)
    digits = show_qr(phones("admin"), "member")
    village.proxy.fault("delay", "POST /session/options", seconds=60)
    type_digits(phone, digits)
    phone.until("() => Boolean(window.touch)")
    with phone.page.expect_response("**/session/options"):
        village.proxy.clear()
    phone.page.evaluate("() => window.touch()")
    phone.page.wait_for_url(AWAY)


def test_it_says_that_there_is_no_signal_or_that_it_was_given_up(phones, village):
    phone = phones(None)
    phone.expects("error occurred when fetching the script")
    phone.page.goto("/sign-in")
    with village.proxy.offline():
        phone.page.locator("[data-sign-in]").click()
        problem(phone, "network").wait_for()
    phone.page.evaluate(GIVEN_UP)
    phone.page.locator("[data-sign-in]").click()
    problem(phone, "cancelled").wait_for()
    expect(problem(phone, "network")).to_be_hidden()
    looked_over(phone, "sign-in-given-up")


def test_a_button_that_could_not_ask_for_a_key_yet_sends_nothing(phones):
    phone, held = phones(None, new=True), []
    phone.page.route("**/js/pages/*", lambda route: held.append(route))
    phone.page.goto("/sign-in", wait_until="commit")
    for button in ("[data-sign-in]", "[data-enrol-digits] button"):
        expect(phone.page.locator(button), "pressed before its script came, it would send no key").to_be_disabled()
    wait_until(lambda: held, pause=lambda: phone.page.wait_for_timeout(40))
    phone.page.unroute("**/js/pages/*")
    for button in ("[data-sign-in]", "[data-enrol-digits] button"):
        expect(phone.page.locator(button)).to_be_enabled()


def test_silence_is_told_apart_and_ends_nothing(phones, village):
    phone = phones(None)
    phone.page.add_init_script(TOUCHED_LATER)
    phone.page.clock.install()
    phone.page.goto(village.invite("volunteer"))
    phone.page.locator("[data-enrol]:visible").wait_for()
    phone.page.clock.pause_at(system_clock() + timedelta(minutes=1))
    phone.page.locator("[data-enrol]").click()
    phone.until("() => Boolean(window.touch)")
    phone.page.clock.run_for(9_900)
    expect(phone.page.locator("[data-problem]:visible")).to_have_count(0)
    phone.page.clock.run_for(200)
    problem(phone, "silent-lock").wait_for()
    phone.fits()
    phone.picture("lock-hangs")
    phone.page.clock.run_for(120_000)
    phone.page.clock.resume()
    phone.page.evaluate("() => window.touch()")
    phone.page.wait_for_url(AWAY)


def test_a_machine_without_a_lock_hears_of_it(phones, village):
    phone = phones(None, passkeys=Passkeys(automaticPresenceSimulation=False))
    phone.page.add_init_script(NO_LOCK)
    phone.page.clock.install()
    phone.page.goto(village.invite("volunteer"))
    press(phone, "[data-enrol]")
    phone.page.clock.fast_forward(10_000)
    problem(phone, "silent-no-lock").wait_for()
    phone.fits()
    phone.picture("no-lock-hangs")


def test_a_server_that_does_not_answer_is_not_the_lock(phones, village):
    phone = phones(None)
    phone.expects("ERR_|TimeoutError")
    phone.page.clock.install()
    phone.page.goto(village.invite("volunteer"))
    village.proxy.fault("hang", "POST /passkeys/options")
    with phone.page.expect_request("**/passkeys/options"):
        phone.page.locator("[data-enrol]").click()
    phone.page.clock.fast_forward(10_000)
    problem(phone, "silent-server").wait_for()
    phone.fits()
    phone.picture("server-hangs")
    village.proxy.clear()


def test_what_this_browser_or_address_cannot_do_is_said_at_once(phones, village):
    phone = phones(None)
    phone.page.goto(village.invite("volunteer"))
    for error, code in ERRORS:
        phone.page.evaluate(FAILS, error)
        phone.page.locator("[data-enrol]").click()
        problem(phone, code).wait_for()
        expect(phone.page.locator("[data-problem]:visible")).to_have_count(1)


def press(phone, button):
    """Press it, and wait until the lock is asked."""
    with phone.page.expect_response("**/options"):
        phone.page.locator(button).click()
