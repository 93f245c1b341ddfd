"""A day in the field without a signal: the round opened cold, houses visited, found again, corrected; then everything goes out."""

from playwright.sync_api import expect

from db.models import Entry
from pwa.domain.people import accounts
from pwa.domain.register import register
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.doorstep import name, to_the_end
from tests.browser.fields import UNLOCK, homes, look_for, open_round, row, sent_out, shown, tap
from tests.browser.household_form import Form, nobody_home, photo, write_household
from tests.browser.stories import call, counts, held, no_signal, office, ready, sent


def test_a_whole_day_is_worked_from_the_phone_alone(village, phones):
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    known = homes(village)[0]
    before = values(village, known.id)
    with no_signal(village, volunteer):
        volunteer.restart()
        open_round(volunteer)
        visited = visit_untouched(volunteer, known)
        fresh, person = register_new(volunteer)
        again = visit_again(volunteer, person)
        corrected = correct(volunteer, visited, known)
        assert counts(volunteer)["waiting"] == 4
        page = open_round(volunteer)
        expect(row(page, "done", "99/1")).to_have_count(1)
        volunteer.picture("round-done")
        volunteer.fits()
        volunteer.is_accessible()
    sent(volunteer, 4)
    first, new, second, mended = held(village, visited, fresh, again, corrected)
    assert [one["state"] for one in (first, new, second, mended)] == ["replaced", "received", "received", "received"]
    assert first["plain"]["base"]["version"] == known.version and first["plain"]["replaces"] is None
    assert mended["plain"]["base"] == first["plain"]["base"] and mended["plain"]["replaces"] == visited
    assert (new["plain"]["base"], new["plain"]["replaces"]) == (None, None)
    assert (second["plain"]["base"], second["plain"]["replaces"]) == ({"version": 0}, None)
    assert second["plain"]["subject"] == new["plain"]["subject"]
    approve(village, corrected, fresh, again)
    changed = differences(before, values(village, known.id))
    assert changed - {"respondent.person"} == {"visit.outcome", "visit.reason", "house.description"}
    home = values(village, new["plain"]["subject"])
    assert home[f"people.{person}.nickname"] == "มา"
    assert home[f"people.{person}.first_name"] == "บุญเหลือ"


def test_what_waits_is_opened_and_corrected_with_its_pictures(village, phones):
    volunteer = ready(phones("volunteer"))
    picture = photo(volunteer)
    with no_signal(village, volunteer):
        form = Form(volunteer).open()
        write_household(form, picture)
        first = form.save()
        volunteer.restart()
        volunteer.page.goto("/phone")
        volunteer.page.locator(f'[data-list="waiting"] a[href="/saved#{first}"]').click()
        volunteer.page.locator("[data-correct]").click()
        form = Form(volunteer).shown()
        expect(form.page.locator("h1")).to_have_text("แก้ไขที่บันทึกไว้")
        form.write("house.description", "ข้างวัด")
        form.go_on()
        form.step("people")
        to_the_end(form)
        second = form.save()
        volunteer.page.goto("/phone")
        old = volunteer.page.locator(f'[data-list="waiting"] a[href="/saved#{first}"] .chip')
        expect(old).to_have_text("มีใบใหม่แทนแล้ว")
        volunteer.picture("phone-replaced")
        expect(open_round(volunteer).locator('[data-list="done"] .row .chip')).to_have_text(["รอส่ง"])
    sent(volunteer, 2)
    before, after = held(village, first, second)
    assert (before["state"], after["state"], after["plain"]["replaces"]) == ("replaced", "received", first)
    payload = {**before["plain"]["payload"], "house": {**before["plain"]["payload"]["house"], "description": "ข้างวัด"}}
    assert after["plain"]["payload"] == payload
    assert len(after["plain"]["blobs"]) == 3 and by_hash(after) == by_hash(before)


def test_without_a_kit_the_round_says_what_to_do_and_knows_the_own_houses(village, phones):
    volunteer = ready(phones("volunteer", text_scale=2))
    with no_signal(village, volunteer):
        nobody_home(volunteer, "46/3")
        volunteer.restart()
        volunteer.page.goto("/round")
        volunteer.until("() => 'ready' in document.querySelector('main').dataset")
        expect(volunteer.page.locator("[data-no-kit] a")).to_be_visible()
        expect(volunteer.page.locator('[data-list="fresh"] .row')).to_have_count(0)
        volunteer.picture("round-locked-large")
        volunteer.fits()
        volunteer.page.locator(UNLOCK).focus()
        volunteer.page.keyboard.press("Enter")
        house = row(volunteer.page, "fresh", "46/3")
        expect(house).to_contain_text("ไม่พบคน")
        volunteer.picture("round-large")
        volunteer.fits()
        volunteer.is_accessible()
        house.focus()
        volunteer.page.keyboard.press("Enter")
        volunteer.page.wait_for_url("**/households/new#revisit=*")
        form = Form(volunteer).shown()
        expect(form.page.locator('[name="house.number"]')).to_have_value("46/3")
        form.choose("visit.outcome", "absent")
        form.save()
    first, second = (call(volunteer, "outbox", "copy", one["id"]) for one in reversed(sent(volunteer, 2)))
    assert (first["base"], second["base"], second["replaces"]) == (None, {"version": 0}, None)


def by_hash(entry):
    return sorted(entry["plain"]["blobs"], key=lambda blob: blob["sha256"])


def visit_untouched(volunteer, known):
    """Open a house of the kit with one tap, say only how the visit went, and walk through."""
    form = tap(volunteer, look_for(volunteer.page, known.number).filter(has_text=f"เลขที่ {known.number}").first)
    expect(form.page.locator("h1")).to_have_text("เยี่ยมอีกครั้ง")
    expect(form.page.locator("[name='house.number']")).to_have_value(known.number)
    form.choose("visit.outcome", "interested")
    form.go_on()
    form.step("people")
    assert len(form.people()) == known.people_count
    volunteer.picture("revisit-people")
    to_the_end(form)
    return form.save()


def register_new(volunteer):
    volunteer.page.goto("/round")
    page = shown(volunteer)
    page.locator('.dock a[href="/households/new"]').click()
    form = Form(volunteer).start_anew()
    form.house("99/1", "interested")
    form.go_on()
    form.step("people")
    [person] = form.people()
    name(form, person, "บุญเหลือ", "แก้วใส")
    to_the_end(form)
    return form.save(), person


def visit_again(volunteer, person):
    """Find who was registered an hour ago, and go there once more."""
    page = open_round(volunteer)
    volunteer.picture("round-later")
    look_for(page, "บุญเหลือ").first.click()
    page.wait_for_url("**/saved#*")
    page.locator("[data-again]").click()
    page.wait_for_url("**/households/new#revisit=*")
    form = Form(volunteer).shown()
    expect(page.locator('[name="house.number"]')).to_have_value("99/1")
    form.choose("visit.outcome", "interested")
    form.go_on()
    form.step("people")
    form.unfold(person, "people")
    form.write(f"people.{person}.nickname", "มา")
    to_the_end(form)
    return form.save()


def correct(volunteer, entry, known):
    """What waits is opened from the list of today, mended, and shown as replaced."""
    page = open_round(volunteer)
    row(page, "done", f"เลขที่ {known.number}").first.click()
    page.wait_for_url(f"**/saved#{entry}")
    volunteer.picture("saved")
    page.locator("[data-correct]").click()
    page.wait_for_url(f"**/households/new#correct={entry}")
    form = Form(volunteer).shown()
    volunteer.picture("correct")
    form.write("house.description", "รั้วสีเขียว")
    form.write("visit.reason", "ฝนตก")
    form.go_on()
    form.step("people")
    assert len(form.people()) == known.people_count
    to_the_end(form)
    newer = form.save()
    page.goto(f"/saved#{entry}")
    page.locator("[data-newer] a").wait_for()
    volunteer.picture("saved-replaced")
    expect(page.locator("[data-newer] a")).to_have_attribute("href", f"/saved#{newer}")
    expect(page.locator("[data-correct]")).to_be_hidden()
    return newer


def values(village, household):
    with office(village):
        return {path: held.value for path, held in register.values(household, health=True).items()}


def differences(one, other):
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def approve(village, *ids):
    with office(village):
        for entry in ids:
            review.approve(Entry.get(Entry.entry_id == entry), by=accounts.named("zone-leader"), at=system_clock())
