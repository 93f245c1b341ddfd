"""What the stories of the field kit share: bringing it, opening it, looking into the phone's store, and what a leader does meanwhile."""

from datetime import timedelta

from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.review import review
from pwa.web import BANGKOK
from tests.browser.stories import call, office
from tests.hamlets import mali

OPENED = """async () => {
  const address = moduleOf("kit");
  const kit = await import(address);
  return kit.open().then(({ at, ...parts }) => JSON.parse(JSON.stringify(parts)), ({ code }) => code);
}"""
FOUND = """async (text) => {
  const [kit, search] = await Promise.all(["kit", "search"].map((name) => import(moduleOf(name))));
  return search.find(await kit.open(), text).map(({ person, household, why }) => [person?.name.first_name ?? household.house.number, why]);
}"""
STORED = """async () => {
  const { all, get } = await import(moduleOf("store"));
  const read = (record) => Object.values(record).map((value) =>
    value instanceof ArrayBuffer ? new TextDecoder().decode(value) : JSON.stringify(value)).join(" ");
  return (await all("kit")).map(read).join(" ");
}"""
LEFT = """async () => {
  const { all } = await import(moduleOf("store"));
  return (await all("kit")).length;
}"""
HELD = """async () => {
  const address = moduleOf("kit");
  window.held = await (await import(address)).open();
  window.told = [];
  addEventListener("kit-changed", ({ detail }) => window.told.push(detail.type));
  return window.held.people.length;
}"""
UNLOCKED = """async () => {
  const address = moduleOf("kit");
  return (await import(address)).unlock().catch(({ code }) => code);
}"""
STATUS = """async () => {
  const address = moduleOf("kit");
  return (await import(address)).status();
}"""
CAMERA = """
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [{ rawValue: "%s" }];
  };
  MediaDevices.prototype.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    setInterval(() => pen.fillRect(0, 0, 9, 9), 50);
    return canvas.captureStream();
  };
"""
DAY = 86_400_000
MINUTE = 60_000


def bring(phone):
    """One tap on the page that the home page leads to."""
    phone.page.goto("/")
    phone.page.locator('a[href="/kit"].row').click()
    phone.page.locator("[data-prepare][data-ready]").click()
    phone.page.locator("[data-kit]:visible").wait_for()
    return call(phone, "kit", "status")


def opened(phone):
    call(phone, "kit", "unlock")
    return phone.page.evaluate(OPENED)


def later(phone, ms):
    """A clock that runs on while nobody touches the phone."""
    phone.page.clock.fast_forward(ms)


def call_back(village, handle="volunteer"):
    with office(village):
        at = web.system_clock()
        on = at.astimezone(BANGKOK).date()
        held = assignments.current(accounts.named(handle), on=on)
        assignments.end(held, by=accounts.named("zone-leader"), at=at, on=on, reason="ทดสอบ")


def send_out_for_long(village):
    with office(village):
        at = web.system_clock()
        on = at.astimezone(BANGKOK).date()
        days = {
            "starts_on": on,
            "ends_on": on + timedelta(days=30),
            "by": accounts.named("zone-leader"),
            "at": at,
            "on": on,
        }
        assignments.give(accounts.named("volunteer"), [units.get("C01")], **days)


def register_more(village):
    """Somebody else registers a house in the same community, and it is approved."""
    payload = {"house": {"number": "999"}, "visit": {"outcome": "interested"}, "people": [mali()]}
    with office(village):
        at = web.system_clock()
        entry = Phone(accounts.named("volunteer-2"), at=at).record("household", payload, place="C01", at=at)
        review.approve(entry, by=accounts.named("zone-leader"), at=at)
