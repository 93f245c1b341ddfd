"""What two people must share before anybody compares them, kept as keyed hashes of eight bytes that tell nobody a name."""

import hashlib

from pwa.domain.crypto import keyring as rings
from pwa.domain.register import traits

PIECE = 2


def keys(person):
    """The keys of a person as `duplicates.candidates` takes them, as whole numbers of eight bytes. → frozenset of int."""
    secret = rings.ring.needed(rings.oldest("field").kid)
    return frozenset(_hashed(text, secret) for text in shared(person))


def shared(person):
    """{text} that whoever may be the same is likely to share, however the names are spelt and whatever is missing.

    Two names in either order, an old last name among them; a name with a year of birth, or with how the other begins or
    ends; the house; the day of birth; the ID number.
    """
    one = traits.of(person)
    first, last, nickname = one.first.sound, one.last.sound, one.nickname.sound
    lasts = {last, *(old.sound for old in one.old_lasts)} - {""}
    found = {"|".join(sorted((call, other))) for call in (first, nickname) if call for other in lasts}
    year, month, day = one.birth
    years = {year, year + 1} if year and one.unsure else {year} if year else set()
    found |= {f"{name}|{when}" for name in (first, nickname, last) if name for when in years}
    if first:
        found |= {f"{other}|{place}{piece}" for other in lasts for place, piece in _ends(first)}
        found |= {f"{first}|{place}{piece}" for other in lasts for place, piece in _ends(other)}
    if day and month:
        found |= {f"{when}-{month}-{day}" for when in years}
    if one.ordained or not last:
        found |= {f"{call}|{person.get('place')}" for call in (first, nickname) if call}
    return found | ({one.house, str(one.id_index or "")} - {""})


def _ends(name):
    return ("^", name[:PIECE]), ("$", name[-PIECE:])


def _hashed(text, secret):
    made = hashlib.blake2b(text.encode(), digest_size=8, key=secret).digest()
    return int.from_bytes(made, signed=True)
