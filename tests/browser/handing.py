"""What the stories of hand-overs by codes share: a camera that sees what another phone shows, and cash counted on a phone."""

import random

from playwright.sync_api import expect

from tests.browser.fields import UNLOCK

CAMERA = """
  globalThis.seen = null;
  MediaDevices.prototype.getUserMedia = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 640 });
    const pen = canvas.getContext("2d");
    const picture = new Image();
    setInterval(() => {
      pen.fillStyle = "#777";
      pen.fillRect(0, 0, 640, 640);
      if (globalThis.seen && picture.src !== globalThis.seen) picture.src = globalThis.seen;
      if (globalThis.seen && picture.complete) pen.drawImage(picture, 50, 50, 540, 540);
    }, 40);
    return canvas.captureStream();
  };
"""
"""A camera in whose sight lies the picture `seen`."""
PICTURE = """() => document.querySelector('[data-face="shown"] canvas').toDataURL()"""
TURN = '[data-face="shown"] [data-slot="turn"]'


def opened(phone, face=""):
    """The page of cash from phone to phone, unlocked, with a camera."""
    if CAMERA not in phone.scripts:
        phone.scripts.append(CAMERA)
        phone.context.add_init_script(CAMERA)
    phone.page.goto(f"/handovers/new{face}")
    phone.until("() => 'ready' in document.querySelector('main').dataset")
    if phone.page.locator(UNLOCK).count():
        phone.page.locator(UNLOCK).click()
    phone.page.locator("[data-open]:not([hidden])").wait_for()
    return phone.page


def count(page, **pieces):
    """How many of each, `n10000="2"`; the sum as the page says it."""
    for name, many in pieces.items():
        page.fill(f"#{name}", str(many))
    page.locator("[data-act]").click()


def coins(satang):
    """The fewest notes and coins of a sum, as `count` takes them."""
    found = {}
    for kind in (100_000, 50_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25):
        many, satang = divmod(satang, kind)
        if many:
            found[f"n{kind}"] = many
    return found


def shown(phone):
    """The pictures that a phone shows in turn, in no order."""
    page = phone.page
    expect(page.locator(TURN)).to_contain_text("รูปที่")
    n = int(page.locator(TURN).inner_text().split()[-1])
    found = {}
    while len(found) < n:
        turn = page.locator(TURN).inner_text()
        picture = page.evaluate(PICTURE)
        if turn == page.locator(TURN).inner_text():
            found[turn] = picture
    pictures = list(found.values())
    random.Random(n).shuffle(pictures)
    return pictures


def scanned(phone, pictures):
    """The phone is held over them, one after the other, until it has read the last."""
    page = phone.page
    page.locator('[data-dock]:not([hidden]) a[href="#scan"]').click()
    page.locator("[data-camera]").click()
    for at, picture in enumerate(pictures, 1):
        page.evaluate("(picture) => (globalThis.seen = picture)", picture)
        if at < len(pictures):
            expect(page.locator('[data-slot="progress"]')).to_contain_text(f"{at} จาก {len(pictures)}")
    expect(page.locator('[data-face="scan"]')).to_be_hidden()
