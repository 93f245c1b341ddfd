"""The household form for the second time: at a revisit, and when an entry came back."""

from playwright.sync_api import expect

from db.models import Entry
from pwa.domain.people import accounts
from pwa.domain.register import households, projection, register, submissions
from tests.browser.doorstep import begin, misspelt, send_back, to_the_end, unlocked
from tests.browser.stories import call, held, no_signal, office, sent


def test_a_revisit_opens_filled_in_and_marks_who_is_gone(village, phones):
    form = begin(phones("volunteer"))
    with office(village):
        home = next(one for one in households.listed(seen_by=accounts.named("volunteer")) if one.people_count > 2)
        subject, version = str(home.id), home.version
    form = begin(form.phone, f"/households/{subject}/visit")
    expect(form.page.locator("[name='house.number']")).not_to_have_value("")
    form.choose("visit.outcome", "interested")
    form.go_on()
    form.step("people")
    gone = form.people()[-1]
    form.unfold(gone, "people")
    expect(form.page.locator(f'[data-remove="people.{gone}"]')).to_have_count(0)
    form.choose(f"people.{gone}.gone", "moved")
    to_the_end(form)
    entry = form.save()
    sent(form.phone, 1)
    (row,) = held(village, entry)
    says = row["plain"]
    assert (says["subject"], says["base"]) == (subject, {"version": version})
    assert next(one for one in says["payload"]["people"] if one["id"] == gone)["gone"] == "moved"
    assert not any("id_number" in one or "health" in one for one in says["payload"]["people"])
    with office(village):
        opened = submissions.of(Entry.get(Entry.entry_id == entry))
        changed = {change.path for change in projection.changes(register.record_of(home.id), opened.says)}
    elsewhere = {
        path for path in changed if not path.startswith(("visit.", "respondent.")) and not path.endswith(".present")
    }
    assert elsewhere == {f"people.{gone}.gone", f"people.{gone}.gone_on"}


def test_what_comes_back_is_mended_offline_with_the_comments_at_the_fields(village, phones):
    form, person, first = misspelt(phones("volunteer"))
    send_back(village, first, person)
    form.page.goto("/")
    form.page.locator(f'[data-list="returned"] a[href$="{first}"]').wait_for()
    with no_signal(village, form.phone):
        form.page.goto(f"/households/new#returned={first}")
        unlocked(form)
        expect(form.page.locator("[data-came-back]")).to_contain_text("ดูชื่ออีกครั้ง")
        form.page.locator("[data-came-back] a").click()
        expect(form.page.locator(f'[name="people.{person}.first_name"]')).to_be_focused()
        form.page.locator(".field__message", has_text="ต้องสะกด บุญมา").wait_for()
        form.write(f"people.{person}.first_name", "บุญมา")
        to_the_end(form)
        second = form.save()
    call(form.phone, "sync", "flush", "test")
    sent(form.phone, 2)
    old, new = held(village, first, second)
    assert (old["state"], new["plain"]["replaces"], new["state"]) == ("replaced", first, "received")
    assert new["plain"]["payload"]["people"][0]["first_name"] == "บุญมา"
