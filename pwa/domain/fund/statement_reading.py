"""The lines of a bank's statement out of a pasted table: day, words, what went out, what came in, what was left. Pure.

Columns are parted by tabs (a spreadsheet), semicolons or two spaces. A line whose balance does not follow from the line before it is
refused by its number, because one that was left out or typed wrongly shows there.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pwa.domain import N_, Refusal
from pwa.domain.text import dates, money, thai

MOST = 200
PARTED = re.compile(r"\t|;| {2,}")
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})")
SUM = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")
EMPTY = N_("Paste the lines of the statement: day, what it says, went out, came in, balance.")
MANY = N_("These are more than %(most)s lines. Paste a month at a time.")
NO_DAY = N_("Line %(n)s does not begin with a day, as in 5/11/2569.")
NO_SUMS = N_("Line %(n)s needs what went out or came in, and at its end the balance.")
NOT_NEXT = N_(
    "Line %(n)s: %(before)s and this sum do not make %(left)s. A line before it is missing, or a sum is wrong."
)


@dataclass(frozen=True)
class Line:
    """A line of a statement, in satang; `amount` > 0 came in."""

    on: date
    words: str
    amount: int
    left: int


def read(text, *, today):
    """[Line] of what was pasted, the oldest first. Raises Refusal with the number of the line that cannot be taken."""
    rows = [row for row in thai.digits(text).splitlines() if row.strip()]
    if not rows:
        raise Refusal(EMPTY, field="lines")
    if len(rows) > MOST:
        raise Refusal(MANY, field="lines", most=MOST)
    found = [_line(n, row, today) for n, row in enumerate(rows, 1)]
    if len(found) > 1 and _is_backward(found):
        found.reverse()
    for n, (before, line) in enumerate(pairwise(found), 2):
        must_follow(before.left, line, n)
    return found


def must_follow(before, line, n):
    """Refuses a line that the balance before it does not lead to."""
    if before + line.amount != line.left:
        about = {"before": money.figures(before), "left": money.figures(line.left)}
        raise Refusal(NOT_NEXT, field="lines", n=n, **about)


def _line(n, row, today):
    cells = [cell.strip() for cell in PARTED.split(row.strip())]
    day = DAY.fullmatch(cells[0]) if cells else None
    reading = day and dates.from_buddhist(day[1], day[2], _year(day[3]), today=today)
    if not reading or not reading.iso or len(reading.iso) < 10:
        raise Refusal(NO_DAY, field="lines", n=n)
    sums = [cell for cell in cells[1:] if SUM.fullmatch(cell.replace(" ", ""))]
    if len(sums) < 2 or len(sums) > 3:
        raise Refusal(NO_SUMS, field="lines", n=n)
    amount, left = _moved(cells[1:], sums), _satang(sums[-1])
    if not amount:
        raise Refusal(NO_SUMS, field="lines", n=n)
    words = " ".join(cell for cell in cells[1:] if cell not in sums and cell not in ("", "-"))
    return Line(date.fromisoformat(reading.iso), words[:200], amount, left)


def _moved(cells, sums):
    """What moved: the last columns are went out, came in, balance; with one sum its sign, or the column that it stands in, says which."""
    if len(sums) == 3:
        return _satang(sums[1]) - _satang(sums[0])
    moved = _satang(sums[0])
    if sums[0][0] in "+-":
        return moved
    last = len(cells) - 1 - cells[::-1].index(sums[-1])
    return moved if last and cells[last - 1] == sums[0] else -moved


def _year(text):
    """Statements write 69 for 2569."""
    return f"25{text}" if len(text) == 2 else text


def _satang(text):
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("+-").replace(",", "").partition(".")
    return sign * (int(whole) * 100 + int(part.ljust(2, "0") or 0))


def _is_backward(lines):
    """Whether the newest stands first, as some banks print it: by the days, else because the balances follow only that way."""
    if lines[0].on != lines[-1].on:
        return lines[0].on > lines[-1].on
    return any(a.left + b.amount != b.left for a, b in pairwise(lines))
