"""The promises about what lists and counts are read from: each says what the rows say that it sums up."""

from functools import reduce
from operator import and_

from peewee import JOIN, fn

from db.models import Acceptance, Application, Aside, Entry, Opening, Person, Replacement, Return, Untold, Whereabouts
from pwa.domain.custody import states
from pwa.domain.register import applicants, notices


def entries_are_where_they_are_said_to_be():
    """Each entry is in the hands that its decisions leave it in, under its own author and kind."""
    query = Entry.select(Entry.entry_id).join(Whereabouts, JOIN.LEFT_OUTER)
    query = query.switch(Entry).join(Opening, JOIN.LEFT_OUTER)
    kind = fn.COALESCE(Opening.kind, "")
    told = Whereabouts.author
    other = (
        (told != Entry.author) | (told.is_null() & ~Entry.author.is_null()) | (~told.is_null() & Entry.author.is_null())
    )
    amiss = Whereabouts.id.is_null() | other | (Whereabouts.kind != kind)
    for whom, is_so in _hands().items():
        told = Whereabouts.waits_for == whom
        amiss |= (is_so & ~told) | (~is_so & told)
    for (entry,) in query.where(amiss).order_by(Entry.id).tuples().iterator():
        yield f"{entry} is not in the hands that it is said to be in."


def whoever_is_to_be_told_is_listed():
    """Who is still to be told stands in the list, once, and nobody else."""
    due, other = notices.still_due().cte("due", columns=("person", "place", "named_at")), Untold
    same = (due.c.person == other.person) & (due.c.place == other.place) & (due.c.named_at == other.named_at)
    missing = Person.select(Person.id).join(due, on=(due.c.person == Person.id)).switch(Person)
    missing = missing.join(other, JOIN.LEFT_OUTER, on=same).where(other.person.is_null()).with_cte(due)
    for (person,) in missing.tuples().iterator():
        yield f"{person} is to be told that their data is kept, and is not listed so."
    extra = other.select(other.person).join(due, JOIN.LEFT_OUTER, on=same).where(due.c.person.is_null()).with_cte(due)
    for (person,) in extra.tuples().iterator():
        yield f"{person} is listed as still to be told, and is not."


def applications_are_open_until_resolved():
    """Each application says whether anything was resolved about it, and whether its passbook said something new since."""
    for now, told, what in (
        (applicants.still_open(), Application.is_open, "it is open"),
        (applicants.told_since(), Application.told_since, "its passbook was told anew"),
    ):
        for (row,) in Application.select(Application.id).where((now & ~told) | (~now & told)).tuples().iterator():
            yield f"The application {row} says otherwise than the resolutions whether {what}."


def _hands():
    """{whom: Condition on Entry}, read off what was decided."""
    settled = [states.has(model.entry, states.standing(model)) for model in (Acceptance, Return, Aside)]
    returned = (states.has(Return.entry, states.standing(Return)), ~states.has(Replacement.replaced))
    kept = (Entry.outcome == "quarantined", *(~one for one in settled))
    return {"checker": reduce(and_, states.undecided()), "author": reduce(and_, returned), "desk": reduce(and_, kept)}


OF_LISTS = (
    entries_are_where_they_are_said_to_be,
    whoever_is_to_be_told_is_listed,
    applications_are_open_until_resolved,
)
