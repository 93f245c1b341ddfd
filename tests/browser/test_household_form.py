"""At the doorstep: the household form on a phone, filled in, interrupted, refused, mended and saved."""

import pytest
from playwright.sync_api import expect

from pwa.domain.kinds import forms
from tests.browser.doorstep import begin, message, name, to_people, to_the_end, unlocked
from tests.browser.household_form import Form, photo
from tests.browser.stories import call, held, no_signal, sent

ODD = [
    ("people.{}.first_name", "มาลี😀", "ชื่อมี “😀” ไม่ได้"),
    ("people.{}.first_name", "ยา" * 80, "ไม่เกิน 120 ตัวอักษร"),
    ("people.{}.last_name", "ใจงamam", "อักษรโรมัน"),
    ("people.{}.nickname", "မာလီ", "อักษรโรมัน"),
    ("people.{}.phone", "12345", "เบอร์โทรขึ้นต้นด้วย 0"),
    ("people.{}.birth_date:year", "3100", "3100"),
    ("people.{}.birth_date:day", "31", "กรอกปี"),
]
FINE = [
    ("people.{}.phone", "๐๘๑ 555 0142"),
    ("people.{}.first_name", "มา\u200bลี"),
    ("people.{}.birth_date:year", "๒๕๐๑"),
]

TYPED = """() => {
  document.querySelector("[data-saved]").lastElementChild.textContent = "";
  document.querySelector("form[data-form]").dispatchEvent(new Event("input"));
}"""


def test_it_saves_fifteen_people_without_a_signal(village, phones):
    form = begin(phones("volunteer"))
    with no_signal(village, form.phone):
        name(form, to_people(form))
        for n in range(14):
            name(form, form.add_person(), f"มาลี{n}")
        to_the_end(form)
        expect(form.page.locator("[data-summary]")).to_contain_text("15 คน")
        form.page.locator("[data-next]").dblclick()
        entry = form.saved()
    call(form.phone, "sync", "flush", "test")
    assert len(sent(form.phone, 1)) == 1
    (row,) = held(village, entry)
    assert forms.problems("household@1", row["plain"]["payload"]) == []
    assert len(row["plain"]["payload"]["people"]) == 15
    assert row["plain"]["place"] == "C01"


def test_it_keeps_every_letter_when_the_power_goes(village, phones):
    form = begin(phones("volunteer"))
    with no_signal(village, form.phone):
        person = to_people(form)
        name(form, person)
        form.write(f"people.{person}.birth_date:day", "๑๒")
        form.write(f"people.{person}.birth_date:year", "19")
        form.choose(f"people.{person}.id_kind", "thai_id")
        form.write(f"people.{person}.id_number", "3 9001 00")
        form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
        form.phone.until("async () => (await indexedDB.databases()).length > 0")
        call(form.phone, "drafts", "settle", call(form.phone, "drafts", "list")[0]["id"])
        form.phone.restart()
        form = Form(form.phone)
        form.page.goto("/households/new")
        form.page.locator("[data-drafts] button").click()
        unlocked(form)
        form.step("people")
        for ending, typed in (
            ("first_name", "บุญมา"),
            ("birth_date:day", "๑๒"),
            ("birth_date:year", "19"),
            ("id_number", "3 9001 00"),
        ):
            expect(form.page.locator(f'[name="people.{person}.{ending}"]')).to_have_value(typed)
        form.page.goto("/households/new")
        form.page.locator("[data-fresh]").click()
        form.shown()
        expect(form.page.locator("[name='house.number']")).to_have_value("")
        assert len(call(form.phone, "drafts", "list")) == 1


def test_it_says_what_to_mend_and_loses_nothing(phones):
    form = begin(phones("volunteer"))
    form.go_on()
    expect(form.page.locator("[data-problems] li")).to_have_count(3)
    expect(form.page.locator("[name=_place]")).to_be_focused()
    person = to_people(form)
    form.page.locator(".more > summary", has_text="เพิ่มเติมเกี่ยวกับคนนี้").click()
    for field, words, sentence in ODD:
        field = field.format(person)
        form.write(field, words)
        form.go_on()
        expect(message(form, field), f"{field} {words}").to_contain_text(sentence)
        expect(form.page.locator(f'[name="{field}"]')).to_have_value(words)
        form.write(field, "")
    for field, words in FINE:
        form.write(field.format(person), words)
    form.go_on()
    expect(message(form, f"people.{person}.living_here")).to_contain_text("อยู่ที่นี่จริง")
    for field, _ in FINE:
        expect(message(form, field.format(person))).to_have_count(0)
    name(form, person)
    form.write(f"people.{person}.birth_date:year", "1968")
    form.page.keyboard.press("Tab")
    form.page.get_by_role("button", name="ใช่ พ.ศ. 2511").click()
    expect(form.page.locator(f'[name="people.{person}.birth_date:year"]')).to_have_value("2511")
    form.choose(f"people.{person}.id_kind", "thai_id")
    form.write(f"people.{person}.id_number", "3 9001 00123 45 4")
    form.page.locator("[data-doubt]", has_text="เลขตัวสุดท้าย").or_(form.page.locator("[data-next]")).first.focus()
    form.page.locator("[data-doubt]", has_text="เลขตัวสุดท้าย").wait_for()
    to_the_end(form)
    a_refused_picture_is_told_until_another_is_taken(form)
    form.save()
    holds_forty_people(begin(form.phone))
    a_payload_comes_back_as_it_was(begin(form.phone))


def a_refused_picture_is_told_until_another_is_taken(form):
    taken = form.page.locator("[data-photos] input")
    refused = form.page.locator("[data-refused]", has_text="ไม่ใช่รูป")
    taken.set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"this is no picture"})
    refused.wait_for()
    form.page.evaluate(TYPED)
    form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
    expect(refused).to_be_visible()
    taken.set_input_files(photo(form.phone))
    form.page.locator("[data-path^=evidence] img").wait_for()
    expect(refused).to_be_hidden()


def holds_forty_people(form):
    to_people(form)
    form.page.evaluate("() => { for (let n = 0; n < 39; n++) document.querySelector('[data-add=people]').click(); }")
    assert len(form.people()) == 40
    form.page.locator("[data-add=people]").click()
    expect(form.page.locator('[data-field="people"] > [data-doubt]')).to_contain_text("40 คน")
    assert len(form.people()) == 40
    form.page.locator("[data-card] > summary").last.scroll_into_view_if_needed()
    last = form.people()[-1]
    form.page.locator(f'[data-remove="people.{last}"]').click()
    assert len(form.people()) == 39
    form.page.locator("[data-undo]").click()
    assert form.people()[-1] == last


def a_payload_comes_back_as_it_was(form):
    payload = forms.schema("household@1")["examples"][0]
    assert form.page.evaluate(THERE_AND_BACK, payload) == payload


def test_it_asks_no_more_than_it_must(phones):
    form = begin(phones("volunteer"))
    nobody_at_home_with_the_keyboard_alone(form)
    health_is_not_there_without_consent(begin(form.phone))


def health_is_not_there_without_consent(form):
    person = to_people(form)
    name(form, person)
    form.date(f"people.{person}.birth_date", 28, 2, 2558)
    form.go_on()
    form.step("health")
    form.unfold(person, "health")
    groups = form.page.locator(f'[name="people.{person}.health.groups"]')
    expect(groups).to_have_count(0)
    form.choose(f"people.{person}.consent.health", "no")
    expect(groups).to_have_count(0)
    form.choose(f"people.{person}.consent.health", "yes")
    expect(groups).not_to_have_count(0)
    form.page.get_by_text("ถามใหม่เมื่ออายุ 20").wait_for()
    expect(form.page.locator('[name$="consent.by"][value="self"]')).to_have_count(0)
    form.go_on()
    expect(message(form, f"people.{person}.consent.by")).to_contain_text("ใครเป็นผู้ให้ความยินยอม")
    form.choose(f"people.{person}.consent.by", "parent")
    form.write(f"people.{person}.consent.by_name", "มาลี ใจงาม")
    form.choose(f"people.{person}.health.groups", "disabled")
    form.choose(f"people.{person}.health.disability_kinds", "seeing")
    form.choose(f"people.{person}.consent.health", "no")
    asked = form.page.locator('#household [name*="health"]:not([name$="consent.health"])')
    expect(asked).to_have_count(0)


def nobody_at_home_with_the_keyboard_alone(form):
    page = form.page
    page.locator("#_place").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("12/3")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[name='visit.outcome']:checked")).to_have_attribute("value", "absent")
    expect(page.locator("[data-step]")).to_have_count(1)
    page.locator("[data-next]").focus()
    page.keyboard.press("Enter")
    form.saved()


@pytest.mark.parametrize(("width", "text_scale"), [(360, 1), (320, 2)])
def test_every_section_fits_and_is_accessible(phones, width, text_scale):
    form = begin(phones("volunteer", width=width, text_scale=text_scale))
    looked_over(form)
    person = to_people(form)
    name(form, person)
    form.date(f"people.{person}.birth_date", 12, 8, 2511)
    form.choose(f"people.{person}.id_kind", "thai_id")
    form.page.locator(".more > summary", has_text="เพิ่มเติมเกี่ยวกับคนนี้").click()
    looked_over(form)
    form.go_on()
    form.unfold(person, "health")
    form.choose(f"people.{person}.consent.health", "yes")
    form.choose(f"people.{person}.consent.by", "self")
    looked_over(form)
    form.go_on()
    form.unfold(person, "membership")
    form.choose(f"people.{person}.membership", "apply")
    form.page.locator("[data-add$='.beneficiaries']").click()
    form.go_on()
    looked_over(form)
    form.choose(f"people.{person}.membership", "member")
    looked_over(form)
    form.choose(f"people.{person}.membership", "none")
    form.go_on()
    form.pick("respondent.person", "other")
    looked_over(form)
    form.write("respondent.name", "ลุงสมาน")
    form.go_on()
    looked_over(form)


def looked_over(form):
    form.phone.fits()
    form.phone.is_accessible()


THERE_AND_BACK = """async (payload) => {
  const [{ fill, remove }, { collect, shown }] = await Promise.all(
    ["form-parts", "form-state"].map((name) => import(moduleOf(name))));
  const form = document.querySelector("#household");
  remove(form.querySelector("[data-card]").dataset.path);
  fill(shown(payload));
  return collect(form).payload;
}"""
