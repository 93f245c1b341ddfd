"""How fast the machine finds: addresses while somebody types, and who of a thousand people may be the same."""

import time

from pwa.domain.places import addresses
from pwa.domain.register.duplicates import candidates

SYLLABLES = ["สม", "บุญ", "ประ", "วิ", "ชัย", "ศรี", "พร", "ชาย", "ทอง", "แก้ว"]
RUNS = 7


def measure(server):
    """(what, median, budget); the first look-up of a process, which builds the index, is told apart."""
    first = took(addresses.find, "หาดใหญ่")
    yield "address type-ahead, the first in a process", ms([first]), ""
    for typed in ("บาง", "หาดใหญ่ สงขลา", "ba"):
        yield f"address type-ahead, “{typed}”", ms([took(addresses.find, typed) for _ in range(RUNS)]), "≤ 20 ms"
    people = thousand()
    yield (
        "duplicates, one person among a thousand",
        ms([took(candidates, people[500], people) for _ in range(RUNS)]),
        "≤ 50 ms",
    )


def thousand():
    names = [one + two + three for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES]
    shared = {"title": "นาย", "last_name": "ทองคำ", "birth_date": "1958"}
    return [{"id": number, "first_name": name, "house": number, **shared} for number, name in enumerate(names)]


def took(function, *given):
    start = time.perf_counter()
    function(*given)
    return time.perf_counter() - start


def ms(seconds):
    return f"{sorted(seconds)[len(seconds) // 2] * 1000:.0f} ms"
