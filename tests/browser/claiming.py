"""What the stories of claims share: the form under the volunteer's thumb, begun from a person of the round, and saved."""

import re

from playwright.sync_api import expect

from pwa.web import BANGKOK, system_clock
from tests.browser.fields import look_for, open_round


class ClaimForm:
    """The form of a claim under the volunteer's thumb."""

    def __init__(self, phone):
        self.phone, self.page = phone, phone.page

    def shown(self):
        self.page.locator("#claim[data-ready]:not([hidden])").wait_for()
        return self

    def on(self, name, day):
        for part, value in (("day", day.day), ("year", day.year + 543)):
            self.page.locator(f'#claim [name="{name}:{part}"]').fill(str(value))
        self.page.locator(f'#claim [name="{name}:month"]').select_option(str(day.month))

    def fill(self, end, words):
        self.page.locator(f'#claim [name$="{end}"]').first.fill(words)

    def what(self, code):
        self.page.locator(f'#claim [name="_what"][value="{code}"]').check()

    def go_on(self):
        self.page.locator("[data-next]").click()

    def step(self, name):
        self.page.locator(f"#step-{name}:not([hidden])").wait_for()

    def says(self, field, words):
        expect(self.page.locator(f'[data-field="{field}"] > :is([data-problem], [data-doubt])').first).to_contain_text(
            words
        )


def today():
    return system_clock().astimezone(BANGKOK).date()


def begun(volunteer, member):
    """From the person in the search results of the round."""
    page = open_round(volunteer)
    look_for(page, f"{member.first_name} {member.last_name}")
    page.locator('[data-list="found"] details').first.locator("summary").click()
    page.locator('[data-list="found"] [data-claim]').first.click()
    page.wait_for_url("**/claims/new#house=*")
    form = ClaimForm(volunteer).shown()
    page.locator("#member").select_option(str(member.id))
    return form


def saved(form):
    form.go_on()
    form.page.wait_for_url(re.compile(r"/saved\?event=\w+#"))
    form.page.get_by_role("heading", name="บันทึกในเครื่องแล้ว").wait_for()
    return form.page.url.partition("#")[2]
