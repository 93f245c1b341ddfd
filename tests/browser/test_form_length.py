"""One person of the household form is no endless page: what few people need is folded until somebody asks for it."""

from playwright.sync_api import expect

from tests.browser.doorstep import begin, to_people

MOST = 1_300
"""Pixels on a phone of 360, where a person took 2,300 before."""


def test_what_few_people_need_is_folded_until_it_is_asked_for(phones):
    form = begin(phones("volunteer"))
    person = to_people(form)
    form.page.set_viewport_size({"width": 360, "height": 740})
    card = form.page.locator(f'#step-people [data-card][data-path="people.{person}"]')
    seldom = form.page.locator(f'[name="people.{person}.phone"]')
    expect(seldom).to_be_hidden()
    folded = card.bounding_box()["height"]
    assert folded <= MOST
    card.locator(".more > summary").first.click()
    expect(seldom).to_be_visible()
    assert card.bounding_box()["height"] > folded + 200
