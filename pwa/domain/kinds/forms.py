"""The field forms: their JSON Schemas, and what is wrong with a payload, said at the field that it concerns.

The phone finds the same problems before it saves (static/js/kinds/household-checks.js, static/js/form/form-rules.js);
tests/golden/forms.json holds both to one answer.
"""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from jsonschema_rs import Draft202012Validator

from pwa.domain import N_, kinds
from pwa.domain.kinds import leaves, rules
from pwa.domain.kinds.household_rules import DAYS

FOLDER = Path(__file__).parents[2] / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
ACCEPTED_FOR = timedelta(days=400)
"""How long a form is accepted after a newer one took its place (protocol, "Plaintext")."""

GENERAL = {
    "kind": N_("This is not an answer to the question."),
    "choice": N_("Choose one of the answers."),
    "required": N_("This must be filled in."),
    "long": N_("This is too long. Shorten it."),
    "digits": N_("Use digits only."),
    "phone": N_("A phone number begins with 0 and has 9 or 10 digits."),
    "house_code": N_("A house code has 11 digits."),
    "number_range": N_("This number is too small or too large."),
    "id_number": N_("An ID number has digits, a passport digits and capital letters."),
    "date": N_("There is no such date. Check day, month and year."),
    "ahead": N_("This date is still to come."),
    "many": N_("There are too many of these."),
    "twice": N_("This is here twice."),
    "unknown": N_("This form does not ask this."),
    "letters": N_("These letters cannot be kept. Type it again."),
    "strange": N_("A name has Thai or Latin letters. Check what was typed."),
    "no_name": N_("This is no name. If it is not known, leave the field empty and tap what stands below it."),
    "no_number": N_("Nobody has this number. If it is not known, leave the field empty."),
    "era": N_("The year is in the Buddhist era, because the phone's clock was."),
    "statement": N_("Say in a sentence what is right."),
    "only_one": N_("Only one may be chosen. Another one is marked already."),
    "sums": N_("These numbers do not add up. Check them."),
    "refers": N_("This one is not in this form any more. Choose again."),
}
SENTENCES = GENERAL | {key: text for kind in kinds.KINDS.values() for key, text in kind.sentences.items()}
"""A sentence for every problem; the page shows the same ones."""
FOR_MACHINES = {"kind", "choice", "required", "twice", "unknown", "letters", "date", "ahead", "statement", "era"}
FOR_MACHINES |= {"only_one", "sums", "refers"}
"""What only a payload that no form wrote can show wrong."""

_KEYS = {
    "type": "kind",
    "enum": "choice",
    "const": "choice",
    "required": "required",
    "anyOf": "required",
    "minLength": "required",
    "maxLength": "long",
    "minimum": "number_range",
    "maximum": "number_range",
    "maxItems": "many",
    "uniqueItems": "twice",
    "additionalProperties": "unknown",
}
PATTERNS = {"phone": "phone", "code": "house_code", "id_number": "id_number", "moo": "digits", "postal_code": "digits"}
"""Which sentence a field shows when its letters are not those it takes."""


def known(form):
    return form in NAMES


def newest(kind):
    """The form of a kind that pages use now: its highest version."""
    return max((form for form in NAMES if kind_of(form) == kind), key=lambda form: int(form.partition("@")[2]))


def kind_of(form):
    return form.partition("@")[0]


def retired(form, on):
    """Whether a form came too late: a newer one took its place (`x-replaced-on` in its schema) more than 400 days ago."""
    replaced_on = schema(form).get("x-replaced-on")
    return replaced_on is not None and on > date.fromisoformat(replaced_on) + ACCEPTED_FOR


@cache
def schema(form):
    """The JSON Schema of a form's payload, as published. KeyError for a form that we do not know."""
    if not known(form):
        raise KeyError(form)
    return json.loads((FOLDER / f"{form}.json").read_text())


def rules_of(form):
    """What the form's own rules say (kinds/rules.py); none for one that we do not know."""
    return schema(form).get("x-rules", []) if known(form) else []


def rules_on_page(form):
    """The rules by which the page of a form judges before it saves: its own, and what its schema requires. None where the form has
    no rules in its schema: there the page has a module that knows them."""
    if "x-rules" not in schema(form):
        return []
    return [*_required(schema(form), form), *rules_of(form)]


def sentences(form):
    """{key: msgid} of what the page of a form may have to say."""
    spoken = {key: text for key, text in GENERAL.items() if key not in FOR_MACHINES}
    asked = {key for rule in rules_on_page(form) for key in (*rules.KEYS[rules.name_of(rule)], rule.get("say")) if key}
    return spoken | {key: SENTENCES[key] for key in asked} | kinds.of(kind_of(form)).sentences


def labels(form):
    """{generic path: msgid} of every field, list items as `*`: "people.*.birth_date"."""
    return dict(kinds.of(kind_of(form)).labels)


def field(path, form):
    """The schema of one payload path, its references followed: where a page finds limits. KeyError for no such path."""
    part = schema(form)
    for step in kinds.generic(path).split("."):
        part = _followed(part["items"] if step == "*" else part["properties"][step], form)
    return part


def problems(form, payload, on=None, text=""):
    """[(path with ids, msgid)] of what must be mended, in the order of the form; [] when the payload can be kept.

    Never raises, whatever came. `on` is the day of recording (`day_of`): no birth lies after it. `text` is the JSON that the payload
    was read from, where there is one.
    """
    found = _judged(form, payload)
    kind = kinds.of(kind_of(form))
    if isinstance(payload, dict):
        contrary = kind.broken(payload) + rules.broken(rules_of(form), payload)
        spoken = [path for path, _ in contrary]
        found = contrary + [
            (path, key) for path, key in found if key != "required" or not any(_within(one, path) for one in spoken)
        ]
    if not found and kind.letters:
        found = leaves.faults(payload, on, kind.letters, text)
    return [(path, SENTENCES[key]) for path, key in dict.fromkeys(found)]


def oddities(form, payload, whole=True):
    """[(path with ids, msgid)] of what an earlier form let through and today's does not; such an entry is received and flagged."""
    found = kinds.of(kind_of(form)).odd(payload, whole)
    return [(path, SENTENCES[key]) for path, key in dict.fromkeys(found)]


def day_of(recorded_at, received_on):
    """The later of the day that the phone's clock showed and the day on which the entry came: for the phone it was today."""
    try:
        return max(date.fromisoformat(recorded_at[:10]), received_on)
    except ValueError:
        return received_on


def _followed(part, form):
    return schema(form)["$defs"][part["$ref"].rpartition("/")[2]] | part if "$ref" in part else part


def _required(part, form, each="", path=""):
    """The rules that the schema's `required` comes to; the ids of list items are no questions."""
    part = _followed(part, form)
    names = [name for name in part.get("required", ()) if name not in ("id", "blob")]
    if names:
        when = {"when": {path: "said"}} if path else {}
        yield ({"each": each} if each else {}) | when | {"needs": [f"{path}.{name}".strip(".") for name in names]}
    for name, inner in part.get("properties", {}).items():
        below, inner = f"{path}.{name}".strip("."), _followed(inner, form)
        if "items" in inner:
            yield from _required(inner["items"], form, f"{each}.{below}.*".strip("."))
        else:
            yield from _required(inner, form, each, below)


@cache
def _validator(form):
    return Draft202012Validator(schema(form))


def _judged(form, payload):
    """[(path, key)] of what the schema finds; nested too deep to be looked at is a fault of the whole."""
    try:
        return [(_path(payload, error), _key(error)) for error in _validator(form).iter_errors(payload)]
    except ValueError:
        return [("", "kind")]


def _path(payload, error):
    """The error's place as a dotted path, list items by their id (or blob)."""
    steps, here = [], payload
    for step in error.instance_path:
        here = here[step]
        name = (here.get("id") or here.get("blob")) if isinstance(step, int) and isinstance(here, dict) else None
        steps.append(name if isinstance(name, str) else str(step))
    if error.kind.name == "required":
        steps.append(error.kind.property)
    return ".".join(steps)


def _key(error):
    field = next((step for step in reversed(error.instance_path) if isinstance(step, str)), "")
    if error.kind.name == "pattern":
        return "date" if field.endswith(DAYS) else PATTERNS.get(field, "kind")
    if error.kind.name == "maxItems" and field == "people":
        return "crowd"
    return "statement" if field == "statement" else _KEYS.get(error.kind.name, "kind")


def _within(path, parent):
    return path == parent or path.startswith(parent + ".")
