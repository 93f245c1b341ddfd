"""Whoever fills in a household while nobody is signed in any more finds a link back in, and what is typed stays."""

import re

from playwright.sync_api import expect

from pwa.domain.people import accounts, sessions
from pwa.web import system_clock
from tests.browser.household_form import Form, half_written
from tests.browser.stories import call, held, office, ready, sent


def end_sessions(village):
    with office(village):
        account = accounts.named("volunteer")
        for session in sessions.live(account, at=system_clock()):
            sessions.end(session, by=accounts.named("admin"), at=system_clock(), reason="เครื่องหาย")


def test_the_server_has_ended_the_session(village, phones):
    volunteer = ready(phones("volunteer"))
    volunteer.expects("401")
    half_written(volunteer, "45/2")
    end_sessions(village)
    page = volunteer.page
    page.goto("/households/new")
    link = page.locator("[data-expired]:visible").get_by_role("link")
    link.wait_for()
    volunteer.fits()
    volunteer.picture("form-after-the-session")
    link.click()
    page.wait_for_url("**/sign-in*")
    page.locator("[data-sign-in]").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
    page.goto("/households/new")
    page.locator("[data-fresh]:visible").wait_for()
    expect(page.locator("main"), "the form that was begun is offered").to_contain_text("45/2", use_inner_text=True)
    expect(page.locator("[data-expired]")).to_be_hidden()


def test_nobody_is_on_the_phone_any_more(village, phones):
    """Another window signed out, and its word did not reach this one: the save is refused with a way in, and done after it."""
    volunteer = ready(phones("volunteer"))
    page = volunteer.page
    page.goto("/households/new")
    form = Form(volunteer).start_anew()
    form.house("45/2", "absent")
    page.locator("[data-saved]:visible").wait_for()
    call(volunteer, "store", "put", "meta", None, "me")
    form.go_on()
    refused = page.locator("[data-refused]:visible")
    expect(refused.locator("p")).to_contain_text("ยังไม่มีใครเข้าใช้")
    link = refused.get_by_role("link")
    expect(link).to_have_attribute("href", "/sign-in")
    volunteer.fits()
    volunteer.is_accessible()
    volunteer.picture("form-signed-out")
    with volunteer.context.expect_page() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile("/sign-in$"))
    opened.value.close()
    volunteer.tab()
    volunteer.sign_in()
    volunteer.page.close()
    volunteer.page = page
    page.bring_to_front()
    expect(page.locator('[name="house.number"]')).to_have_value("45/2")
    entry = form.save()
    sent(volunteer, 1)
    assert [one["outcome"] for one in held(village, entry)] == ["received"]
