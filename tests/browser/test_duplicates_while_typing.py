"""Somebody is typed who is on the phone already: the reasons are told beside the name, and the volunteer decides, without a signal."""

from playwright.sync_api import expect

from db.models import Person
from tests.browser.doorstep import name, to_the_end
from tests.browser.fields import homes, sent_out
from tests.browser.household_form import Form
from tests.browser.stories import call, no_signal, office, ready

ALIKE = "[data-alike]"


def test_who_may_be_there_already_is_told_while_typing(village, phones):
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    home = homes(village)[0]
    with office(village):
        other = Person.select().where(Person.household == home.id, Person.nickname != "").get()
    with no_signal(village, volunteer):
        form, person = typing(volunteer)
        page = form.page
        form.write(f"people.{person}.first_name", f"นาย{other.first_name}")
        form.write(f"people.{person}.last_name", other.last_name)
        page.locator(f"{ALIKE} button").first.wait_for()
        expect(page.locator(ALIKE)).to_have_count(1)
        page.locator(f"{ALIKE} button").click()
        page.locator(f"{ALIKE} [data-there]").wait_for()
        for words in (other.first_name, f"บ้านเลขที่ {home.number}", "ชื่อเดียวกัน"):
            expect(page.locator(ALIKE)).to_contain_text(words)
        volunteer.picture("alike")
        volunteer.fits()
        volunteer.is_accessible()
        page.locator(f"{ALIKE} [data-on]").click()
        expect(page.locator(ALIKE)).to_have_count(0)
        form.write(f"people.{person}.last_name", f"{other.last_name} ")
        page.wait_for_timeout(900)
        expect(page.locator(ALIKE)).to_have_count(0)
        there(volunteer, form, other, home)
        draft_is_kept(volunteer, other)


def typing(volunteer):
    """A new household, up to the first name."""
    volunteer.page.goto("/households/new")
    form = Form(volunteer).start_anew()
    form.house("12/9", "interested")
    form.go_on()
    form.step("people")
    [person] = form.people()
    return form, person


def there(volunteer, form, other, home):
    """A second card for the same person: this time the volunteer goes to the house."""
    second = form.add_person()
    form.write(f"people.{second}.nickname", other.nickname)
    form.write(f"people.{second}.first_name", other.first_name)
    form.write(f"people.{second}.last_name", other.last_name)
    form.page.locator(f'[data-path="people.{second}"] [data-there]').click()
    form.page.wait_for_url(f"**/households/new#revisit={home.id}")
    Form(volunteer).shown()
    expect(form.page.locator('[name="house.number"]')).to_have_value(home.number)


def draft_is_kept(volunteer, other):
    """The form that was left is a draft with everything typed and what was answered."""
    [draft] = call(volunteer, "drafts", "list")
    call(volunteer, "kit", "unlock")
    kept = call(volunteer, "drafts", "open", draft["id"])
    fields = dict(kept["draft"]["fields"])
    assert fields["house.number"] == "12/9"
    assert any(key.startswith("_alike.") and value for key, value in fields.items())


def test_a_person_of_the_queue_is_known_without_a_kit(village, phones):
    volunteer = ready(phones("volunteer", passkeys=None))
    with no_signal(village, volunteer):
        volunteer.page.goto("/households/new")
        form, person = typing(volunteer)
        name(form, person, "บุญเหลือ", "แก้วใส")
        to_the_end(form)
        form.save()
        form, person = typing(volunteer)
        form.write(f"people.{person}.first_name", "บุญเหลือ")
        form.write(f"people.{person}.last_name", "แก้วใส")
        unlock = form.page.locator(f"{ALIKE} button")
        unlock.first.wait_for()
        if not form.page.locator(f"{ALIKE} [data-there]").count():
            unlock.click()
        form.page.locator(f"{ALIKE} [data-there]").wait_for()
        expect(form.page.locator(ALIKE)).to_contain_text("บ้านเลขที่ 12/9")
