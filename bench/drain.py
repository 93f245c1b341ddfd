"""A day's work at the edge of the signal: a hundred entries leave a phone at 400 kbit/s and 400 ms there and back."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from pwa.domain.kinds import forms
from tests.browser.phones import CHROMIUM, Phone

ENTRIES, PHOTOS = 100, 5
KILOBITS, ROUND_TRIP = 400, 0.4
FILL = """async ([count, photos, payload]) => {
  const { add, addBlob } = await import(moduleOf("outbox"));
  const subject = () => crypto.randomUUID();
  for (let n = 0; n < count; n++) {
    const noise = new Uint8Array(200_000);
    for (let at = 0; at < noise.length; at += 50_000) crypto.getRandomValues(noise.subarray(at, at + 50_000));
    const blobs = n < photos ? [await addBlob(noise.buffer, "house")] : [];
    await add({ kind: "household", form: "household@1", subject: subject(), payload, blobs });
  }
}"""
SIZES = """async () => {
  const { all } = await import(moduleOf("store"));
  const lines = (await all("outbox")).filter((record) => record.state === "queued").map((record) => record.line.length + 1);
  const photos = (await all("blobs")).filter((blob) => blob.state === "queued").map((blob) => blob.bytes);
  const sum = (sizes) => sizes.reduce((one, other) => one + other, 0);
  return [sum(lines), sum(photos)];
}"""

DRAINED = """async () => {
  const { waiting, blobs } = await (await import(moduleOf("outbox"))).counts();
  return waiting + blobs === 0;
}"""


def measure(server):
    """(what, seconds, budget), for households of four people; below it what the wire alone takes."""
    payload = forms.schema("household@1")["examples"][0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        phone = Phone(playwright, server.origin, Path(folder) / "profile", browser=CHROMIUM)
        phone.enrol(server.invite("volunteer-2"))
        phone.worker_ready()
        for photos, budget in ((0, "≤ 12 s"), (PHOTOS, "")):
            lines, pictures, seconds, requests = drain(phone, server, payload, photos)
            what = f"{ENTRIES} entries" + (f" and {photos} photos of 200 kB" if photos else "")
            yield f"{what}, {KILOBITS} kbit/s, {ROUND_TRIP * 1000:.0f} ms", f"{seconds:.1f} s", budget
            wire = (lines + pictures) / (KILOBITS * 125)
            yield f"  {lines / 1000:.0f} kB of lines, unpacked and with no wait, on this wire", f"{wire:.1f} s", ""
            yield "  requests", f"{requests}", ""
        phone.close()


def drain(phone, server, payload, photos):
    """(bytes of lines, bytes of photos, seconds until the last proof, requests), from no signal to a thin one."""
    phone.page.goto("/phone")
    server.proxy.down()
    phone.page.evaluate(FILL, [ENTRIES, photos, payload])
    lines, pictures = phone.page.evaluate(SIZES)
    server.proxy.thin(KILOBITS, ROUND_TRIP)
    server.proxy.up()
    seen, start = len(server.proxy.requests), time.perf_counter()
    phone.page.locator("[data-send]").click()
    phone.until(DRAINED, timeout=120)
    seconds = time.perf_counter() - start
    server.proxy.link = None
    return lines, pictures, seconds, len(server.proxy.requests) - seen
