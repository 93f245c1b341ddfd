"""The places, the two funds and the people who work in the demo village."""

import uuid
from datetime import timedelta
from pathlib import Path

from db.models import Fund
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.places import units

HERE = Path(__file__).parent
STAFF = [
    ("volunteer", "สมหญิง ดีพร้อม", "C01", [("volunteer", "Z1")]),
    ("volunteer-2", "อนงค์ สุขเกษม", "C02", [("volunteer", "Z1")]),
    ("zone-leader", "บุญมี แสนสุข", "Z1", [("zone_leader", "Z1")]),
    ("other-zone-leader", "ประยูร มั่นคง", "Z2", [("zone_leader", "Z2")]),
    ("registrar", "วิไล ทองแท้", "M01", [("registrar", "M01")]),
    ("treasurer", "สมศรี รักษาทรัพย์", "M01", [("treasurer", "M01")]),
    ("committee", "ประสิทธิ์ แก้วดี", "M01", [("committee", "M01")]),
    ("auditor", "กนกวรรณ ใสสะอาด", "M01", [("auditor", "M01")]),
    ("network", "มานพ ร่วมใจ", "NET", [("network", "NET")]),
    ("province", "สุดารัตน์ วงศ์ไทย", "52", [("province", "52")]),
    ("admin", "ธนา เรืองชัย", "NET", [("admin", "52"), ("admin", "NET")]),
    ("volunteer-3", "วิชัย ขยันดี", "C04", [("volunteer", "Z2")]),
    ("volunteer-4", "จันทร์เพ็ญ ใจเย็น", "C08", [("volunteer", "Z3")]),
    ("zone-leader-3", "คำปัน อยู่ดี", "Z3", [("zone_leader", "Z3")]),
]
OFFICERS = [  # who joined them later: the fund of the north has officers of its own
    ("committee-2", "นงเยาว์ เที่ยงธรรม", "M01", [("committee", "M01")]),
    ("registrar-2", "สุรีย์ จดจำ", "G1", [("registrar", "G1")]),
    ("treasurer-2", "บัวคำ ถี่ถ้วน", "G1", [("treasurer", "G1")]),
    ("auditor-2", "อินทร์ ตรวจการ", "G1", [("auditor", "G1")]),
]
FUNDS = [
    dict(
        code="F1", unit="M01", name="กองทุนสวัสดิการชุมชนเทศบาลตำบลทุ่งสว่าง (ตัวอย่าง)", slogan="ออมบุญวันละหนึ่งบาท",
        number_pattern="{n:05d}", tenure_starts_on="resolution", waiting_n=180, waiting_unit="day", waiting_clause="ข้อ 17.1",
        contact="ที่ทำการกองทุน ตลาดเก่า (ตัวอย่าง)",
    ),
    dict(
        code="F2", unit="G1", name="กองทุนออมบุญบ้านเหนือ (ตัวอย่าง)", slogan="สัจจะลดรายจ่ายวันละ 1 บาท",
        number_pattern="บน-{n:03d}", tenure_starts_on="application", waiting_n=6, waiting_unit="month", waiting_clause="ข้อ 9",
        contact="ศาลาบ้านเหนือ (ตัวอย่าง)",
    ),
]  # fmt: skip


WAITS = ("volunteer-4", "treasurer", "G1", "ที่ประชุมกลุ่มเลือกเมื่อวันอาทิตย์")


def settle(world):
    """Units, funds, accounts with their roles, and a phone for whoever records."""
    at = world.days_ago(world.begins)
    units.import_csv((HERE / "units.csv").read_text("utf-8"), at=at)
    for fund in FUNDS:
        world.funds[fund["code"]] = Fund.create(**{**fund, "unit": units.get(fund["unit"])})
    for handle, name, home, roles in STAFF:
        settle_officer(world, handle, name, home, roles, account_id=world.new_id(), at=at)
        if any(role == "volunteer" for role, _ in roles):
            world.phones[handle] = Phone(world.accounts[handle], at=at, ids=world.new_id)
    for handle, name, home, roles in OFFICERS:
        known = uuid.uuid5(uuid.NAMESPACE_DNS, f"{handle}.ombun.example")
        settle_officer(world, handle, name, home, roles, account_id=known, at=at)


def settle_officer(world, handle, name, home, roles, *, account_id, at):
    account = accounts.add(handle, name=name, unit=units.get(home), at=at, account_id=account_id)
    world.accounts[handle] = account
    for role, unit in roles:
        accounts.grant(account, role, units.get(unit), at=at)


def give_a_role(world):
    """The administrator gave a role this morning; it waits for a second officer's yes."""
    handle, role, unit, why = WAITS
    about = dict(by=world.accounts["admin"], at=world.at - timedelta(hours=2), reason=why)
    accounts.grant(world.accounts[handle], role, units.get(unit), **about)
