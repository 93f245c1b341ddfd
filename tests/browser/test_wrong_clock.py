"""Phones whose clock runs in the Buddhist era, or days fast or slow: kit, round, form and pages go by the real time."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Opening
from pwa.i18n import KEPT, MONTHS
from pwa.web import BANGKOK, system_clock
from tests.browser.doorstep import name, to_the_end
from tests.browser.fields import homes, look_for, open_round, sent_out, tap
from tests.browser.household_form import Form
from tests.browser.stories import alone, call, held, no_signal, office, ready, sent
from tests.browser.test_storage_trouble import BUDDHIST_ERA, MINUTE, set_clock

DAY = 24 * 60 * MINUTE
CLOCKS = {"buddhist": BUDDHIST_ERA, "fast": 10 * DAY, "slow": -3 * DAY}
FALSE_YEARS = ("3112", "3111")


@pytest.fixture(params=CLOCKS)
def wrong(request):
    return CLOCKS[request.param]


def thai_day(at):
    on = at.astimezone(BANGKOK)
    return KEPT.join((str(on.day), MONTHS["th"][on.month - 1], str(on.year + 543)))


def test_a_day_in_the_field_on_a_wrong_clock(village, phones, wrong):
    volunteer = alone(phones("volunteer"))
    set_clock(volunteer, wrong)
    kit = sent_out(village, volunteer)
    assert kit["households"] > 0
    assert abs(kit["updated"] - system_clock().timestamp() * 1000) < 10 * MINUTE
    volunteer.page.goto("/kit")
    expect(volunteer.page.locator("[data-kit]:visible")).to_contain_text(thai_day(system_clock() + timedelta(days=3)))
    volunteer.picture(f"kit-on-a-wrong-clock-{wrong > 0}")
    known = homes(village)[0]
    with no_signal(village, volunteer):
        page = open_round(volunteer)
        expect(page.locator("[data-list] .row").nth(1)).to_be_visible()
        entry = visit_nobody(volunteer, known)
        page = open_round(volunteer)
        volunteer.picture(f"round-on-a-wrong-clock-{wrong > 0}")
        form = Form(volunteer).open()
        form.house("99/4", "interested")
        form.go_on()
        form.step("people")
        (person,) = form.people()
        name(form, person)
        form.date(f"people.{person}.birth_date", 12, 8, 2501)
        to_the_end(form)
        fresh = form.save()
        has_no_false_year(volunteer)
    sent(volunteer, 2)
    volunteer.page.goto("/phone")
    has_no_false_year(volunteer)
    first, second = held(village, entry, fresh)
    assert [one["outcome"] for one in (first, second)] == ["received", "received"]
    assert abs(first["plain"]["clock_ms"] - wrong) < MINUTE
    assert second["plain"]["payload"]["people"][0]["birth_date"] == "1958-08-12"
    the_leader_is_told(village, phones, entry, "be_year" if wrong == BUDDHIST_ERA else "off")


def the_leader_is_told(village, phones, entry, how):
    with office(village):
        odd = [one.clock_odd for one in Opening.select().order_by(Opening.entry.desc()).limit(2)]
        assert odd == [how, how]
    leader = ready(phones("zone-leader"))
    leader.page.goto(f"/review/{entry}")
    sheet = leader.page.locator("main")
    expect(sheet).to_contain_text(thai_day(system_clock()))
    expect(sheet).to_contain_text("นาฬิกาเครื่อง")
    has_no_false_year(leader)
    leader.picture(f"sheet-of-a-clock-{how}")


def has_no_false_year(phone):
    for year in FALSE_YEARS:
        expect(phone.page.locator("main")).not_to_contain_text(year, use_inner_text=True)


def visit_nobody(volunteer, known):
    """Nobody was at home in a house of the kit."""
    form = tap(volunteer, look_for(volunteer.page, known.number).filter(has_text=f"เลขที่ {known.number}").first)
    form.choose("visit.outcome", "absent")
    return form.save()


def test_a_kit_that_an_earlier_version_brought_goes_on_by_the_phones_clock(village, phones):
    volunteer = alone(phones("volunteer"))
    sent_out(village, volunteer)
    old = """async () => {
      const { get, put } = await import(moduleOf("store"));
      const { here, ...head } = await get("kit", "head");
      await put("kit", { ...head, updated: here });
    }"""
    volunteer.page.evaluate(old)
    volunteer.page.goto("/kit")
    assert call(volunteer, "kit", "status")["households"] > 0
