"""Phones with something to look at on the ครบ/ขาด board: numbers that never came, one explained, a phone set back to an old copy."""

from pwa.demo import families
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import gaps
from pwa.domain.people import devices
from pwa.domain.review import review

TWICE = "บ้านนี้ลงทะเบียนจากอีกเครื่องแล้ว"


def tell(world):
    """One phone that lacks entries for days, one that went on from an old copy of itself, one that is just sending."""
    spare(world, "volunteer-2", "zone-leader", "C03")
    set_back(world, "volunteer-3", "other-zone-leader", "C05")
    devices.meet(world.phones["volunteer-2"].device.id, at=world.days_ago(1), waiting=3)


def spare(world, recorder, leader, place):
    """Of seven entries on a second phone the second never came and was explained; the fifth and sixth are missing since a week."""
    phone = Phone(world.accounts[recorder], at=world.days_ago(12), ids=world.new_id)
    lines = [line(world, phone, days, place) for days in (11, 11, 10, 9, 9, 8, 7)]
    come(world, phone, [lines[0], lines[2], lines[3]], 9, leader)
    lost = {"why": "other", "reason": "สมุดจดหายกับน้ำ ไปเยี่ยมบ้านนั้นใหม่แล้ว"}
    gaps.close(phone.device.id, 2, 2, by=world.accounts[leader], at=world.days_ago(8), **lost)
    come(world, phone, [lines[6]], 6, leader)
    devices.meet(phone.device.id, at=world.days_ago(5), waiting=2)


def set_back(world, recorder, leader, place):
    """After three entries the phone was repaired and went on from a copy made after the first: 2 and 3 came twice, 4 does not follow 3."""
    phone = Phone(world.accounts[recorder], at=world.days_ago(6), ids=world.new_id)
    first = line(world, phone, 5, place)
    copy = phone.prev
    come(world, phone, [first, line(world, phone, 5, place), line(world, phone, 4, place)], 4, leader)
    phone.seq, phone.prev = 1, copy
    second, third, fourth = (line(world, phone, days, place) for days in (3, 2, 2))
    phone.send([second, third], at=world.days_ago(1))
    come(world, phone, [fourth], 1, leader)


def line(world, phone, days, place):
    at = world.days_ago(days)
    number = f"{world.chance.randint(60, 90)}/{world.chance.randint(1, 9)}"
    payload = families.household(world, number=number, fund="F1", join=0, on=at.date())
    return phone.line("household", payload, at=at, subject=world.new_id(), place=place)


def come(world, phone, lines, days, leader):
    """The lines arrive; each of these houses was registered from another phone already."""
    for entry in phone.deliver(lines, at=world.days_ago(days, hour=15)):
        review.reject(entry, by=world.accounts[leader], at=world.days_ago(days, hour=17), reason=TWICE)
