"""Who may be the same person, on a register that nobody tuned on: how many are found, how many are named in vain.

The register: 5,000 people in 1,300 houses of six places, names put together of parts that the tests do not use, a tenth of
the first names very common, last names shared by several houses. Asked are

- 1,200 people of it once more, each changed by one of KINDS, three in five by one or two of TOO besides, and for two in
  three no ID number is given;
- 2,200 others who are not in it but near to somebody by one of STRANGERS: twins, siblings, namesakes, fathers and sons,
  neighbours; half of them with an ID number of their own;
- 400 people of houses that are in no way near.

A pair counts when the server would compare it (it shares a key) and names it. Found in vain is every other line.
"""

import random
from functools import cache

from bench.lookalikes import KINDS, NEW, STRANGERS, TRUE, village
from pwa.domain.register import duplicates, meetings
from pwa.domain.text import thai

SEED = 20_261_128
BAR, YEAR = 0.92, 1


def measure(server):
    """(what, figure, aim) with the server's knowledge, then with a phone's, then the plain rule beside; then every kind."""
    register, asked = village(random.Random(SEED))
    by_server, by_phone, plainly = (told(register, asked, how) for how in (compared, as_phone, plain))
    for label, found in (("as the server", by_server), ("as a phone", by_phone), ("plain rule", plainly)):
        right, lines, new = figures(found)
        aim = ("≥ 92 %", "≥ 85 %", "≤ 2") if label == "as the server" else ("", "", "")
        yield f"{label}: recall of {TRUE:,}", f"{right / TRUE:.1%}", aim[0]
        yield f"{label}: precision", f"{right / max(lines, 1):.1%}", aim[1]
        yield f"{label}: lines in vain, 100 new people", f"{new / NEW * 100:.1f}", aim[2]
    without = [(one | {"id_index": "", "card": ""}, true, kind) for one, true, kind in asked]
    right, *_ = figures(told(register, without, compared))
    yield "as the server, asked without ID numbers: recall", f"{right / TRUE:.1%}", "phone ± 3"
    for kind in (*KINDS, *STRANGERS):
        hits = [true if kind in KINDS else count > 0 for true, named, count in by_server if named == kind]
        yield f"  {kind}", f"{sum(hits)} of {len(hits)}", "found" if kind in KINDS else "in vain"


def figures(found):
    """(right ones, lines in all, lines about the people of new houses)."""
    lines = sum(count for _, _, count in found)
    right = sum(true for true, _, _ in found)
    return right, lines, sum(count for _, kind, count in found if kind == "new")


def told(register, asked, how):
    """[(whether the right one was named, kind, number of lines)] of everybody who is asked about."""
    pool = {}
    for one in register:
        for key in meetings.shared(one):
            pool.setdefault(key, []).append(one)
    found = []
    for one, true, kind in asked:
        lines = how(one, pool, register)
        found.append((true is not None and true in lines, kind, len(lines)))
    return found


def compared(one, pool, register):
    near = {other["id"]: other for key in meetings.shared(one) for other in pool.get(key, ())}
    return [candidate.other["id"] for candidate in duplicates.candidates(one, near.values())]


def as_phone(one, pool, register):
    """A kit has no ID numbers, no sex and only the year of birth; whoever is typed has what the form asks."""
    typed = one | {"id_index": "", "card": ""}
    near = {other["id"]: other for key in meetings.shared(one | {"id_index": ""}) for other in pool.get(key, ())}
    kept = [other | {"id_index": "", "sex": "", "birth_date": other["birth_date"][:4]} for other in near.values()]
    return [candidate.other["id"] for candidate in duplicates.candidates(typed, kept)]


def plain(one, pool, register):
    """ID equal, or Jaro-Winkler of the bare name at least 0.92 and the year at most one apart."""
    mine, year = bare(one), int(one["birth_date"][:4] or 0)
    found = []
    for other in register:
        is_near = abs(year - int(other["birth_date"][:4] or 0)) <= YEAR if year and other["birth_date"] else True
        is_same = one["id_index"] and one["id_index"] == other["id_index"]
        if is_same or (is_near and likely(mine, bare(other))):
            found.append(other["id"])
    return found


@cache
def bare_text(text):
    return thai.search_key(text)


def bare(person):
    return bare_text(f"{person['first_name']} {person['last_name']}")


def likely(one, other):
    return abs(len(one) - len(other)) < 9 and one[:1] == other[:1] and jaro_winkler(one, other) >= BAR


def jaro_winkler(one, other):
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken, mine = [False] * len(other), []
    for at, sign in enumerate(one):
        for there in range(max(at - reach, 0), min(at + reach + 1, len(other))):
            if not taken[there] and other[there] == sign:
                taken[there] = True
                mine.append(sign)
                break
    if not mine:
        return 0.0
    theirs = [sign for sign, is_taken in zip(other, taken, strict=True) if is_taken]
    crossed = sum(a != b for a, b in zip(mine, theirs, strict=True)) / 2
    jaro = (len(mine) / len(one) + len(mine) / len(other) + (len(mine) - crossed) / len(mine)) / 3
    front = next((at for at, (a, b) in enumerate(zip(one[:4], other[:4], strict=False)) if a != b), 4)
    return jaro + min(front, 4) * 0.1 * (1 - jaro)
