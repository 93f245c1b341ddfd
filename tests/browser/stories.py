"""What the stories share: a phone ready for the field, the household form under a thumb, and a look into the office."""

import base64
import contextlib

import db
from db.models import Entry
from pwa import config, open_data
from pwa.domain.field import entries, states
from pwa.domain.office import promises

SHELLS = ("/", "/households/new", "/phone", "/saved")
CALL = """async ([module, verb, ...given]) => {
  const address = new URL(`${module}.js`, document.querySelector('script[src*="js/app.js"]').src);
  return (await import(address))[verb](...given);
}"""
KEPT = """async () => {
  const name = (await caches.keys()).find((key) => key.startsWith("person-"));
  return name ? (await (await caches.open(name)).keys()).length : 0;
}"""
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
NO_SIGNAL = "Failed to load resource|ERR_|NetworkError|Failed to fetch"


def call(phone, module, verb, *given):
    """Call one of the phone's own functions, as its pages do."""
    return phone.page.evaluate(CALL, [module, verb, *given])


def ready(phone):
    """Wait until the phone may go into the field: worker active, pages kept."""
    phone.page.goto("/")
    phone.worker_ready()
    phone.until(f"async () => (await ({KEPT})()) === {len(SHELLS)}")
    return phone


@contextlib.contextmanager
def no_signal(village, *phones):
    """Nothing gets through for the length of a with block; afterwards the browsers hear that there is a network again."""
    for phone in phones:
        phone.expects(NO_SIGNAL)
    with village.proxy.offline():
        yield
    for phone in phones:
        phone.context.set_offline(True)
        phone.context.set_offline(False)


def counts(phone):
    return call(phone, "outbox", "counts")


def sent(phone, number, timeout=30):
    """Wait until so many entries are proved and no photo waits; return what the phone lists."""
    phone.until(
        f"""async () => {{
          const {{ waiting, kept, aside, sent, blobs }} = await ({CALL})(["outbox", "counts"]);
          return waiting + kept + aside + blobs === 0 && sent === {number};
        }}""",
        timeout=timeout,
    )
    return call(phone, "outbox", "list")


def waiting(phone, number):
    """Wait until so many entries wait on the phone."""
    phone.until(f"async () => (await ({CALL})(['outbox', 'counts'])).waiting === {number}")


def photo(phone, name="house.jpg"):
    """A picture of 12 megapixels, as a phone's camera gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": base64.b64decode(phone.page.evaluate(LARGE_PHOTO))}


def alarm_for_the_worker(phone, village):
    """Return what fires the Background Sync that the phone asked for, as the browser does when there is a network again."""
    browser = phone.context.new_cdp_session(phone.page)
    found = []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    browser.send("ServiceWorker.enable")
    phone.until(lambda: found)
    named = {"origin": village.origin, "registrationId": found[0]["registrationId"], "tag": "outbox"}
    return lambda: browser.send("ServiceWorker.dispatchSyncEvent", {**named, "lastChance": False})


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
        self.page.locator("#household:not([hidden])").wait_for()
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
        self.page.locator(f'#household [name="{name}"][value="{value}"]').check()

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


@contextlib.contextmanager
def office(village):
    """The installation's own data, open beside the server."""
    open_data(settings_of(village))
    with db.database.connection_context():
        yield


def settings_of(village):
    return config.from_environment({}, data=village.data, origin=village.origin, demo=False)


def held(village, *ids):
    """The rows in custody with these entry ids, in order, each as what it says and how it stands."""
    with office(village):
        rows = Entry.select().where(Entry.entry_id.in_(ids)).order_by(Entry.id)
        return [about(row) for row in rows]


def about(row):
    return {
        "id": str(row.entry_id),
        "author": str(row.author),
        "outcome": row.outcome,
        "reason": row.reason,
        "transport": row.transport,
        "number": row.number,
        "seq": row.seq,
        "state": states.of(row),
        **({"plain": entries.plaintext(row)} if row.outcome == "received" else {}),
    }


def keeps_every_promise(village):
    with office(village):
        assert promises.check() == []


def proofs(phone, entry):
    """The receipts that this phone holds for an entry."""
    return next(one["receipts"] for one in call(phone, "outbox", "list") if one["id"] == entry)


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
