"""The household form as the stories at the door use it: opened, filled in, walked through."""

from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.household_form import Form
from tests.browser.stories import office, ready, sent

STEPS = ("people", "health", "membership", "respondent", "evidence")


def begin(phone, address="/households/new"):
    """The form on a phone that may lose its signal at any moment."""
    ready(phone).page.goto(address)
    return Form(phone).start_anew()


def to_people(form, outcome="interested"):
    form.house(outcome=outcome)
    form.go_on()
    form.step("people")
    return form.people()[0]


def name(form, person, first="บุญมา", last="ใจงาม"):
    form.write(f"people.{person}.first_name", first)
    form.write(f"people.{person}.last_name", last)
    form.choose(f"people.{person}.living_here", "yes")


def to_the_end(form, after="people"):
    for step in STEPS[STEPS.index(after) + 1 :]:
        form.go_on()
        form.step(step)


def misspelt(phone):
    """A house with one person whose name is written wrongly, sent; the form, the person and the entry."""
    form = begin(phone)
    person = to_people(form)
    name(form, person, "บุนมา")
    to_the_end(form)
    entry = form.save()
    sent(phone, 1)
    return form, person, entry


def send_back(village, entry, person):
    """The leader returns it with a word at the name."""
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        comments = {f"people.{person}.first_name": "ต้องสะกด บุญมา"}
        entry = review.get(entry, seen_by=leader, at=at)
        review.send_back(entry, by=leader, at=at, reason="ดูชื่ออีกครั้ง", comments=comments)


def unlocked(form):
    """Opening what is sealed asks for the screen lock, where it has not been used yet."""
    unlock = form.page.locator("[data-unlock]:visible")
    form.page.locator("#household:not([hidden])").or_(unlock).wait_for()
    if unlock.is_visible():
        unlock.click()
    form.shown()


def message(form, name):
    return form.page.locator(f'[data-field="{name.split(":")[0]}"] > [data-problem]')
