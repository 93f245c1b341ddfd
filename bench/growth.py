"""Each page in villages of a thousand, ten thousand and thirty thousand households, in CPU of this process: flat is the aim."""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, unquote

import db
from bench.inside import Inside
from bench.world import grown
from db.models import Draw, Entry, Household, Membership, Person
from pwa.domain.custody import states
from tests.browser.server import OMBUN

SIZES = (1_000, 10_000, 30_000)


def measure(_):
    """(page, p50 / p95 of its CPU, budget) for each size; what a village weighs, and what checking it takes."""
    for households in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            data, tokens = grown(Path(folder), households)
            yield from weigh(data, time.perf_counter() - start)
            yield from pages(data, tokens)
            yield from check(data, households)


def pages(data, tokens):
    """The same figures of a village that stands already."""
    inside = Inside(data, tokens)
    for handle, path, budget in addresses():
        yield timed(inside, handle, path, budget)


def weigh(data, seconds):
    with db.database.connection_context():
        homes, people, lines = (model.select().count() for model in (Household, Person, Entry))
    size = (data / "ombun.db").stat().st_size / 1e6
    yield f"{homes:,} households, {people:,} people, {lines:,} entries", f"{size:,.0f} MB", f"made in {seconds:.0f} s"


def timed(inside, handle, path, budget):
    status, times, statements, size = inside.cost(handle, path)
    where, _, asked = unquote(path).partition("?q=")
    label = f"   {where[:14]}{asked and f' “{asked}”'} as {handle} ({status}): {statements} q, {size / 1000:.1f} kB"
    return label, f"{times[len(times) // 2]:.0f} ms / {times[int(len(times) * 0.95)]:.0f} ms", budget


def addresses():
    """(who, where, budget), with ids of this village."""
    with db.database.connection_context():
        waiting = Entry.select().where(states.waits_for("checker", ("household",))).order_by(Entry.id.desc()).first()
        entry = waiting.entry_id
        member = Membership.select(Membership.person).order_by(Membership.number).first().person
        home = Household.select(Household.id).order_by(Household.id).first().id
        name = Person.select(Person.first_name).order_by(Person.id).first().first_name
        draw = Draw.select().first()
    flat, found = "p95 ≤ 40 ms", "p95 ≤ 60 ms"
    for handle in ("volunteer", "zone-leader", "registrar"):
        yield handle, "/", flat
    yield "volunteer", "/households", flat
    for words in (name, f"{name[:3]} 1234", "ไม่มีใครชื่อนี้"):
        yield "volunteer", f"/households?q={quote(words)}", found
    yield "volunteer", f"/households/{home}", flat
    yield "volunteer", "/households/new", flat
    yield "member", "/me", flat
    yield "volunteer", "/sync/status", ""
    for path in ("/review", f"/review/{entry}", "/notices", "/quarantine", "/second-looks"):
        yield "zone-leader", path, flat
    for path in ("/admissions", f"/members/{member}", "/custody", "/board"):
        yield "registrar", path, flat
    if draw:
        yield "registrar", f"/second-looks/{draw.id}", flat


def check(data, households):
    """`ombun check` in a process of its own, when nobody is served."""
    settings = {**os.environ, "OMBUN_DATA": str(data), "OMBUN_ORIGIN": "http://localhost"}
    start = time.perf_counter()
    process = subprocess.Popen([OMBUN, "check"], env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    broken = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    assert not broken, broken
    yield "   ombun check, a 1,000 households", f"{seconds * 1000 / households:.1f} s", "≤ 20 s"
    yield "   its memory at its highest", f"{used.ru_maxrss / 1024:.0f} MB", "≤ 200 MB"
