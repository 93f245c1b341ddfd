"""The network: its page over many funds and months, reports verified, and a fund's month counted, in CPU of one process."""

import hashlib
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import db
from bench import grow_money
from bench.growth import timed
from bench.inside import Inside
from bench.world import grown, session
from db.models import Fund, ToldFigure, ToldMonth
from pwa import web
from pwa.domain.fund import arrears
from pwa.domain.network import (
    figures,
    keys,
    month_figures,
    month_members,
    notes,
    receiving,
    report_files,
    reports,
    verifying,
)
from pwa.domain.operations import report_promises
from pwa.domain.text.dates import BANGKOK
from tests import reporting

FUNDS, MONTHS = 140, 36
HOUSEHOLDS, MEMBERS = 200, (1_000, 10_000)


def measure(_):
    """(what, figure, budget) for a network of so many funds, and for the month of one fund by its size."""
    with tempfile.TemporaryDirectory() as folder:
        data, tokens = grown(Path(folder), HOUSEHOLDS)
        at = web.system_clock()
        with db.database.connection_context():
            yield from network(at)
            tokens["network"] = session("network", at)
        yield timed(Inside(data, tokens), "network", "/network", "p95 ≤ 40 ms")
    for members in MEMBERS:
        with tempfile.TemporaryDirectory() as folder:
            grown(Path(folder), HOUSEHOLDS)
            with db.database.connection_context():
                grow_money.grow(members, at=web.system_clock())
                yield from month(members)


def network(at):
    """Funds with their keys, and a report of each of the last months, accepted as a person accepts them."""
    made = [pair(f"G{n:03d}") for n in range(FUNDS)]
    periods = [f"{at.astimezone(BANGKOK).replace(day=1) - timedelta(days=1):%Y-%m}"]
    while len(periods) < MONTHS:
        periods.insert(0, month_members.month_before(periods[0]))
    newest = []
    with db.database.atomic():
        for key, private in made:
            keys.pin(key.unit, key.text, at=at)
            for seq, period in enumerate(periods, 1):
                newest.append(reporting.signed(key, private, period=period, seq=seq, name=f"กองทุน {key.unit}"))
    start = time.process_time()
    with db.database.atomic():
        for data in newest:
            received, _ = receiving.take(data, at=at)
            receiving.accept(received, account=None, how="terminal", at=at)
    yield f"{len(newest):,} reports taken and accepted, each", f"{seconds(start) / len(newest) * 1000:.1f} ms", ""
    start = time.process_time()
    known = keys.trusted()
    odd = [one for data in newest[:FUNDS] for one in verifying.faults(report_files.read(data), known)]
    yield f"{FUNDS} reports verified", f"{seconds(start):.2f} s", "≤ 2 s"
    start = time.process_time()
    odd += report_promises.networks_are_shown_what_was_accepted()
    assert not odd and ToldMonth.select().count() == len(newest), odd
    yield f"the promise over {ToldFigure.select().count():,} figures", f"{seconds(start):.1f} s", ""


def month(members):
    """The last month of a fund, with all its cuts and the payments by category."""
    fund = Fund.get(Fund.code == "F1")
    at = web.system_clock()
    period = f"{at.astimezone(BANGKOK).replace(day=1) - timedelta(days=1):%Y-%m}"
    size = month_figures.size_class(fund, period)
    start = time.process_time()
    due = figures.due(f"{period[:4]}-09", size)
    counted = month_figures.of(fund, period, due=due, size=size)
    told = counted.cells["members", "", ""].n
    yield f"a month of {told:,} members counted", f"{seconds(start):.2f} s", "≤ 3 s at 10,000"
    start = time.process_time()
    arrears.of_fund(fund, on=month_members.days_of(period)[1])
    yield "   of it: what each of them owes after ten years of months", f"{seconds(start):.2f} s", ""
    start = time.process_time()
    reports.make(fund, period, at=at, today=at.astimezone(BANGKOK).date())
    yield "   and drafted as a report, with its workings", f"{seconds(start):.2f} s", ""


def pair(unit):
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(unit.encode()).digest())
    return notes.Key(unit, private.public_key().public_bytes_raw()), private


def seconds(start):
    return time.process_time() - start
