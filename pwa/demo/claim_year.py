"""A year of claims in the village: what was helped with month by month, and a claim for each way that one can go.

Each fate takes a member who has paid for a year and has asked for nothing yet, so that the rules give what is asked for.
"""

from datetime import timedelta

from pwa.demo import claims_anew, treasury
from pwa.demo.claim_steps import ILLNESS, LAST_SITTING, certified, entitled, granted, looked_at
from pwa.demo.claims import decide, pay, record
from pwa.demo.story import sitting
from pwa.domain.fund import appeals, claim_changes, claim_payments, claims
from pwa.domain.review import (
    agenda_items,
    attendance,
    claim_decisions,
    counter_decisions,
    resolutions,
    review,
    urgencies,
)

FREE = (17, 8)
"""In each volunteer's round, from so many houses on nobody has asked for anything."""
NATIONAL, FOR_PAYDAYS = 3_000_000, 1_500_000
"""Satang: what the national institute gave, and what the treasurer fetched from the bank for it."""
BANK = "1100-ธ.ก.ส.-4471"
HELPED = ((200, "illness", 3), (172, "birth", 0), (141, "illness", 5), (113, "illness", 2), (84, "birth", 0))
"""(days ago, benefit, nights) of what was asked for, decided and paid in time."""


def tell(world, rounds):
    """What was paid over the year, then each fate."""
    present(world)
    treasury.write(world, 210, "income", NATIONAL, "พอช.", "หนุนเสริมกองทุนสวัสดิการชุมชน", code="4020", bank=treasury.BANK)
    ground = "เงินสดไว้จ่ายสวัสดิการ"
    treasury.write(world, 42, "withdrawal", FOR_PAYDAYS, world.accounts["treasurer"].name, ground, bank=treasury.BANK)
    homes = [home for one, first in zip(rounds, FREE, strict=True) for home in one.homes[first:]]
    world.free = [[member] for home in homes for member in home]
    for days, benefit, nights in HELPED:
        claim = certified(world, entitled(world, benefit, nights, days), benefit, nights, days)
        decide(world, claim, days - 20)
        ground = ILLNESS if benefit == "illness" else "ค่าสวัสดิการเรื่อง เกิด"
        pay(world, claim, days - 22, ground, received=True, source=BANK)
    for fate in FATES:
        fate(world)


def hold(world):
    """The treasurer has set out with the money, once the months are closed: no month closes while somebody is being paid."""
    by = world.accounts["treasurer"]
    one = claim_payments.get(world.to_be_paid.id, 0, seen_by=by)
    claim_payments.hold(one, by=by, at=world.at - timedelta(hours=1))


def look(world):
    """The nightly question whether the rules say anything else now about what was decided."""
    claim_changes.look(at=world.at, before=world.at)


def present(world):
    """Three of the committee were at the last sitting."""
    at, by = world.days_ago(LAST_SITTING, hour=11), world.accounts["registrar"]
    there = {str(world.accounts[handle].id): "" for handle in ("registrar", "committee", "committee-2")}
    attendance.record(last_sitting(world), there, {}, by=by, at=at)


def last_sitting(world):
    at = world.days_ago(LAST_SITTING, hour=11)
    return resolutions.of(world.funds["F1"], sitting(at), by=world.accounts["registrar"], at=at)


def returned(world):
    entry = record(world, entitled(world, "illness", 2, 6), "illness", 2, 6)
    comments = {"admit_on": "ใบรับรองแพทย์ลงวันเข้าไว้อีกวัน ช่วยดูอีกครั้ง"}
    review.send_back(entry, by=world.accounts["zone-leader"], at=world.days_ago(4), comments=comments)


def rejected(world):
    entry = record(world, entitled(world, "illness", 2, 7), "illness", 2, 7)
    about = dict(by=world.accounts["zone-leader"], at=world.days_ago(5))
    review.reject(entry, reason="ใบรับรองแพทย์เป็นของคนอื่นที่ชื่อคล้ายกัน", **about)


def replaced(world):
    home = entitled(world, "illness", 2, 5)
    first = record(world, home, "illness", 2, 5)
    record(world, home, "illness", 2, 5, replaces=first.entry_id, note="ถ่ายใบรับรองใหม่ให้ชัด")


def withdrawn(world):
    claim = certified(world, entitled(world, "illness", 2, 14), "illness", 2, 14)
    [entry] = claims.telling(claim)
    about = dict(by=world.accounts["registrar"], at=world.days_ago(9))
    counter_decisions.undo(entry, reason="รับรองผิดคน รอใบรับรองแพทย์ฉบับจริง", **about)


def put_off(world):
    claim = certified(world, entitled(world, "illness", 3, 12), "illness", 3, 12)
    at = world.days_ago(LAST_SITTING, hour=11)
    about = dict(by=world.accounts["registrar"], at=at, seen=agenda_items.mark(claims.of(claim)))
    agenda_items.postpone(last_sitting(world), claim, reason="ขอดูใบรับรองแพทย์ตัวจริง", **about)


def appealed(world, taken_up=False):
    """Refused, told by hand, and the member says what is wrong with it."""
    claim = granted(world, 3, 50, 40, accepted=False, reason="เอกสารไม่ตรงกับวันที่แจ้ง")
    one, by = claims.of(claim), world.accounts["zone-leader"]
    appeals.tell(one, told_on=world.days_ago(36).date(), how="hand", by=by, at=world.days_ago(36))
    clause = appeals.right(one).clauses[0]
    about = dict(how="told", filed_on=world.days_ago(25).date(), by=by, at=world.days_ago(25))
    appeals.file(one, clause=clause, reason="โรงพยาบาลออกใบรับรองฉบับใหม่ให้แล้ว วันตรงกัน", **about)
    if taken_up:
        claim_decisions.take_up(claim, by=world.accounts["registrar"], at=world.days_ago(20))


def heard_again(world):
    appealed(world, taken_up=True)


def agreed_by_one(world, days=1):
    """Somebody died; one of the committee has agreed on their own device to pay at the funeral, and a second one is asked."""
    home = entitled(world, "death", 0, days)
    heir = {"type": "beneficiary", "name": f"ทายาทของ{home[0].who.first_name}", "share": 100, "how": "cash"}
    entry = record(world, home, "death", 0, days, payees=[heir])
    review.approve(entry, by=world.accounts["zone-leader"], at=world.days_ago(days, hour=10))
    claim, at = entry.claims.get().claim, world.days_ago(days, hour=12)
    urgencies.urge(claim, by=world.accounts["committee"], at=at, on=at.date())
    return claim


def funeral(world, days=9):
    """Two of the committee agreed, each on their own device, and it was paid at the funeral; no meeting has confirmed it yet."""
    claim = agreed_by_one(world, days)
    about = dict(seen=len(claims.of(claim).acts), by=world.accounts["committee-2"], at=world.days_ago(days, hour=13))
    claim_decisions.confirm(claim, agrees=True, **about)
    pay(world, claim, days, "ค่าสวัสดิการเรื่อง ตาย", received=True)
    return claim


def funeral_confirmed(world):
    looked_at(world, funeral(world, days=13), LAST_SITTING, "uphold")


def to_be_paid(world):
    world.to_be_paid = granted(world, 2, 32, 20)


def undelivered(world):
    """The first time the treasurer set out in vain and let it be, the second time the money came back."""
    claim, by, at = granted(world, 3, 33, 20), world.accounts["treasurer"], world.days_ago(12, hour=15)
    one = claim_payments.get(claim.id, 0, seen_by=by)
    claim_payments.hold(one, by=by, at=world.days_ago(19, hour=14))
    claim_payments.release(one, by=by, at=world.days_ago(19, hour=16))
    pay(world, claim, 18, ILLNESS)
    one = claim_payments.get(claim.id, 0, seen_by=by)
    claim_payments.bring_back(one, reason="ไปพบสองครั้งไม่อยู่บ้าน ไปรับจ้างต่างจังหวัด", by=by, at=at, today=at.date())


def objected(world):
    """The second one found another sum in the minutes than was typed; typed anew, it waits for the next word."""
    claim = certified(world, entitled(world, "illness", 3, 36), "illness", 3, 36)
    decide(world, claim, 20, confirmed=False, amount_satang=40_000, reason="ตามมติ")
    about = dict(agrees=False, seen=len(claims.of(claim).acts), by=world.accounts["committee"])
    claim_decisions.confirm(claim, reason="รายงานการประชุมเขียนไว้ 600 บาท พิมพ์ผิด", at=world.days_ago(19, hour=11), **about)
    decide(world, claim, LAST_SITTING, confirmed=False)


def shared(world):
    """Of two payees one has been paid."""
    home = entitled(world, "illness", 3, 35)
    name = f"{home[0].who.first_name} {home[0].who.last_name}".strip()
    both = [
        {"type": "member", "person": str(home[0].who.id), "name": name, "share": 60, "how": "cash"},
        {"type": "other", "name": "พี่สาวที่เฝ้าไข้", "share": 40, "how": "cash"},
    ]
    claim = certified(world, home, "illness", 3, 35, payees=both)
    decide(world, claim, 20)
    pay(world, claim, 17, ILLNESS, payee=1)


FATES = (
    returned, rejected, replaced, withdrawn, put_off, appealed, heard_again, agreed_by_one, funeral, funeral_confirmed,
    to_be_paid, undelivered, objected, *claims_anew.FATES, shared,
)  # fmt: skip
