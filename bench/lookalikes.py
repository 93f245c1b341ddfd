"""A register, and the people who are asked about, for the figures of likeness: the rules of both stand in bench/likeness.py."""

import re

from bench.slips import crossed, day_for_month, in_thai, mistyped, other_letter, other_year, slip
from pwa.domain.text import national_ids

PEOPLE, TRUE, STRANGE, NEW = 5_000, 1_200, 2_200, 400
HE = "กฤต จักร เจษฎ ชัช ณรงค์ ดนัย เทพ ธนา นพ ปฏิ พิษณุ ภาณุ มนตรี ยุทธ วสันต์ วีระ ศุภ สราวุธ เสกสรร อภิ อิทธิ เอก".split()
HE_TOO = "กร กฤษณ์ ชัย ดล เดช ทัต นนท์ พงศ์ พัฒน์ ภพ ฤทธิ์ วิทย์ วุฒิ ศักดิ์".split()
SHE = "กนก กรรณ เกศ จิราภ จุฑา ชุติ ญาณิ ทัศน์ ธิดา นฤ นันท์ ปนัด ประไพ พรรณ ฟ้า มณี รุ่ง ละออ วราภ ศศิ สุภา อัญช".split()
SHE_TOO = "ทิพย์ นาถ ภรณ์ มาศ รัตน์ วดี วรรณ ศรี สรณ์ สิณี อร กาญจน์".split()
COMMON = "สมชาย สมศักดิ์ ประเสริฐ วิชัย สมหญิง สมพร มาลี อรุณี".split()
FRONT = "เกียรติ ขจร จำเริญ ชูโชติ ดำรง ตระการ ถาวร นิล บวร ปิยะ ผดุง พฤกษ์ ภักดี มหา รุจิ เลิศ วานิช ศิลา สกุล เอี่ยม".split()
BACK = "กุล จินดา โชติ ณรงค์ ธรรม นุกูล บำรุง ประภา ผล พิทักษ์ ภิรมย์ มงคล ยศ รักษา วัฒนา วิเศษ ศิริ สมบัติ หาญ อาภรณ์".split()
CALLED = "กุ้ง ก้อย ขวัญ จุก ชมพู่ ต่าย ตั้ม นุ่น บี ปลา เปิ้ล ฝน พลอย เมย์ หมู หญิง อ๊อด อ้น อุ๊ เหมียว".split()


def village(chance):
    """(register, [(person asked about, id of the right one or None, kind)])."""
    register = []
    while len(register) < PEOPLE:
        register += household(chance, len(register))
    register = register[:PEOPLE]
    asked = []
    for number, one in enumerate(chance.sample(register, TRUE)):
        kind = list(KINDS)[number % len(KINDS)]
        asked.append((again(one, KINDS[kind], chance), one["id"], kind))
    for number, one in enumerate(chance.choices(register, k=STRANGE)):
        kind = list(STRANGERS)[number % len(STRANGERS)]
        asked.append((stranger(one, STRANGERS[kind], chance), None, kind))
    new = []
    while len(new) < NEW:
        new += [one | {"id": None, "place": "P9"} for one in household(chance, 50_000 + len(new))]
    return register, asked + [(one, None, "new") for one in new[:NEW]]


def household(chance, number):
    place, house, last = f"P{chance.randrange(6)}", f"{number // 4 + 1}", last_name(chance)
    if chance.random() < 0.4:
        house += f"/{chance.randrange(1, 9)}"
    made = []
    for position in range(chance.choice((2, 3, 4, 4, 5, 6))):
        born = chance.randrange(1935, 1975) if position < 2 else chance.randrange(1975, 2022)
        own = last if position != 1 or chance.random() < 0.6 else last_name(chance)
        made.append(person(chance, number + position, own, born) | {"house": house, "place": place})
    return made


def person(chance, number, last, born):
    sex = chance.choice(("male", "female"))
    card = national_ids.sample(chance.randrange(10**11)) if chance.random() < 0.85 else ""
    whole = (
        f"{born}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}" if chance.random() < 0.75 else str(born)
    )
    return {
        "id": number,
        "title": {"male": "นาย", "female": chance.choice(("นาง", "นางสาว"))}[sex],
        "first_name": first_name(chance, sex),
        "last_name": last,
        "nickname": chance.choice(CALLED) if chance.random() < 0.6 else "",
        "sex": sex if chance.random() < 0.9 else "",
        "birth_date": whole if chance.random() < 0.88 else "",
        **numbered(card),
    }


def numbered(card):
    return {"card": card, "id_index": card}


def first_name(chance, sex):
    if chance.random() < 0.1:
        return chance.choice(COMMON)
    return chance.choice(HE) + chance.choice(HE_TOO) if sex == "male" else chance.choice(SHE) + chance.choice(SHE_TOO)


def last_name(chance):
    return chance.choice(FRONT) + chance.choice(BACK)


def again(one, change, chance):
    """The same person recorded once more by somebody else."""
    made = {**one, "id": None, **({} if chance.random() < 0.35 else numbered(""))}
    if chance.random() < 0.3:
        made["nickname"] = "" if made["nickname"] else chance.choice(CALLED)
    made |= change(made, chance)
    for too in chance.sample(TOO, chance.choice((0, 0, 1, 1, 2))):
        made |= too(made, chance)
    return made


def stranger(one, change, chance):
    """Somebody else, near to `one`."""
    own = numbered(national_ids.sample(chance.randrange(10**11)) if chance.random() < 0.5 else "")
    return {**one, "id": None, "nickname": chance.choice(CALLED), **own} | change(one, chance)


def nothing(one, chance):
    return {}


KINDS = {
    "word for word": nothing,
    "ID number equal, names written otherwise": lambda one, c: {
        **numbered(one["card"]),
        "first_name": slip(one["first_name"], c),
    },
    "ID number missing": lambda one, c: numbered(""),
    "ID number: one digit": lambda one, c: numbered(mistyped(one["card"], c) if one["card"] else ""),
    "ID number: two digits change places": lambda one, c: numbered(crossed(one["card"], c) if one["card"] else ""),
    "slip in the first name": lambda one, c: {"first_name": slip(one["first_name"], c)},
    "slip in the last name": lambda one, c: {"last_name": slip(one["last_name"], c)},
    "slip in both names": lambda one, c: {
        "first_name": slip(one["first_name"], c),
        "last_name": slip(one["last_name"], c),
    },
    "letter of the same sound, first name": lambda one, c: {"first_name": other_letter(one["first_name"], c)},
    "letter of the same sound, last name": lambda one, c: {"last_name": other_letter(one["last_name"], c)},
    "letters of the same sound, no birth": lambda one, c: {
        **{name: other_letter(one[name], c) for name in ("first_name", "last_name")},
        **numbered(""),
        "birth_date": "",
    },
    "no birth": lambda one, c: {"birth_date": ""},
    "no birth, no ID number": lambda one, c: {"birth_date": "", **numbered("")},
    "year alone": lambda one, c: {"birth_date": one["birth_date"][:4]},
    "1 January for an unknown day": lambda one, c: {
        "birth_date": one["birth_date"] and f"{one['birth_date'][:4]}-01-01"
    },
    "a year too many": lambda one, c: {"birth_date": other_year(one["birth_date"], 1)},
    "ten years too few": lambda one, c: {"birth_date": other_year(one["birth_date"], -10)},
    "the other era": lambda one, c: {"birth_date": other_year(one["birth_date"], 543)},
    "day for month": lambda one, c: {"birth_date": day_for_month(one["birth_date"])},
    "last name by marriage, old one told": lambda one, c: {
        "old_last_names": [one["last_name"]],
        "last_name": last_name(c),
    },
    "last name by marriage, same house": lambda one, c: {"last_name": last_name(c)},
    "nickname for a name": lambda one, c: {
        "title": "",
        "first_name": "",
        "nickname": one["nickname"] or one["first_name"],
    },
    "title in the name": lambda one, c: {"title": "", "first_name": one["title"] + one["first_name"]},
    "another title": lambda one, c: {"title": "นาง" if one["title"] == "นางสาว" else "คุณ"},
    "ordained, without a last name": lambda one, c: {
        "title": "",
        "first_name": f"หลวงพ่อ{one['first_name']}",
        "last_name": "",
        "sex": "",
    },
    "names changed places": lambda one, c: {"first_name": one["last_name"], "last_name": one["first_name"]},
    "both names in one field": lambda one, c: {
        "first_name": f"{one['first_name']} {one['last_name']}",
        "last_name": "",
    },
    "all in the last name's field": lambda one, c: {
        "title": "",
        "first_name": "",
        "last_name": f"{one['title']}{one['first_name']} {one['last_name']}",
    },
    "a vowel typed as two": lambda one, c: {
        name: one[name].replace("แ", "เเ").replace("ำ", "ํา") for name in ("first_name", "last_name")
    },
    "no silent letters": lambda one, c: {name: re.sub(".์", "", one[name]) for name in ("first_name", "last_name")},
    "a space in the name": lambda one, c: {"first_name": f"{one['first_name'][:3]} {one['first_name'][3:]}"},
    "house recorded anew": lambda one, c: {"house": f"เลขที่ {in_thai(one['house'])}", **numbered("")},
    "moved within the place": lambda one, c: {"house": str(c.randrange(2000, 3000)), **numbered("")},
    "moved elsewhere": lambda one, c: {"house": str(c.randrange(1, 900)), "place": "P7"},
    "moved, a slip, no ID number": lambda one, c: {
        "house": "1",
        "place": "P8",
        "first_name": slip(one["first_name"], c),
        **numbered(""),
    },
    "no sex, no nickname, no title": lambda one, c: {"sex": "", "nickname": "", "title": ""},
}
"""What somebody else wrote about the same person."""

TOO = (
    lambda one, c: {"birth_date": ""},
    lambda one, c: {"birth_date": one["birth_date"][:4]},
    lambda one, c: {"birth_date": other_year(one["birth_date"], c.choice((-1, 1, 2)))},
    lambda one, c: {"house": str(c.randrange(900)), "place": "P8"},
    lambda one, c: {"last_name": slip(one["last_name"], c) if one["last_name"] else ""},
    lambda one, c: {"first_name": slip(one["first_name"], c) if one["first_name"] else ""},
    lambda one, c: {"sex": "", "title": "", "nickname": c.choice(CALLED)},
    lambda one, c: {"house": "", "place": one["place"]},
)
"""What else they wrote otherwise."""

STRANGERS = {
    "twin": lambda one, c: {"first_name": first_name(c, one["sex"] or "male")},
    "twin, names begin alike": lambda one, c: {"first_name": one["first_name"][:3] + c.choice((*HE_TOO, *SHE_TOO))},
    "sibling": lambda one, c: {
        "first_name": first_name(c, one["sex"] or "male"),
        "birth_date": other_year(one["birth_date"], c.choice((-3, -2, 2, 3))),
    },
    "sibling, names end alike": lambda one, c: {
        "first_name": c.choice((*HE, *SHE)) + one["first_name"][3:],
        "birth_date": other_year(one["birth_date"], c.choice((-4, -2, 2, 5))),
    },
    "namesake in another house": lambda one, c: {
        "last_name": last_name(c),
        "house": str(c.randrange(900)),
        "birth_date": str(c.randrange(1935, 2020)),
    },
    "namesake of the same year": lambda one, c: {
        "last_name": last_name(c),
        "house": str(c.randrange(900)),
        "place": "P7",
    },
    "namesake with that last name": lambda one, c: {
        "house": str(c.randrange(900)),
        "place": "P6",
        "birth_date": f"{c.randrange(1935, 2020)}-05-{c.randrange(1, 29):02d}",
    },
    "father and son, names alike": lambda one, c: {
        "first_name": one["first_name"][:-2] + c.choice(("ชัย", "ดี", "พล", "ศรี")),
        "birth_date": other_year(one["birth_date"], c.randrange(20, 35)),
    },
    "neighbour of the same age": lambda one, c: {
        "first_name": first_name(c, one["sex"] or "male"),
        "last_name": last_name(c),
        "house": f"{one['house']}1",
    },
    "married into the house": lambda one, c: {"first_name": first_name(c, "female"), "title": "นาง", "sex": "female"},
    "same nickname, same house": lambda one, c: {
        "first_name": first_name(c, one["sex"] or "male"),
        "nickname": one["nickname"],
        "birth_date": "",
    },
}
"""Who is somebody else, however near."""
