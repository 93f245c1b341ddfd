"""Who bears which name: every spelling of a first name, last name or nickname stands once, with its sound, beside its bearers.

A hundred thousand people share a few thousand spellings, so a search reads these. A spelling goes with its last bearer.
"""

from db.models import Bearer, NamePart, Person
from db.statements import insert

MOST = 300


def write(people):
    """Let these people ({id: spellings as (text, sound)}) bear exactly these. Inside the write transaction."""
    held = {(who, text): (row, part) for row, who, part, text in _borne(list(people))}
    wanted = {(who, text): sound for who, parts in people.items() for text, sound in parts}
    fresh = sorted(wanted.keys() - held.keys())
    parts = _parts({text: wanted[who, text] for who, text in fresh})
    insert(Bearer, [{"person": who, "part": parts[text]} for who, text in fresh])
    stale = [held[name] for name in held.keys() - wanted.keys()]
    for start in range(0, len(stale), MOST):
        some = stale[start : start + MOST]
        Bearer.delete().where(Bearer.id.in_([row for row, _ in some])).execute()
        _sweep({part for _, part in some})


def of(homes):
    """{household: {(person, text, sound)}} as it is kept of the people of these households."""
    rows = (
        Bearer.select(Person.household, Person.id, NamePart.text, NamePart.sound)
        .join(Person)
        .switch(Bearer)
        .join(NamePart)
    )
    found = {}
    for home, *borne in rows.where(Person.household.in_(homes)).tuples():
        found.setdefault(home, set()).add(tuple(borne))
    return found


def _borne(people):
    """(row id, person, spelling's id, text) of what these people bear."""
    for start in range(0, len(people), MOST):
        query = Bearer.select(Bearer.id, Bearer.person, NamePart.id, NamePart.text).join(NamePart)
        yield from query.where(Bearer.person.in_(people[start : start + MOST])).tuples()


def _parts(sounds):
    """{text: id} of spellings ({text: sound}), made where nobody bore them yet."""
    found = _known(list(sounds))
    new = sounds.keys() - found.keys()
    insert(NamePart, [{"text": text, "sound": sounds[text]} for text in sorted(new)])
    return found | _known(list(new))


def _known(texts):
    found = {}
    for start in range(0, len(texts), MOST):
        query = NamePart.select(NamePart.text, NamePart.id).where(NamePart.text.in_(texts[start : start + MOST]))
        found |= dict(query.tuples())
    return found


def _sweep(parts):
    """Spellings that nobody bears any more go: a name is kept only with somebody whose name it is."""
    borne = Bearer.select(Bearer.part).where(Bearer.part.in_(parts))
    NamePart.delete().where(NamePart.id.in_(parts), NamePart.id.not_in(borne)).execute()
