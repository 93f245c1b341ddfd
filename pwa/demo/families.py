"""Invented families: names, ages and households made by the village's one source of chance."""

from datetime import timedelta

from pwa.domain.text import national_ids

WOMEN = """
    บุญมา มาลี สมใจ คำปัน สายใจ จันทรา ทองใบ พิกุล อรทัย นงนุช วันเพ็ญ สุนีย์ รัตนา กานดา ดวงใจ
    ลำดวน บัวผัน เพ็ญศรี อุไร ปราณี ชลธิชา พรทิพย์ ขวัญใจ นภา วารี
""".split()
MEN = """
    สมาน ประสิทธิ์ คำ สมบัติ บุญส่ง ทองดี วิรัตน์ อุดม สุรชัย ชาติชาย มานิตย์ เสน่ห์ ประเสริฐ จำรัส สมพร ไพโรจน์
    ณรงค์ อำนวย วินัย สุเทพ ธวัชชัย เกรียงไกร พิชัย กิตติ ชูชาติ
""".split()
GIRLS = """
    แพรวา ใบเฟิร์น ณัฐธิดา พิมพ์ชนก กัญญา ปาริชาติ ชนิดา มนัสนันท์ อริสา ธัญญา
""".split()
BOYS = """
    ภูผา ธนกร ณัฐพล ปัณณวิชญ์ กฤษณะ ชยพล อนุชา รัฐภูมิ ต้นกล้า ภาคิน
""".split()
SURNAMES = """
    ใจงาม แก้วดี ทองสุข บุญเรือง ศรีชัย ดวงแก้ว พรมมา คำแสน ใจเย็น มูลศรี วงศ์คำ สุขใจ แสงทอง
    นามวงศ์ อินต๊ะ จันทร์แดง ปัญญาดี ศรีวิไล บุญยืน ชัยวัฒน์ ใจมา ก้อนแก้ว เรือนคำ ไชยา ทาแกง
    เครือแก้ว สายบุญ หอมนาน วันดี กันทะ
""".split()
NICKNAMES = """
    นก แดง ลี ต้อม ตุ๊ก หนู เล็ก ใหญ่ จิ๋ว อ้อย แก้ว ติ๋ม โอ๋ เอก น้อย ปุ้ย แมว เป็ด ไก่ ส้ม
""".split()
WORK = ["รับจ้างทั่วไป", "ทำนา", "ค้าขาย", "ทำสวน", "ช่างไม้", "เย็บผ้า", "ขับรถรับจ้าง", "แม่บ้าน"]


def household(world, *, number, fund, join, on):
    """The payload of one household of one to six people; about `join` of its adults want to be members of `fund`."""
    chance = world.chance
    surname = chance.choice(SURNAMES)
    people = [person(world, surname, "head", chance.randint(42, 78), on)]
    if chance.random() < 0.7:
        people.append(person(world, surname, "spouse", chance.randint(38, 72), on, other_than=people[0]["sex"]))
    for _ in range(chance.choice([0, 1, 1, 2, 2, 3])):
        people.append(
            person(world, surname, chance.choice(["child", "child", "grandchild"]), chance.randint(1, 34), on)
        )
    if chance.random() < 0.18:
        people.append(person(world, surname, "parent", chance.randint(68, 90), on))
    for index, one in enumerate(people):
        one["present"] = index == 0 or chance.random() < 0.6
        if 2569 - 543 - int(one["birth_date"][:4]) >= 18 and chance.random() < join:
            one |= {"membership": "apply", "application": application(world, one, people, fund, on)}
        if index == 0:
            one |= elsewhere(one)
    payload = {
        "house": {
            "number": number,
            "tenure": chance.choice(["owner", "owner", "owner", "rent", "guest"]),
            "floods": chance.random() < 0.15,
        },
        "visit": {"outcome": "applied" if any(p["membership"] == "apply" for p in people) else "interested"},
        "respondent": {"person": people[0]["id"]},
        "notice": {"version": "1", "given_to": people[0]["id"], "how": "read_aloud", "given_on": on.isoformat()},
        "people": people,
    }
    return payload


def person(world, surname, relation, age, on, other_than=None):
    chance = world.chance
    woman = other_than == "male" if other_than else chance.random() < 0.55
    born = on - timedelta(days=int(age * 365.25) + chance.randrange(300))
    names = (GIRLS if woman else BOYS) if age < 20 else (WOMEN if woman else MEN)
    one = {
        "id": str(world.new_id()),
        "title": title(woman, age, relation),
        "first_name": chance.choice(names),
        "last_name": surname,
        "nickname": chance.choice(NICKNAMES),
        "sex": "female" if woman else "male",
        "birth_date": str(born.year) if age > 66 and chance.random() < 0.5 else born.isoformat(),
        "birth_told_by": chance.choice(["document", "told"]),
        "id_kind": "thai_id",
        "id_number": national_ids.sample(chance.randrange(10**10)),
        "relation": relation,
        "living_here": chance.random() < 0.93 or relation == "head",
        "nationality": "ไทย",
        "membership": "none",
        "registered_address": {"same_as_household": True},
    }
    if age >= 18:
        one["occupation"] = chance.choice(WORK)
    if age >= 18 and chance.random() < 0.6:
        one["phone"] = f"0800000{chance.randrange(1000):03d}"
    if age > 70 and chance.random() < 0.4:
        one["consent"] = {"health": True, "by": "self", "by_name": one["first_name"], "given_on": on.isoformat()}
        one["health"] = {"groups": ["elderly_home_bound"]}
    return one


def elsewhere(one):
    """What the head of the house says about other funds: one in twelve is in one, whoever they are."""
    if int(one["id"][:8], 16) % 12:
        return {"other_fund": "no"}
    return {"other_fund": "yes", "other_fund_name": "กองทุนออมทรัพย์บ้านดอน (ตัวอย่าง)"}


def application(world, one, people, fund, on):
    heir = next((p for p in people if p is not one), None)
    asked = {
        "fund": fund,
        "applied_on": on.isoformat(),
        "plan": world.chance.choice(["monthly", "monthly", "yearly"]),
        "pledge": True,
    }
    if heir:
        name = f"{heir['first_name']} {heir['last_name']}"
        asked["beneficiaries"] = [{"id": str(world.new_id()), "name": name, "relation": "คนในครอบครัว", "share": 100}]
    return asked


def title(woman, age, relation):
    if age < 15:
        return "เด็กหญิง" if woman else "เด็กชาย"
    return ("นางสาว" if age < 30 and relation != "spouse" else "นาง") if woman else "นาย"
