"""What the phone's own page needs in a browser, with a day's entries waiting: script memory, and the whole process of the page."""

from pathlib import Path

from bench.phone import in_the_field, saves
from tests.browser.phones import processes_of

ENTRIES = 100
TALLY = """async (wanted) => {
  const { counts } = await import(moduleOf("outbox"));
  return (await counts()).waiting >= wanted;
}"""


def measure(server):
    """(what, figure, budget) of /phone, without a network, so that everything still waits."""
    with in_the_field(server) as phone:
        for _ in saves(phone, ENTRIES):
            pass
        phone.page.goto("/phone")
        phone.until(TALLY, ENTRIES)
        browser = phone.context.new_cdp_session(phone.page)
        browser.send("HeapProfiler.collectGarbage")
        browser.send("Performance.enable")
        told = {one["name"]: one["value"] for one in browser.send("Performance.getMetrics")["metrics"]}
        yield f"/phone, {ENTRIES} entries waiting: script memory", f"{told['JSHeapUsedSize'] / 1e6:.1f} MB", ""
        yield f"/phone, {ENTRIES} entries waiting: its process (PSS)", f"{renderer(phone) / 1024:.0f} MB", ""


def renderer(phone):
    """The largest page process of this browser in kB, shared parts counted once."""
    browsers = set(map(str, processes_of(phone.profile)))
    pages = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            if b"--type=renderer" in words and parents(folder.name) & browsers:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                pages.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")))
        except (OSError, StopIteration):
            continue
    return max(pages)


def parents(process):
    """The processes above one, itself among them."""
    found = set()
    while process not in found and process not in ("0", "1"):
        found.add(process)
        process = (Path("/proc") / process / "stat").read_text().rpartition(")")[2].split()[1]
    return found
