"""Names as they are in life: the demo's fifty first names would make half of a large village look alike."""

FIRST = "สม บุญ ประ วิ ชัย ศรี พร ทอง แก้ว จันทร์ อุดม มาลี กิตติ ณัฐ ปัญ รัตน สุ เพ็ญ วร อนุ".split()
SECOND = "ชาย หญิง เสริฐ ชัย มา ศักดิ์ วัฒน์ นภา ดา พงษ์ สิทธิ์ เดช ลักษณ์ พล นันท์ ธร จิต ใจ พร ภา".split()
THIRD = "งาม ดี สุข เรือง แก้ว มา แสน เย็น มูล วงศ์ คำ ทอง".split()


def name_as_in_life(payload, chance):
    """A real village has hundreds of first names, and as many surnames."""
    surname = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(THIRD)
    for person in payload["people"]:
        person["first_name"] = chance.choice(FIRST) + chance.choice(SECOND)
        person["last_name"] = surname
