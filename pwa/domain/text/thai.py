"""Thai names and words: how they are stored, found, put in order and compared by sound.

The phone does the same in static/js/lib/thai.js; tests/golden/thai.json holds both to one answer.
"""

import re
import unicodedata

TITLES = (
    "นาย",
    "นาง",
    "นางสาว",
    "เด็กชาย",
    "เด็กหญิง",
    "พระ",
    "พระมหา",
    "สามเณร",
    "แม่ชี",
    "ว่าที่ร้อยตรี",
    "ร้อยตรี",
    "ร้อยโท",
    "ร้อยเอก",
    "จ่าสิบเอก",
    "สิบเอก",
    "ดาบตำรวจ",
    "ร้อยตำรวจเอก",
)
"""Titles a form offers, the most common first; `strip_title` knows many more."""

_FULL_TITLES = {
    "นส": "นางสาว",
    "ดช": "เด็กชาย",
    "ดญ": "เด็กหญิง",
    "นางสาว": "นางสาว",
    "เด็กชาย": "เด็กชาย",
    "เด็กหญิง": "เด็กหญิง",
}
_RANK = "(?:พล|พันจ่า|พัน|ร้อย|จ่าสิบ|สิบ|จ่า|นาวา|เรือ)(?:ตำรวจ|อากาศ|เรือ)?(?:เอก|โท|ตรี|จัตวา)"
_TITLE = re.compile(
    rf"(?:(?:ว่าที่ ?)?(?:{_RANK}|ดาบตำรวจ|จ่าสิบตำรวจ|พลตำรวจ|พลทหาร)(?:หญิง(?= ))?"
    r"|นาง ?สาว|นาง(?! ?สาว ?$)|นายแพทย์|นาย|เด็ก ?ชาย|เด็ก ?หญิง|แพทย์หญิง"
    r"|พระมหา|พระครู|พระอธิการ|พระสมุห์|พระใบฎีกา|พระปลัด|พระ|สามเณร|แม่ชี|หลวง(?:พ่อ|พี่|ปู่|ตา|น้า|ลุง)"
    r"|หม่อมราชวงศ์|หม่อมหลวง|คุณหญิง|(?:ผู้ช่วย|รอง)?ศาสตราจารย์|ดอกเตอร์"
    r"|คุณ(?!ธรรม|วุฒิ|ภัทร|ภาพ|พัฒน์|กร)|(?:นส|ด[ชญ])(?= )|(?:[Mm](?:[Rr][Ss]?|[Ii][Ss][Ss]|[Ss])|[Dd][Rr])(?:\.| )"
    r"|(?:ว่าที่ ?)?(?:[ก-ฮ]{1,4}\. ?)*[ก-ฮ]{1,4}\.(?![ก-ฮ]{1,4}\.)(?:[ก-ฮ] | ?หญิง )?) ?(?=[ก-ฮเ-ไA-Za-z])"
)

_SPACES = re.compile("[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_HIDDEN = re.compile(f"[\t-\r\x1c-\x1f\x85{_INVISIBLE.pattern[1:]}")
_NO_NAME = re.compile(
    "ไม่(?:ทราบ|รู้|มี|ระบุ|แจ้ง|บอก|ปรากฏ|ให้)(?:ข้อมูล|แน่ชัด|จัก)?(?:ชื่อ)?(?:จริง|เล่น)?(?:และ)?(?:นามสกุล|สกุล)?"
    "|unknown|noname|none|na|nil|null|x{2,}"
)
_MARKS = "ฺุู๎ัิีึืํ็่้๊๋์"
_MARK_RUN = re.compile("[ัิ-ฺ็-๎]{2,}")
_LATE_TONE = re.compile("(ํ[่-์]*)า([่-์]+)")
_OPEN_AM = re.compile("ํ([่-์]*)า")

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_PRIMARY = " 0123456789abcdefghijklmnopqrstuvwxyz" + "".join(map(chr, range(0x0E01, 0x0E46)))
_WEIGHTS = {letter: f"{place:02x}" for place, letter in enumerate(_PRIMARY, start=16)}
_SECONDARY = {mark: str(place) for place, mark in enumerate("็่้๊๋์ํ๎ฺ", start=1)}

_STRANGE = re.compile("[^ก-ฺเ-๙A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ0-9 .,’'()/-]")
_PLAIN = re.compile("(?:(?: ?[เ-ไ])?[ก-ฮ][ัิ-ู็-์ะาำ]{0,4}| (?=[เ-ไก-ฮ]))+")
"""Most names: Thai syllables that need no second look, whatever the order of their marks."""
_TWO_SCRIPTS = re.compile("[ก-๎]+[A-Za-z][ก-๎A-Za-z]*|[A-Za-z]+[ก-๎][ก-๎A-Za-z]*")
_STRAY_MARK = re.compile("(?:^|[^ก-๎])([ะ-ฺๅ็-๎])")

_SILENT = re.compile("(?:[ดตท]ร|ษณ|[ก-ฮ])[ิุ]?์|(?<=ท)ธิ|(?<=ก)ดิ")
_HEARD = (
    (re.compile("^ทร(?=[งัา])|[ศส]ร(?=[ะ-ู่-๋])"), "ส"),
    (re.compile("รร(?=[ก-ฮ])"), "ั"),
    (re.compile("รร(?![ะ-ฺ])"), "ัน"),
    (re.compile("ฤา?"), "ลิ"),
    (re.compile("ญ(?![ะ-ู่-๋])"), "น"),
)
"""What letters make together, before each is heard by itself."""
_SOUNDS = str.maketrans("ศษซฎฏฐฑฒธญณภฬรฆฅฃฌใ", "สสสดตถทททยนพลลคคขชไ", "ะ็ฺ่้๊๋ํ๎")
_AI = re.compile("ไ([ก-ฮ])ย?")
_TWICE = re.compile(r"([ก-ฮ])\1+")
_LAST = re.compile("(?<=[ัาิ-ู])[จชซดตถทสลปพฟขค](?=[ก-ฮ]{1,2}[ะ-ู]|[เ-ไ]|$)|(?<=[ก-ฮ])[จชซดตถทสลปพฟขค]$")
_LAST_SOUNDS = str.maketrans("จชซตถทสลปพฟขค", "ดดดดดดดนบบบกก")
_STOPPED = re.compile("[ดตถท]+(?=[ดตถทชจส])")


def clean(text: str) -> str:
    """Text as it is stored: what looks the same is spelt the same.

    Rule: no control, zero-width or direction characters and no half surrogates; runs of spaces and line breaks are one
    space; Unicode NFC, and beyond it what NFC leaves alone in Thai: nikhahit + า is สระอำ, เเ is แ, marks over one
    letter stand vowel, tone, ์ in that order and once each. Digits stay as typed (`digits` is for numbers). str → str.
    """
    seen = unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip(" "))
    while (spelt := _spell(seen)) != seen:
        seen = spelt
    return seen


def hidden(text: str) -> str:
    """The first control, invisible or direction character of a text, "" when there is none: `clean` leaves none. str → str."""
    found = _HIDDEN.search(text)
    return found[0] if found else ""


def is_no_name(text: str) -> bool:
    """Whether somebody wrote that there is no name where the name belongs: "ไม่ทราบ", "นายไม่มีชื่อ", "N/A". str → bool."""
    return bool(_NO_NAME.fullmatch(search_key(text)))


def digits(text: str) -> str:
    """The text with ๐–๙ written 0–9: for numbers (house number, phone, year, ID), never for names. str → str."""
    return text.translate(_THAI_DIGITS)


def search_key(text: str) -> str:
    """What a person is found by: equal for every way of typing the same name, searched by substring.

    Rule: the `letters` of a name without its titles. Two-letter nicknames stay whole, a title alone stays what it is.
    Small letters, not full case folding: browsers have none.
    Join the keys of several fields with a space: no query contains one, so no match runs across two fields. str → str.
    """
    return _bare(strip_title(text)[1])


def letters(text: str) -> str:
    """A text without anything but its letters, marks and digits: cleaned, small letters, 0–9 for ๐–๙. str → str."""
    return _bare(clean(text))


def strip_title(name: str) -> tuple[str, str]:
    """(title, rest) of a name typed in one field; ("", name) when none stands in front or nothing would be left.

    Rule: civil, clerical, academic titles and ranks in full, and every abbreviation with dots (น.ส. ด.ช. พล.ต.อ.),
    several in a row where dots or spaces part them. น.ส. ด.ช. ด.ญ. come back in full. Both parts are cleaned.
    """
    name = clean(name)
    end = 0
    while (found := _TITLE.match(name, end)) and (not end or name[end - 1] in ". " or "." in found[0]):
        end = found.end()
    title = name[:end].strip()
    return _FULL_TITLES.get(re.sub("[ .]", "", title), title), name[end:]


def sort_key(text: str) -> str:
    """A key in the order of the Royal Institute dictionary: ก before เก, tones only break ties.

    Rule: consonants first, a leading vowel counts after its consonant, then vowels; ็ ่ ้ ๊ ๋ ์ in that order and only
    between words that are equal without them; punctuation does not count; a shorter word comes first. The key is plain
    0–9 a–z, so every database collation orders it like its bytes. str → str.
    """
    swapped = _LEADING_VOWEL.sub(r"\2\1", digits(clean(text).lower()))
    primary: list[str] = []
    secondary: list[str] = []
    for letter in swapped:
        if letter in _SECONDARY:
            secondary[-1:] = [_SECONDARY[letter]]
        elif letter == " " or unicodedata.category(letter)[0] in "LMN":
            primary.append(_WEIGHTS.get(letter) or f"zz{ord(letter):06x}")
            secondary.append("0")
    return "".join(primary) + "00" + "".join(secondary).rstrip("0")


def too_strange(text: str) -> str:
    """The first piece of a name that cannot be meant, "" when there is none: the form shows it and asks.

    Rule: names are Thai or Latin letters with spaces, digits and . , ' ( ) / -. Strange are emoji and other scripts, a
    word mixing Thai and Latin letters, a vowel or tone with no letter under it, and a name without any letter.
    """
    if _PLAIN.fullmatch(text):
        return ""
    name = clean(text)
    for strange in (_STRANGE, _TWO_SCRIPTS):
        if found := strange.search(name):
            return found[0]
    if found := _STRAY_MARK.search(name):
        return found[1]
    return "" if not name or any(letter.isalpha() for letter in name) else name


def sound_key(text: str) -> str:
    """Equal for spellings of a name that sound alike; for suggesting only, never for storing. No titles. str → str."""
    return sound(search_key(text))


def sound(letters: str) -> str:
    """The same of what is `letters` already, and has no title: a last name as it stands.

    Rule: silent letters under ์ go (also where สิทธิ ศักดิ lost theirs), tones, ็ and ะ do not count, letters of one sound
    are one (ศ ษ ส, ณ น, ร ล, ธ ท, ภ พ), and at the end of a syllable all that stop it alike (กุล กุน, รัช รัด รัตน์). ใ ไ ไ–ย ัย
    are one, รร is ั or ัน unless a vowel stands on the second, ศร and สร before a vowel are ส, as is ทร in front, doubled
    letters are single. str → str.
    """
    key = _SILENT.sub("", letters)
    for found, heard in _HEARD:
        key = found.sub(heard, key)
    key = _TWICE.sub(r"\1", _AI.sub(r"\1ัย", key.translate(_SOUNDS)))
    key = _LAST.sub(lambda last: last[0].translate(_LAST_SOUNDS), key)
    return _TWICE.sub(r"\1", _STOPPED.sub("", key))


def _spell(text: str) -> str:
    """One pass of the Thai rules; accents of other scripts between the marks can need a second."""
    spelt = _MARK_RUN.sub(_in_order, text.replace("ำ", "ํา"))
    spelt = _MARK_RUN.sub(_in_order, _LATE_TONE.sub(r"\1\2า", spelt))
    return unicodedata.normalize("NFC", _OPEN_AM.sub(r"\1ำ", spelt).replace("เเ", "แ"))


def _bare(cleaned: str) -> str:
    return "".join(sign for sign in digits(cleaned.lower()) if unicodedata.category(sign)[0] in "LMN")


def _in_order(run: re.Match[str]) -> str:
    return "".join(sorted(set(run[0]), key=_MARKS.index))
