"""The field kit on a phone: brought by one tap, sealed, read and searched without a signal, and kept up to date."""

from playwright.sync_api import expect

from db.models import Household, KitDownload, Person
from pwa.domain.places import units
from tests.browser.kit_phone import CAMERA, FOUND, MINUTE, OPENED, STATUS, STORED, bring, later, opened, register_more
from tests.browser.stories import call, no_signal, office, ready


def test_a_day_in_the_field_without_a_signal(village, phones):
    phone = ready(phones("volunteer"))
    status = bring(phone)
    assert status["protection"] == "prf" and status["people"] > 10 and status["households"] > 3
    assert {place["code"] for place in status["assignment"]["places"]} == {"C01", "C02"}
    phone.fits()
    phone.is_accessible()
    phone.picture("kit-brought")

    with no_signal(village, phone):
        phone.page.goto("/kit")
        expect(phone.page.locator("[data-kit]:visible")).to_contain_text("ปิดผนึก")
        phone.page.goto("/")
        expect(phone.page.locator("[data-kit-age]:visible")).to_contain_text("ชุดออกพื้นที่")
        phone.page.locator(".nav__item", has_text="ครัวเรือน").click()
        phone.page.locator("[data-works] a[data-round]:visible").click()
        phone.page.wait_for_url("**/round")
        kit = opened(phone)
        assert len(kit["people"]) == status["people"] and len(kit["households"]) == status["households"]
        somebody = kit["people"][0]
        assert somebody["name"]["first_name"] in dict(phone.page.evaluate(FOUND, somebody["name"]["first_name"][:3]))
        house = kit["households"][0]["house"]["number"]
        assert [house, "house"] in phone.page.evaluate(FOUND, house)
        phone.page.goto("/phone")
        assert len(phone.page.evaluate(OPENED)["people"]) == status["people"], "unlocked once for all pages"


def test_nothing_lies_on_the_phone_in_plain(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    kit = opened(phone)
    stored = phone.page.evaluate(STORED)
    words = {
        word for person in kit["people"] for word in (*person["name"].values(), person["nickname"]) if len(word) > 3
    }
    assert len(words) > 10 and not [word for word in words if word in stored]
    assert "ชุมชนริมคลอง" in stored, "the search sees what is there"


def test_it_brings_only_what_changed(village, phones):
    phone = ready(phones("volunteer"))
    first = bring(phone)
    whole = opened(phone)
    asked = []
    phone.page.on("response", lambda answer: "/kit/downloads" in answer.url and asked.append(answer))
    register_more(village)
    again = call(phone, "kit", "prepare")
    answer = asked[0].json()
    assert len(answer["households"]) == 1 and again["households"] == first["households"] + 1
    merged = phone.page.evaluate(OPENED)
    assert len(merged["households"]) == len(whole["households"]) + 1
    call(phone, "kit", "erase", "asked")
    bring(phone)
    assert opened(phone) == merged, "the whole kit says the same as the differences"


def test_it_keeps_itself_up_to_date_where_there_is_a_signal(village, phones):
    phone = ready(phones("volunteer"))
    first = bring(phone)
    register_more(village)
    phone.page.clock.install()
    phone.page.goto("/phone")
    phone.page.locator("[data-kit-age]:visible").wait_for()
    later(phone, 16 * MINUTE)
    phone.until("async (people) => (await (" + STATUS + ")()).people === people", first["people"] + 1)
    assert phone.page.evaluate(OPENED) == "locked", "what changed came without opening anything"
    with office(village):
        assert [row.kind for row in KitDownload.select().order_by(KitDownload.id)] == ["full", "difference"]
    assert len(opened(phone)["people"]) == first["people"] + 1


def test_a_members_paper_leads_to_them_without_a_signal(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    with office(village):
        places = [units.get(code).id for code in ("C01", "C02")]
        home = Household.get(Household.place.in_(places))
        person = Person.get((Person.household == home) & (Person.gone == ""))
    phone.context.add_init_script(CAMERA % f"{village.origin}/members/{person.id}/rights")
    with no_signal(village, phone):
        phone.page.goto("/round")
        phone.page.locator("[data-unlock]").click()
        phone.page.locator("[data-scan]:visible").click()
        found = phone.page.locator('[data-list="found"] .row')
        expect(found).to_have_count(1)
        expect(found).to_contain_text(home.number)
        phone.fits()
