"""What an entry says that no form of today lets through: an earlier form did, so it was received, and the checker sees it."""

from pwa.domain import N_
from pwa.domain.kinds import forms
from pwa.domain.kinds.household_rules import DAYS
from pwa.domain.register import payloads
from pwa.domain.register.tables import BANGKOK
from pwa.domain.text import thai

MAY_BE_AHEAD = ("revisit_on", "paid_through")
ANOTHER_ERA = "2100"
HIDDEN = N_("It holds letters that nobody can see.")


def of_correction(one):
    """[(path, sentence)] about what a member proposes."""
    return [(one.says.payload["path"], HIDDEN)] if _hides(one.says.payload) else []


def of_visit(one, record):
    """[(path, sentence)] about a visit (submissions.Opened) beside the household's record."""
    found = within(one)
    if one.says.shown is not None and not _has_head(one, record):
        found.append(("people", forms.SENTENCES["head"]))
    return found


def within(one):
    """The same of the visit by itself, whatever the register has."""
    form, whole = one.opening.form, one.says.shown is None
    return [*forms.oddities(form, one.says.payload, whole), *_ahead(one)]


def _ahead(one):
    """What has happened after the day on which the entry came: the phone's clock was ahead, and the form went by it."""
    today = one.row.received_at.astimezone(BANGKOK).date().isoformat()
    for path, value in one.says.values.items():
        if path.endswith(DAYS) and not path.endswith(MAY_BE_AHEAD) and today[: len(value)] < value < ANOTHER_ERA:
            yield path, forms.SENTENCES["ahead"]


def _has_head(one, record):
    """Whether the household has a head once the entry is in; one that names nobody changes nothing about it."""
    people = payloads.by_person(record.plain() | one.says.values).values()
    return not one.says.people or any(own.get("relation") == "head" and not own.get("gone") for own in people)


def _hides(payload):
    return any(isinstance(value, str) and thai.hidden(value.replace("\n", " ")) for value in payload.values())
