"""The fields of a checker's sheet by section and person: what changed and what matters to be read, and the rest to be unfolded.

Nothing is left out: a value that is neither changed nor important is folded, never gone. Health that did not change is not shown.
"""

from dataclasses import dataclass, field

from pwa.domain import N_, kinds
from pwa.domain.register import households, payloads

SECTIONS = {
    "house": N_("House"),
    "visit": N_("Home visit"),
    "respondent": N_("Respondent"),
    "notice": N_("Privacy notice given"),
}
PERSON = """name_unknown birth_date id_number relation membership other_fund gone application.fund application.plan passbook.fund
    passbook.number passbook.joined_on passbook.paid_through consent.health consent.by application.beneficiaries.*.name
    application.beneficiaries.*.share"""
MATTERS = {f"people.*.{path}" for path in PERSON.split()}
MATTERS |= {"house.number", "house.description", "house.moo", "visit.outcome", "visit.reason", "respondent.name"}
"""What one decides on; names stand in the headings."""
FEW = 2
"""So many fields are not worth folding."""


@dataclass
class Field:
    """One value: `kind` is new, changed, cleared, asked or same; `origin` says where the register's value is from."""

    path: str
    kind: str
    base: object = None
    register: object = None
    entry: object = None
    origin: households.Origin | None = None
    matters: bool = False


@dataclass
class Group:
    """The fields of one person (`person` is their name) or of a section (`title` is a msgid). `is_new`: nothing of it was known."""

    title: str = ""
    person: str = ""
    fields: list = field(default_factory=list)
    is_new: bool = False

    @property
    def folded(self):
        rest = [one for one in self.fields if not one.matters]
        return rest if len(rest) > FEW else []

    @property
    def open(self):
        folded = {one.path for one in self.folded}
        return [one for one in self.fields if one.path not in folded]


def grouped(changes, names, *, known=(), flagged=()):
    """[Group] of changes. `known` are the register's paths; `flagged` paths matter whatever they are: a finding or a word is about them."""
    origins = households.origins({change.register.entry for change in changes if change.is_asked and change.register})
    there = {_key(path) for path in known}
    groups = _groups([(change.path, _field(change, origins)) for change in changes], names)
    for key, group in groups.items():
        group.is_new = key not in there
        for one in group.fields:
            one.matters = _matters(one, flagged)
    return list(groups.values())


def unchanged(values, changes, names):
    """[Group] of the register's {path: value} that the entry leaves as they are."""
    touched = {change.path for change in changes}
    same = [(path, Field(path, "same", entry=value)) for path, value in values.items() if path not in touched]
    return list(_groups([pair for pair in same if not payloads.is_health(pair[0])], names).values())


def findings(checks):
    """[[Check]]: those of one kind and name together, the first of them to be read, the others below it."""
    found = {}
    for check in checks:
        found.setdefault((check.kind, check.name), []).append(check)
    return list(found.values())


def _groups(fields, names):
    found = {}
    for path, one in fields:
        key = _key(path)
        if key not in found:
            person = payloads.person_of(path)
            title = "" if person else SECTIONS.get(key, N_("Photos"))
            found[key] = Group(title, names.get(person, "—") if person else "")
        found[key].fields.append(one)
    return found


def _key(path):
    return payloads.person_of(path) or path.split(".")[0]


def _matters(one, flagged):
    if kinds.generic(one.path) in MATTERS or (one.path.endswith(".living_here") and one.entry is False):
        return True
    return any(one.path == path or one.path.startswith(f"{path}.") for path in flagged)


def _field(change, origins):
    if change.is_asked:
        kind = "asked"
    elif change.entry is None:
        kind = "cleared"
    else:
        kind = "new" if change.now is None else "changed"
    origin = origins.get(change.register.entry) if change.register else None
    return Field(change.path, kind, change.base, change.now, change.entry, origin)
