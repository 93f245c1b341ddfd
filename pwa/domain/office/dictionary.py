"""What data the community keeps, read off the forms themselves, so that the page can never say less than the form asks."""

from dataclasses import dataclass

from pwa.domain import N_
from pwa.domain.field import forms

SENSITIVE = ("people.*.health", "people.*.consent")
MONEY = ("people.*.application", "people.*.passbook")
PURPOSES = {
    "house": N_("To find the house again and to know who may need help in a disaster"),
    "visit": N_("To plan the next visit"),
    "respondent": N_("To know who said it"),
    "notice": N_("To prove that the privacy notice was given"),
    "people": N_("To know who lives here, who is covered and who is not"),
    "membership": N_("Membership and benefits by the fund's regulations"),
    "health": N_("To care for vulnerable people, only with their own consent"),
    "evidence": N_("To let a checker see what the recorder saw"),
    "correction": N_("To correct what a member says is wrong"),
    "draft": N_("To give an unfinished form back to who began it, on any phone"),
}
READERS = {
    "draft": N_("Only who began it; no checker and no officer"),
    "health": N_("The person, the recorder and the zone leader who checks; never in lists"),
    "": N_("The person, the recorder, zone leaders and the registrar of the unit"),
}
RETENTION = {
    "draft": N_("Until it is finished; erased on request"),
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
        return PURPOSES[self.group]

    @property
    def readers(self):
        return READERS.get(self.group, READERS[""])

    @property
    def retention(self):
        return RETENTION.get(self.group, RETENTION[""])

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
    kind = form.partition("@")[0]
    if kind in ("correction", "draft"):
        return kind
    if path.startswith(SENSITIVE):
        return "health"
    return "membership" if path.startswith(MONEY) else path.split(".")[0]
