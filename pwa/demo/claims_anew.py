"""What meetings of the village said of claims that were granted before: more, less, nothing else, somebody else is paid."""

from datetime import timedelta

from pwa.demo.claim_steps import ILLNESS, LAST_SITTING, entitled, granted, looked_at
from pwa.demo.claims import pay, record
from pwa.demo.story import sitting
from pwa.domain.fund import reclaims
from pwa.domain.review import claim_reviews, review


def topped_up(world):
    claim = granted(world, 4, 55, 40, amount_satang=40_000, reason="ให้ไว้ก่อน รอใบรับรองวันที่เหลือ")
    pay(world, claim, 38, ILLNESS, received=True)
    looked_at(world, claim, 20, "top_up", amount_satang=60_000, reason="ใบรับรองวันที่เหลือมาแล้ว")


def clawed_back(world):
    """Part of it has been repaid."""
    claim, by, at = granted(world, 4, 58, 40), world.accounts["treasurer"], world.days_ago(10, hour=13)
    pay(world, claim, 38, ILLNESS, received=True)
    looked_at(world, claim, 20, "claw_back", amount_satang=40_000, reason="นับคืนเกินไปหนึ่งคืน")
    debt = reclaims.get(claim.id, 0, seen_by=by)
    about = dict(into="1000-treasurer", on=at.date(), today=at.date(), command_id=world.new_id(), by=by, at=at)
    reclaims.repay(debt, 10_000, ground="คืนเงินที่รับเกิน", **about)


def waived(world):
    """What was to be brought back of it is given up: the member cannot."""
    claim = granted(world, 4, 59, 40)
    pay(world, claim, 38, ILLNESS, received=True)
    looked_at(world, claim, 20, "claw_back", amount_satang=50_000, reason="นับคืนเกินไป")
    looked_at(world, claim, LAST_SITTING, "waive", payee=0, reason="สมาชิกตกงาน ที่ประชุมเห็นควรไม่เรียกคืน")


def dissented(world):
    """It was typed that money is brought back; the second one did not agree, and the grant stays as it was."""
    claim = granted(world, 3, 56, 40)
    pay(world, claim, 38, ILLNESS, received=True)
    why = "ที่ประชุมไม่ได้มีมติให้เรียกคืน"
    looked_at(world, claim, 20, "claw_back", agrees=False, why=why, amount_satang=40_000, reason="นับคืนเกินไป")


def paid_instead(world):
    claim = granted(world, 2, 34, 20)
    about = dict(payee=0, named="ลูกสาวคนโต", reason="สมาชิกป่วยติดเตียง มอบให้ลูกสาวรับแทน")
    looked_at(world, claim, LAST_SITTING, "redirect", **about)


def looked_at_again(world):
    """Told once more with two nights more, after it was paid: what was decided is to be looked at."""
    home = entitled(world, "illness", 2, 60)
    claim = granted(world, 2, 60, 40, home)
    pay(world, claim, 38, ILLNESS, received=True)
    event_on = (world.days_ago(60) - timedelta(days=1)).date()
    admit_on = (event_on - timedelta(days=4)).isoformat()
    entry = record(world, home, "illness", 2, 60, admit_on=admit_on, note="ใบรับรองฉบับเต็ม")
    review.approve(entry, by=world.accounts["zone-leader"], at=world.days_ago(15))


def waits_for_a_second(world):
    """The last meeting looked at it anew; nobody has confirmed what was typed."""
    claim, at = granted(world, 2, 57, 40), world.days_ago(LAST_SITTING, hour=11)
    pay(world, claim, 38, ILLNESS, received=True)
    claim_reviews.propose(claim, outcome="uphold", by=world.accounts["registrar"], at=at, **sitting(at))


FATES = (topped_up, clawed_back, waived, dissented, paid_instead, looked_at_again, waits_for_a_second)
