"""Claims of a fund with ten thousand members and ten years behind it: lists, a meeting of two hundred, a hundred decided at once."""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import db
from bench import grow_claims, grow_money
from bench.growth import timed
from bench.inside import Inside
from bench.world import grown, session
from db.models import Household, Membership, Person
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import claims, versions
from pwa.domain.people import accounts
from pwa.domain.review import agendas, attendance, review, sittings
from pwa.domain.text.dates import BANGKOK

HOUSEHOLDS, MEMBERS, ON_THE_AGENDA, AT_ONCE = 200, 10_000, 200, 100
OFFICERS = "registrar", "committee", "treasurer", "zone-leader"
LISTS = (
    ("zone-leader", "/claims"),
    ("committee", "/claims?state=granted"),
    ("treasurer", "/payments"),
    ("registrar", "/meetings"),
)
PAID_THROUGH = date(2026, 10, 31)
FLAT = "p95 ≤ 40 ms"


def measure(_):
    """(what, figure, budget)."""
    with tempfile.TemporaryDirectory() as folder:
        data, tokens = grown(Path(folder), HOUSEHOLDS)
        start, at = time.perf_counter(), web.system_clock()
        with db.database.connection_context():
            grow_money.grow(MEMBERS, at=at)
            grow_claims.grow(MEMBERS)
            tokens |= {handle: session(handle, at) for handle in OFFICERS}
        yield f"{MEMBERS:,} members with ten years, {MEMBERS:,} claims", f"{time.perf_counter() - start:.0f} s", ""
        inside = Inside(data, tokens)
        for handle, path in LISTS:
            yield timed(inside, handle, path, FLAT)
        with db.database.connection_context():
            waiting = certified(ON_THE_AGENDA, at)
            sitting = held(at)
        page = f"/meetings/{sittings.id_of(sitting)}"
        yield timed(inside, "registrar", page, "")
        yield timed(inside, "committee", f"{page}/claims/{waiting[0].id}", FLAT)
        with db.database.connection_context():
            yield from decided(sitting, waiting[:AT_ONCE], at)


def certified(many, at):
    """[Claim] of so many members, each recorded and certified: three nights in hospital of the time that they are paid for."""
    phone, leader = Phone(accounts.named("volunteer"), at=at), accounts.named("zone-leader")
    out = min((at - timedelta(days=10)).date(), PAID_THROUGH)
    query = Membership.select(Membership.person, Person.household).join(Person, on=(Person.id == Membership.person))
    rows = query.join(Household, on=(Household.id == Person.household)).where(Membership.number.startswith("9"))
    found = []
    for person, home in rows.order_by(Membership.number.desc()).limit(many).tuples():
        said = {"fund": "F1", "benefit": "illness", "member": str(person), "subject": {"type": "member"}}
        said |= {"event_on": out.isoformat(), "admit_on": (out - timedelta(days=3)).isoformat()}
        said |= {"payees": [{"type": "member", "person": str(person), "name": "ใจดี", "share": 100, "how": "cash"}]}
        entry = phone.record("claim", said | {"evidence": [{"paper": "ใบรับรองแพทย์"}]}, at=at, subject=home)
        review.approve(entry, by=leader, at=at)
        found.append(entry.claims.get().claim)
    return found


def held(at):
    """A sitting of today, with three of the committee there."""
    by, fund = accounts.named("registrar"), versions.fund_of("F1")
    made = sittings.begin(fund, board="4", meeting="99", resolved_on=at.astimezone(BANGKOK).date(), by=by, at=at)
    there = {str(accounts.named(one).id): "" for one in ("registrar", "committee", "committee-2")}
    attendance.record(made, there, {}, by=by, at=at)
    return made


def decided(sitting, chosen, at):
    """They are typed in one go, and confirmed in one."""
    start = time.process_time()
    agendas.propose(sitting, [str(one.id) for one in chosen], by=accounts.named("registrar"), at=at)
    yield f"   {len(chosen)} are typed at once", f"{(time.process_time() - start) * 1000:.0f} ms", ""
    typed = [f"{one.claim.id}:{one.acts[-1].n}" for one in claims.many(chosen)]
    start = time.process_time()
    agendas.confirm(sitting.fund, typed, by=accounts.named("committee"), at=at, device=None)
    yield f"   {len(chosen)} are confirmed at once", f"{(time.process_time() - start) * 1000:.0f} ms", ""
    assert {one.state for one in claims.many(chosen)} == {"granted"}
