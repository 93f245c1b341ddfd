"""Thai 13-digit numbers: read, checked, hidden, and invented for the demo. A wrong one is flagged and never blocks."""

import re

from pwa.domain.text import thai

SAMPLE_FIRST_DIGIT = "9"


def clean(text: str) -> str:
    """What was typed, as digits: no spaces, dashes or dots, ๐–๙ as 0–9; anything else makes it invalid. str → str."""
    return re.sub("[ .\u2010-\u2015\u2212_-]+", "", thai.digits(thai.clean(text)))


def valid(number: str) -> bool:
    """Whether a cleaned number has 13 digits and the right last one.

    Rule: d13 = (11 − (d1·13 + d2·12 + … + d12·2) mod 11) mod 10. str → bool, False for anything else.
    """
    return bool(re.fullmatch("[0-9]{13}", number)) and number[-1] == _check_digit(number[:-1])


def kind_of(number: str) -> str | None:
    """The `id_kind` of a cleaned number: "zero_card" with 0 in front, "thai_id" with 1–9, None without 13 digits.

    Rule: 0 is for people without civil status; 1–5 Thai citizens by how they were registered; 6 and 7 aliens with
    illegal or temporary entry and their children; 8 lawful aliens and naturalised citizens. All are accepted.
    """
    if not re.fullmatch("[0-9]{13}", number):
        return None
    return "zero_card" if number[0] == "0" else "thai_id"


def masked(last_four: str) -> str:
    """A number as it is shown: x-xxxx-xxxx0-12-3 for "0123", the last four digits only. str of four → str."""
    return f"x-xxxx-xxxx{last_four[0]}-{last_four[1:3]}-{last_four[3]}"


def sample(n: int) -> str:
    """The n-th invented number with a valid last digit, for the demo. 0 ≤ n < 10¹¹, else ValueError. → 13 digits.

    Rule: it begins with 9. Numbers are issued with 0 to 8 in front; that 9 is not issued is our inference from that
    list [inference], not a promise of the registrar, so the demo also says that its numbers are samples.
    """
    if not 0 <= n < 10**11:
        raise ValueError(f"no sample number {n}")
    body = f"{SAMPLE_FIRST_DIGIT}{n:011d}"
    return body + _check_digit(body)


def is_sample(number: str) -> bool:
    """Whether a cleaned number is from the invented range. str → bool."""
    return valid(number) and number.startswith(SAMPLE_FIRST_DIGIT)


def _check_digit(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, range(13, 1, -1), strict=True))
    return str((11 - total % 11) % 10)
