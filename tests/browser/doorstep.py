"""The household form as the stories at the door use it: opened, filled in, walked through."""

from tests.browser.household_form import Form

STEPS = ("people", "health", "membership", "respondent", "evidence")


def begin(phone, address="/households/new"):
    phone.page.goto(address)
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


def unlocked(form):
    """Opening what is sealed asks for the screen lock, where it has not been used yet."""
    unlock = form.page.locator("[data-unlock]:visible")
    form.page.locator("#household:not([hidden])").or_(unlock).wait_for()
    if unlock.is_visible():
        unlock.click()
    form.shown()


def message(form, name):
    return form.page.locator(f'[data-field="{name.split(":")[0]}"] > [data-problem]')
