"""What data the community keeps, read off the forms themselves, so that the page can never say less than the form asks."""

from dataclasses import dataclass

from pwa.domain import N_, kinds
from pwa.domain.kinds import forms

SENSITIVE = ("people.*.health", "people.*.consent")
MONEY = ("people.*.application", "people.*.passbook", "people.*.other_fund")
PURPOSES = {
    "house": N_("To find the house again and to know who may need help in a disaster"),
    "visit": N_("To plan the next visit"),
    "respondent": N_("To know who said it"),
    "notice": N_("To prove that the privacy notice was given"),
    "people": N_("To know who lives here, who is covered and who is not"),
    "membership": N_("Membership and benefits by the fund's regulations"),
    "health": N_("To care for vulnerable people, only with their own consent"),
    "evidence": N_("To let a checker see what the recorder saw"),
}
READERS = {
    "health": N_("The person, the recorder and the zone leader who checks; never in lists"),
    "": N_("The person, the recorder, zone leaders and the registrar of the unit"),
}
RETENTION = {
    "membership": N_("While a member and 10 years after, for the money records"),
    "": N_("While the person lives in the community; who never joined: 1 year"),
}


@dataclass(frozen=True)
class Item:
    """One field that the community keeps: its path in the form, Thai title from the schema, and the three answers."""

    form: str
    path: str
    title: str
    group: str

    @property
    def purpose(self):
        return self._kind.purpose or PURPOSES[self.group]

    @property
    def readers(self):
        return self._kind.readers or READERS.get(self.group, READERS[""])

    @property
    def retention(self):
        return self._kind.retention or RETENTION.get(self.group, RETENTION[""])

    @property
    def _kind(self):
        return kinds.of(forms.kind_of(self.form))

    @property
    def is_sensitive(self):
        return self.group == "health"


def items():
    """Every field of every form, in the order of the forms."""
    return [item for form in forms.NAMES for item in _walk(form, "", forms.schema(form), forms.schema(form))]


def _walk(form, path, schema, root):
    schema = _resolved(schema, root)
    if schema.get("type") == "array":
        yield from _walk(form, f"{path}.*" if _is_list_of_objects(schema, root) else path, schema["items"], root)
        if _is_list_of_objects(schema, root):
            return
    properties = schema.get("properties", {})
    for name, part in properties.items():
        below = f"{path}.{name}" if path else name
        inner = _resolved(part, root)
        if inner.get("properties") or (inner.get("type") == "array" and _is_list_of_objects(inner, root)):
            yield from _walk(form, below, inner, root)
        else:
            yield Item(form, below, part.get("title") or inner.get("title", ""), _group(form, below))


def _is_list_of_objects(schema, root):
    return bool(_resolved(schema.get("items", {}), root).get("properties"))


def _resolved(schema, root):
    reference = schema.get("$ref")
    if not reference:
        return schema
    found = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}


def _group(form, path):
    kind = kinds.of(forms.kind_of(form))
    if kind.purpose:
        return kind.name
    if path.startswith(SENSITIVE):
        return "health"
    return "membership" if path.startswith(MONEY) else path.split(".")[0]
