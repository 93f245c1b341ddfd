"""The address search: by keyboard or tap, one code chosen, kept offline, and honest where the list is missing."""

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import expect

from pwa.domain.places import addresses
from pwa.server.assets import STATIC
from tests.browser.modules import WHERE
from tests.browser.phones import FLAGS, HEADLESS

ORIGIN = "http://localhost:9"
OURS = {"Ombun": "1"}
URL = f"/places/subdistricts.json?v={addresses.VERSION}"
FORM = """<!doctype html><html lang="th"><title>Form</title><link rel="stylesheet" href="/app.css"><main><form>
<address-search class="field" data-source="{{ source }}"><label for="place">Subdistrict</label>
<input class="field__input" id="place"><input type="hidden" name="subdistrict" value="{{ code }}">
<p class="field__hint" role="status" data-found></p></address-search><input name="x.postal_code"></form></main>
{% include "shared/_addresses.html" %}<script type="module" src="/js/{{ script }}"></script></html>"""


@pytest.fixture
def form(playwright):
    """A form with the search on a phone's page; `is_offline` makes the network lose the list."""
    browser = playwright.chromium.launch(executable_path=HEADLESS, args=FLAGS)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.asked = []

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        page.asked.append(path)
        if path == "/places/subdistricts.json":
            return route.abort() if page.is_offline else route.fulfill(json=addresses.compact(), headers=OURS)
        if path == "/form":
            return route.fulfill(body=render(page.code), content_type="text/html; charset=utf-8")
        return route.fulfill(path=STATIC / path[1:])

    page.route("**/*", answer)
    page.is_offline, page.code = False, ""
    yield page
    browser.close()


def render(code):
    environment = Environment(loader=FileSystemLoader(STATIC.parent / "templates"), autoescape=True)
    environment.globals["_"] = lambda sentence, **values: sentence % values if values else sentence
    return environment.from_string(FORM).render(code=code, source=URL, script=WHERE["address-search"])


def open_form(form):
    form.goto(f"{ORIGIN}/form")
    box = form.get_by_role("combobox", name="Subdistrict")
    box.wait_for()
    return box


def has_chosen(form, code):
    expect(form.locator("[name=subdistrict]")).to_have_value(code)


def test_it_chooses_by_keyboard(form):
    box = open_form(form)
    box.press_sequentially("คอหง")
    form.get_by_role("option").first.wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = form.get_by_role("option", selected=True)
    expect(chosen).to_have_text("ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    box.press("Enter")
    has_chosen(form, "901104")
    expect(box).to_have_value("ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(form.get_by_role("listbox")).to_have_count(0)


def test_it_chooses_by_tap_and_tells_the_form(form):
    box = open_form(form)
    form.evaluate("() => addEventListener('input', ({ target }) => (globalThis.told = target.name))")
    box.fill("บ้านพรุ")
    form.get_by_role("option").first.click()
    has_chosen(form, "901116")
    assert form.evaluate("() => told") == "subdistrict"
    expect(form.locator('[name="x.postal_code"]')).to_have_value("90250")
    box.press_sequentially("x")
    has_chosen(form, "")


def test_it_closes_by_escape_and_says_when_nothing_fits(form):
    box = open_form(form)
    box.fill("บาง")
    form.get_by_role("option").first.wait_for()
    box.press("Escape")
    expect(form.get_by_role("option")).to_have_count(0)
    box.fill("ไม่มีตำบลนี้")
    form.get_by_text("No subdistrict of that name").wait_for()


def test_it_shows_a_code_from_a_draft(form):
    form.code = "901104"
    box = open_form(form)
    expect(box).to_have_value("ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110")
    has_chosen(form, "901104")


def test_it_works_offline_once_the_list_was_kept(form):
    open_form(form)
    form.evaluate("async ([script, url]) => (await import(script)).keep(url)", [f"/js/{WHERE['addresses']}", URL])
    form.is_offline = True
    box = open_form(form)
    box.fill("คอหงส์")
    form.get_by_role("option").first.wait_for()
    assert form.asked.count("/places/subdistricts.json") == 1


def test_it_admits_that_it_has_no_list(form):
    form.is_offline = True
    box = open_form(form)
    box.fill("คอหงส์")
    form.get_by_text("not on this phone yet").wait_for()
    expect(box).to_have_value("คอหงส์")
    form.is_offline = False
    box.fill("คอหง")
    form.get_by_role("option").first.wait_for()
