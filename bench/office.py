"""The office: closing a month, part 10 and the trial balance, and a draft counted out for every member, of a fund with ten years, in CPU."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

import db
from bench import grow_money
from bench.growth import timed
from bench.inside import Inside
from bench.money import HOUSEHOLDS, MEMBERS
from bench.world import grown, session
from db.models import Fund
from pwa import web
from pwa.domain.fund import closes, closing, rule_drafts, rule_effects, rule_runs
from pwa.domain.fund.statement_balances import Said
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK

FLAT = "p95 ≤ 40 ms"
PAGES = (
    "/ledger",
    "/ledger/closes",
    "/ledger/reports",
    "/ledger/reports/part-10",
    "/ledger/contributions",
    "/ledger/audits",
)


def measure(_):
    """(what, figure, budget) for each size of the fund."""
    for members in MEMBERS:
        with tempfile.TemporaryDirectory() as folder:
            data, tokens = grown(Path(folder), HOUSEHOLDS)
            at = web.system_clock()
            with db.database.connection_context():
                grow_money.grow(members, at=at)
                tokens["treasurer"] = session("treasurer", at)
            yield f"{members:,} members, {members * grow_money.MONTHS:,} payments", "", ""
            yield from of(data, tokens, at)


def of(data, tokens, at):
    """The same figures of a fund that stands already."""
    inside = Inside(data, tokens)
    for path in PAGES:
        yield timed(inside, "treasurer", path, FLAT)
    with db.database.connection_context():
        fund, on = Fund.get(Fund.code == "F1"), at.astimezone(BANGKOK).date()
        yield from closed(fund, at, on)
        yield from previewed(fund, at, on)


def closed(fund, at, on):
    """The last month read and hashed, and the oldest one closed by two."""
    last = on.replace(day=1) - timedelta(days=1)
    yield "   the last month as it would be closed", spent(lambda: closing.of(fund, last)), ""
    yield "   its hash", spent(lambda: closing.digest(fund, last.replace(day=1), last)), "linear"
    through, (first, second) = closes.due(fund, at=at, on=on), map(accounts.named, ("treasurer", "auditor"))
    said = {place.code: Said(place.satang) for place in closing.of(fund, through).banks}
    about = dict(by=first, device=None, at=at, on=on)
    yield "   a month signed by the treasurer", spent(lambda: closes.begin(fund, through, said, **about)), ""
    close = closes.latest(fund).close
    yield "   and by the auditor", spent(lambda: closes.sign(close, by=second, device=None, at=at)), ""


def previewed(fund, at, on):
    """The version in force as a draft, beside itself: what each member would get of each benefit by both."""
    draft = rule_drafts.begin(fund, "", by=accounts.named("committee"), at=at)
    version, before = draft.checked().version, rule_drafts.base_version(draft.row)
    events = rule_effects.standard(version, before)
    run = rule_runs.begin(draft, events, on=on, by=accounts.named("committee"), at=at)
    start, longest = time.process_time(), 0
    while True:
        step = time.process_time()
        told = rule_runs.step(run, at=at)
        longest = max(longest, time.process_time() - step)
        if told.is_over:
            break
    label = f"   {told.all:,} members × {len(version.benefits)} benefits × 2 versions"
    yield label, f"{time.process_time() - start:.1f} s", "≤ 30 s for 10,000"
    yield "   its longest step", f"{longest * 1000:.0f} ms", ""


def spent(act):
    """Milliseconds of CPU."""
    start = time.process_time()
    act()
    return f"{(time.process_time() - start) * 1000:.0f} ms"
