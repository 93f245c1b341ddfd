"""Money as people type it and as paper says it in words. Satang inside, baht outside; the phone does the same (static/js/lib/money.js)."""

import re
from typing import NamedTuple

from pwa.domain import N_
from pwa.domain.text import thai

MOST = 99_999_999_999
"""The largest sum that a form takes, in satang."""
SENTENCES = {
    "empty": N_("Write how much, in baht."),
    "unreadable": N_("Write the sum in digits, for example 365 or 365.50."),
    "fraction": N_("There are two places after the point, as in 365.50. For a thousand write 1000 or 1,000."),
    "nothing": N_("The sum must be more than 0."),
    "too_much": N_("That is more than can be received at once. Look at the digits again."),
}
_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_TYPED = re.compile(r"([-−–])? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?")
_AROUND = re.compile(r"^(?:฿|THB) ?| ?(?:บาท(?: ?ถ้วน)?|บ\.?|฿|THB)$", re.IGNORECASE)


class Reading(NamedTuple):
    """`satang`, or the name of the sentence that says what is wrong."""

    satang: int | None = None
    problem: str | None = None


def read(typed: str) -> Reading:
    """A sum in baht as it was typed: 365, 1,000, ๑๐๐, ฿365, 365.50, 365.-, "365 บาท". → satang of 1 to MOST, or a problem."""
    bare = re.sub(r"(?<=[0-9])\.?-$", "", _AROUND.sub("", thai.digits(thai.clean(typed))))
    if not bare:
        return Reading(problem="empty")
    found = _TYPED.fullmatch(bare)
    if not found:
        return Reading(problem="unreadable")
    minus, whole, part = found.groups()
    if part == "" or (part and len(part) > 2):
        return Reading(problem="fraction")
    satang = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))
    if minus or satang == 0:
        return Reading(problem="nothing")
    return Reading(problem="too_much") if satang > MOST else Reading(satang)


def figures(satang: int) -> str:
    """A sum in baht as figures: 1,234 or −1,234.50."""
    whole, part = divmod(abs(satang), 100)
    return f"{'−' if satang < 0 else ''}{whole:,}{f'.{part:02d}' if part else ''}"


def words(satang: int) -> str:
    """A sum in words as Thai paper says it: สามสิบบาทถ้วน, สิบเอ็ดบาทห้าสิบสตางค์. satang ≥ 0."""
    whole, part = divmod(satang, 100)
    if not part:
        return f"{_number(whole) or 'ศูนย์'}บาทถ้วน"
    return f"{f'{_number(whole)}บาท' if whole else ''}{_number(part)}สตางค์"


def _number(n: int) -> str:
    """Six digits at a time: what stands before ล้าน is read like a number of its own."""
    millions, rest = divmod(n, 1_000_000)
    spoken = "".join(
        _digit(int(digit), place, is_alone=rest < 10 and not millions)
        for place, digit in zip(range(len(str(rest)) - 1, -1, -1), str(rest), strict=True)
    )
    return f"{_number(millions)}ล้าน{spoken}" if millions else spoken


def _digit(digit: int, place: int, *, is_alone: bool) -> str:
    if digit == 0:
        return ""
    if place == 0:
        return "เอ็ด" if digit == 1 and not is_alone else _DIGITS[digit]
    if place == 1:
        return {1: "", 2: "ยี่"}.get(digit, _DIGITS[digit]) + _PLACES[1]
    return _DIGITS[digit] + _PLACES[place]
