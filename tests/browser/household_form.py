"""The household form under a volunteer's thumb, and the households that the stories write with it."""

import base64

LARGE_PHOTO = """async () => {
  const canvas = new OffscreenCanvas(4000, 3000);
  const pen = canvas.getContext("2d");
  for (let n = 0; n < 400; n++) {
    pen.fillStyle = `hsl(${(n * 47) % 360} 60% 60%)`;
    pen.fillRect((n * 331) % 4000, (n * 577) % 3000, 500, 400);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  return btoa(new Uint8Array(await blob.arrayBuffer()).reduce((text, byte) => text + String.fromCharCode(byte), ""));
}"""


DRAFTS = """async () => {
  const address = moduleOf("drafts");
  return (await import(address)).list();
}"""


class Form:
    """The household form under the volunteer's thumb."""

    def __init__(self, phone):
        self.phone, self.page = phone, phone.page

    def open(self):
        """From the home page, as a volunteer does."""
        self.page.goto("/")
        self.page.get_by_role("link", name="ลงทะเบียนครัวเรือน").click()
        return self.start_anew()

    def shown(self):
        """Wait until it can be filled in, and answers to more than typing."""
        self.page.locator("#household[data-ready]:not([hidden])").wait_for()
        return self

    def start_anew(self):
        """Leave drafts for later, if some are offered."""
        form, offer = self.page.locator("#household:not([hidden])"), self.page.locator("[data-fresh]:visible")
        form.or_(offer).wait_for()
        if offer.is_visible():
            offer.click()
        return self.shown()

    def write(self, name, words):
        self.page.locator(f'#household [name="{name}"]').fill(words)

    def choose(self, name, value):
        """One of several answers, however the form asks for it."""
        answers = self.page.locator(f'#household [name="{name}"]')
        if answers.first.evaluate("(one) => one.localName") == "select":
            return answers.select_option(value)
        return self.page.locator(f'#household [name="{name}"][value="{value}"]').check()

    def pick(self, name, value):
        self.page.locator(f'#household select[name="{name}"]').select_option(value)

    def date(self, name, day, month, year):
        self.write(f"{name}:day", str(day))
        self.pick(f"{name}:month", str(month))
        self.write(f"{name}:year", str(year))

    def photograph(self, place, picture):
        """Give a picture to the file field within `place` and wait until the phone keeps it."""
        field = self.page.locator(f"{place} input[type=file]")
        field.set_input_files(picture)
        self.page.locator(f"{place} .photo__kept:visible").first.wait_for()

    def sign(self, person):
        """Draw a signature with a finger."""
        pad = self.page.locator(f'[data-path="people.{person}"] signature-pad')
        pad.locator("canvas").scroll_into_view_if_needed()
        box = pad.locator("canvas").bounding_box()
        across, down = box["width"], box["height"]
        self.page.mouse.move(box["x"] + across * 0.2, box["y"] + down * 0.6)
        self.page.mouse.down()
        for step in range(1, 9):
            self.page.mouse.move(box["x"] + across * (0.2 + step * 0.07), box["y"] + down * (0.6 - 0.3 * (step % 2)))
        self.page.mouse.up()
        pad.locator(".photo__kept").wait_for()

    def go_on(self):
        self.page.locator("[data-next]").click()

    def step(self, name):
        """Wait for a section of the form."""
        self.page.locator(f"#step-{name}:not([hidden])").wait_for()

    def people(self):
        """The ids of the people's cards, in order."""
        paths = self.page.locator("#step-people [data-card]").evaluate_all(
            "(all) => all.map((one) => one.dataset.path)"
        )
        return [path.removeprefix("people.") for path in paths]

    def unfold(self, person, step):
        card = self.page.locator(f'#step-{step} details[data-path="people.{person}"]')
        if card.get_attribute("open") is None:
            card.locator("> summary").click()

    def add_person(self):
        self.page.locator('[data-add="people"]').click()
        return self.people()[-1]

    def house(self, number="45/2", outcome="applied", place="C01"):
        self.pick("_place", place)
        self.write("house.number", number)
        self.choose("visit.outcome", outcome)

    def save(self):
        """Save, and return the id of the entry once the phone says that it is kept."""
        self.page.locator("[data-next]").click()
        return self.saved()

    def saved(self):
        self.page.wait_for_url("**/saved#*")
        self.page.get_by_role("heading", name="บันทึกในเครื่องแล้ว").wait_for()
        return self.page.url.partition("#")[2]


def nobody_home(phone, number):
    """The shortest visit: nobody was at home."""
    phone.page.goto("/households/new")
    form = Form(phone).start_anew()
    form.house(number, "absent")
    return form.save()


def half_written(phone, number):
    """A form that is not finished; the id of its draft."""
    phone.page.goto("/households/new")
    form = Form(phone).start_anew()
    form.house(number, "interested")
    phone.page.locator("[data-saved]:visible").wait_for()
    drafts = phone.page.evaluate(DRAFTS)
    return max(drafts, key=lambda draft: draft["saved"])["id"]


def photo(phone, name="house.jpg"):
    """A picture of 12 megapixels, as a phone's camera gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": base64.b64decode(phone.page.evaluate(LARGE_PHOTO))}


def write_household(form, picture):
    """Three people: somebody who applies, somebody who is a member already, somebody who only lives there."""
    form.house("99/7", "applied")
    form.choose("notice.how", "read_aloud")
    form.phone.picture("form-house")
    form.go_on()
    form.step("people")
    (bunma,) = form.people()
    form.unfold(bunma, "people")
    name_person(form, bunma, "นาง", "บุญมา", "head", "female")
    form.date(f"people.{bunma}.birth_date", 12, 8, "๒๕๐๑")
    form.phone.picture("form-person")
    saman = name_person(form, form.add_person(), "นาย", "สมาน", "spouse", "male")
    mali = name_person(form, form.add_person(), "", "มาลี", "child", "female")
    form.go_on()
    form.step("health")
    form.phone.picture("form-health")
    form.go_on()
    form.step("membership")
    apply_for(form, bunma)
    hold_passbook(form, saman, picture)
    form.unfold(mali, "membership")
    form.choose(f"people.{mali}.membership", "none")
    form.go_on()
    form.step("respondent")
    form.pick("respondent.person", bunma)
    form.phone.picture("form-respondent")
    form.go_on()
    form.step("evidence")
    form.photograph("#step-evidence", picture)
    form.phone.picture("form-evidence")
    return {"bunma": bunma, "saman": saman, "mali": mali}


def name_person(form, person, title, name, relation, sex):
    form.pick(f"people.{person}.title", title)
    form.write(f"people.{person}.first_name", name)
    form.write(f"people.{person}.last_name", "ใจงาม")
    form.choose(f"people.{person}.relation", relation)
    form.choose(f"people.{person}.living_here", "yes")
    form.choose(f"people.{person}.sex", sex)
    return person


def apply_for(form, person):
    form.unfold(person, "membership")
    form.choose(f"people.{person}.membership", "apply")
    form.choose(f"people.{person}.application.plan", "monthly")
    form.choose(f"people.{person}.application.pledge", "yes")
    form.sign(person)
    form.phone.picture("form-signature")


def hold_passbook(form, person, picture):
    form.unfold(person, "membership")
    form.choose(f"people.{person}.membership", "member")
    form.pick(f"people.{person}.passbook.fund", "F1")
    form.write(f"people.{person}.passbook.number", "00147")
    form.date(f"people.{person}.passbook.joined_on", 5, 1, 2564)
    form.date(f"people.{person}.passbook.paid_through", 30, 11, 2569)
    form.photograph(f'[data-path="people.{person}"] [data-field$="passbook.photo"]', picture)
    form.phone.picture("form-passbook")
