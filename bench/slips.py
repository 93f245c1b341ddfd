"""What goes wrong when people write down a name, a number or a day that they hear or read."""

HEARD = ["ณน", "ศส", "ษส", "ฎด", "ธท", "ภพ", "รล", "ญย", "ฐถ", "ฬล", "ฆค", "ฏต"]


def slip(text, chance):
    """One slip of the finger."""
    at = chance.randrange(1, len(text))
    way = chance.randrange(4)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + text[at - 1] + text[at:]
    if way == 2:
        return text[:at] + chance.choice("กดนรสมาิีุ่้") + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def other_letter(text, chance):
    """A letter of the same sound, where there is one."""
    for one, two in chance.sample(HEARD, len(HEARD)):
        for old, new in ((one, two), (two, one)):
            if old in text:
                return text.replace(old, new, 1)
    return text


def mistyped(card, chance):
    at = chance.randrange(len(card))
    return card[:at] + str((int(card[at]) + chance.randrange(1, 10)) % 10) + card[at + 1 :]


def crossed(card, chance):
    at = next((at for at in range(5, len(card)) if card[at] != card[at - 1]), len(card) - 1)
    return card[: at - 1] + card[at] + card[at - 1] + card[at + 1 :]


def other_year(birth, years):
    return f"{int(birth[:4]) + years}{birth[4:]}" if birth else birth


def day_for_month(birth):
    return f"{birth[:4]}-{birth[8:]}-{birth[5:7]}" if len(birth) > 7 and birth[8:] <= "12" else birth


def in_thai(text):
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
