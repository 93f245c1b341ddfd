"""What trials of the form broke: a form in two windows, a word of the checker on a draft, pictures after a restart, odd values."""

from playwright.sync_api import expect

from pwa.domain.kinds import forms
from tests.browser.doorstep import begin, message, misspelt, name, send_back, to_people, to_the_end, unlocked
from tests.browser.household_form import Form, photo
from tests.browser.stories import call, held, sent

PHONES = ["+66812345678", "081.234.5678", "(081) 234 5678", "+66 (0)81-234-5678", "0066812345678", "๐๘๑ ๒๓๔ ๕๖๗๘"]
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(64)


def test_it_understands_what_people_type_and_refuses_what_nobody_has(phones):
    form = begin(phones("volunteer"))
    person = to_people(form)
    at = f"people.{person}."
    form.page.locator(".more > summary", has_text="เพิ่มเติมเกี่ยวกับคนนี้").click()
    name(form, person)
    for typed in PHONES:
        form.write(f"{at}phone", typed)
        assert collected(form)["phone"] == "0812345678", typed
    form.write(f"{at}birth_date:year", "๘๓ ปี")
    form.page.locator(f'[name="{at}birth_date:year"]').blur()
    form.page.locator('[data-field$=".birth_date"] > [data-doubt]', has_text="อายุ 83 ปี").wait_for()
    born = form.page.evaluate("() => new Date().getFullYear()") + 543 - 83
    expect(form.page.locator('[name$="birth_date:year"]')).to_have_value(str(born))
    for field, value, sentence in (
        ("phone", "0000000000", "ไม่มีใครใช้เลขนี้"),
        ("first_name", "ไม่ทราบ", "ไม่ใช่ชื่อ"),
        ("relation", "child", "ต้องมีหัวหน้าครัวเรือน"),
    ):
        before = form.page.locator(f'[name="{at}{field}"]').first.evaluate("(one) => one.value")
        (form.choose if field == "relation" else form.write)(f"{at}{field}", value)
        for _ in range(2):
            form.go_on()
            expect(message(form, f"{at}{field}")).to_contain_text(sentence)
            expect(form.page.locator("#step-people"), "a second press passes nothing").to_be_visible()
        (form.choose if field == "relation" else form.write)(f"{at}{field}", before if field != "relation" else "head")
    form.go_on()
    form.step("health")


def collected(form):
    return form.page.evaluate(
        """async () => {
          const { collect } = await import(moduleOf("form-state"));
          return collect(document.querySelector("#household")).payload.people[0];
        }"""
    )


def test_a_form_that_was_left_shows_its_pictures_and_its_summary(phones):
    form = begin(phones("volunteer"))
    person = to_people(form)
    name(form, person)
    to_the_end(form)
    form.page.locator("[data-photos] input").set_input_files(
        {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": HEIC}
    )
    form.page.locator("[data-refused]", has_text="HEIC").wait_for()
    readable = photo(form.phone) | {"name": "IMG_2.HEIC", "mimeType": "image/heic"}
    form.page.locator("[data-photos] input").set_input_files(readable)
    form.page.locator("[data-path^=evidence] img:visible").wait_for()
    expect(form.page.locator("[data-refused]"), "what can be shown is taken, whatever it is called").to_be_hidden()
    form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
    call(form.phone, "drafts", "settle", call(form.phone, "drafts", "list")[0]["id"])
    form.page.reload()
    form.page.locator("[data-drafts] button").click()
    unlocked(form)
    form.step("evidence")
    picture = form.page.locator("[data-path^=evidence] img:visible")
    assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 320
    expect(form.page.locator("[data-summary]")).to_contain_text("1 คน")


def test_one_form_in_two_windows_is_one_house(village, phones):
    form = begin(phones("volunteer"))
    form.house("12/3", "absent")
    form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
    draft = call(form.phone, "drafts", "list")[0]["id"]
    other = form.phone.tab()
    other.goto(f"{village.origin}/households/new#draft={draft}")
    second = Form(form.phone)
    unlocked(second)
    form.page.bring_to_front()
    first = form.save()
    other.bring_to_front()
    told = other.locator("[data-elsewhere]", has_text="บันทึกแล้วในอีกหน้าต่างหนึ่ง")
    told.wait_for()
    second.write("house.number", "12/4")
    second.go_on()
    told.wait_for()
    expect(other.locator("[data-elsewhere] a")).to_have_attribute("href", f"/saved#{first}")
    assert call(form.phone, "outbox", "counts")["waiting"] + call(form.phone, "outbox", "counts")["sent"] == 1
    told.locator("button").click()
    second.go_on()
    other.wait_for_url("**/saved#*")
    entry = other.url.partition("#")[2]
    sent(form.phone, 2)
    old, new = held(village, first, entry)
    assert (old["state"], new["state"], new["plain"]["replaces"]) == ("replaced", "received", first)
    assert new["plain"]["subject"] == old["plain"]["subject"]
    assert forms.problems("household@1", new["plain"]["payload"]) == []


def test_a_draft_shows_what_the_checker_has_said_since(village, phones):
    form, person, first = misspelt(phones("volunteer"))
    form.page.goto(f"/households/new#correct={first}")
    unlocked(form)
    form.write("house.description", "รั้วสีเขียว")
    form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
    send_back(village, first, person)
    form.page.goto("/")
    row = form.page.locator(f'[data-list="returned"] a[href$="{first}"]')
    row.wait_for()
    for address in (row.get_attribute("href"), form.page.locator('[data-list="drafts"] a').get_attribute("href")):
        form.page.goto("/")
        form.page.goto(address)
        unlocked(form)
        expect(form.page.locator("[name='house.description']")).to_have_value("รั้วสีเขียว")
        form.page.locator("[data-came-back]", has_text="ดูชื่ออีกครั้ง").wait_for()
        form.page.locator(".field__message", has_text="ต้องสะกด บุญมา").wait_for(state="attached")
