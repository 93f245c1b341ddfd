"""What is wrong with a form in quarantine, so that an officer can tell the recorder: the field, what stands there, and why it cannot stay."""

import json
from dataclasses import dataclass

from pwa.domain import N_, kinds
from pwa.domain.custody import envelopes
from pwa.domain.kinds import forms
from pwa.domain.text import thai

OUTER = N_("The sheet around the answers")
NOT_OURS = N_("The app does not write it like this.")
LONGEST_VALUE = 120


@dataclass(frozen=True)
class Fault:
    """A field that the form would not let through: its msgid and the person's name ("" for none), what stands there, and why
    it cannot stay."""

    label: str
    name: str
    value: str
    sentence: str


def of(said, received_at):
    """[Fault] of what a line says (as `said`), in the order of the form; [] when the form is filled in as it must be."""
    payload, form = said.get("payload"), said.get("form")
    if part := envelopes.ill_part(said):
        return [Fault(OUTER, "", f"{part}: {_shown(said.get(part))}", NOT_OURS)]
    if not forms.known(form):
        return []
    kind = kinds.of(forms.kind_of(form))
    on = forms.day_of(said["recorded_at"], received_at.date())
    return [
        Fault(
            kinds.label(path, kind),
            _owner(payload, path),
            _shown(_at(payload, path), path),
            sentence,
        )
        for path, sentence in forms.problems(form, payload, on)
    ]


def _at(payload, path):
    """What stands at a path, list items by their id or blob; None when nothing does."""
    here = payload
    for step in path.split(".") if path else ():
        if isinstance(here, list):
            named = [one for one in here if isinstance(one, dict) and step in (one.get("id"), one.get("blob"))]
            here = named[0] if named else here[int(step)] if step.isdecimal() and int(step) < len(here) else None
        else:
            here = here.get(step) if isinstance(here, dict) else None
    return here


def _owner(payload, path):
    """The name of the person whose field it is."""
    steps = path.split(".")
    person = _at(payload, ".".join(steps[:2])) if steps[0] == "people" and len(steps) > 1 else None
    if not isinstance(person, dict):
        return ""
    names = [person.get(name) for name in ("first_name", "last_name") if isinstance(person.get(name), str)]
    return _shown(" ".join(names)) if names else ""


def _shown(value, path=""):
    """A value as it can be read, what nobody can see by its number; "" for nothing, names only of what has parts, cut where it
    is long. What is kept of somebody's health is read on the sheet, not here."""
    if ".health" in path and value is not None:
        return "…"
    if isinstance(value, dict | list):
        text = ", ".join(str(part) for part in value if isinstance(part, str))
    else:
        text = value if isinstance(value, str) else "" if value is None else json.dumps(value)
    return "".join(f"‹U+{ord(sign):04X}›" if thai.hidden(sign) else sign for sign in text[:LONGEST_VALUE])
