"""Payloads as flat paths: `people.<id>.birth_date` is how values, comments, choices and the register name one field.

What is empty is absent: an empty text, list or section leaves no path and never comes back.
"""

from typing import Any

Values = dict[str, Any]
"""{path: value} of a payload, or of a part of one."""

ITEM_NAMES = {"people": "id", "beneficiaries": "id", "evidence": "blob"}
"""The lists whose items have a name of their own; every other list is one value, as is `location`."""

WHOLE = {"location"}


def flatten(payload: dict[str, Any], prefix: str = "") -> Values:
    """{path: value} of a payload, in its own order. dict → dict."""
    values: Values = {}
    for key, value in payload.items():
        path = f"{prefix}{key}"
        if key in ITEM_NAMES and _has_items(value, ITEM_NAMES[key]):
            for item in value:
                rest = {name: part for name, part in item.items() if name != ITEM_NAMES[key]}
                values |= flatten(rest, f"{path}.{item[ITEM_NAMES[key]]}.")
        elif isinstance(value, dict) and key not in WHOLE:
            values |= flatten(value, f"{path}.")
        elif not _is_empty(value):
            values[path] = value
    return values


def unflatten(values: Values) -> dict[str, Any]:
    """The payload whose paths these are; a path that runs through another's value is left out. dict → dict."""
    root: dict[str, Any] = {}
    for path, value in values.items():
        *sections, last = path.split(".")
        target: dict[str, Any] | None = root
        for section in sections:
            target = target.setdefault(section, {}) if isinstance(target, dict) else None
        if isinstance(target, dict):
            target.setdefault(last, value)
    return _with_lists(root)


def person_of(path: str) -> str | None:
    """The payload's id of the person that a path is about, or None. str → str | None."""
    parts = path.split(".")
    return parts[1] if parts[0] == "people" and len(parts) > 2 else None


def of_person(values: Values, local_id: str) -> Values:
    """{path below the person: value} of one person. dict, str → dict."""
    prefix = f"people.{local_id}."
    return {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}


def by_person(values: Values) -> dict[str, Values]:
    """{payload's person id: {path below the person: value}}, in order of appearance. dict → dict."""
    found: dict[str, Values] = {}
    for path, value in values.items():
        section, _, rest = path.partition(".")
        local_id, _, below = rest.partition(".")
        if section == "people" and below:
            found.setdefault(local_id, {})[below] = value
    return found


def people(values: Values) -> list[str]:
    """The payload's person ids, in order of appearance. dict → list of str."""
    return list(dict.fromkeys(person for path in values if (person := person_of(path))))


def name_of(values: Values, local_id: str) -> str:
    """A person's name as it is spoken, the nickname where nothing else is known, "—" without any. dict, str → str."""
    return full_name(of_person(values, local_id))


def full_name(own: Values) -> str:
    """The same of one person's own values, {path below the person: value} → str."""
    first = own.get("first_name", "")
    name = f"{own.get('title', '')}{first} {own.get('last_name', '')}".strip() if first else own.get("nickname")
    return name or "—"


def is_health(path: str) -> bool:
    """Whether a value is sensitive (PDPA s.26): health and the consent to keep it."""
    parts = path.split(".")
    return len(parts) > 3 and parts[0] == "people" and parts[2] in ("health", "consent")


def _has_items(value: object, name: str) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get(name), str) and item[name] for item in value)
    )


def _is_empty(value: object) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _with_lists(section: dict[str, Any]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, value in section.items():
        if not isinstance(value, dict) or key in WHOLE:
            built[key] = value
        elif key in ITEM_NAMES:
            built[key] = [{ITEM_NAMES[key]: name} | _with_lists(item) for name, item in value.items()]
        else:
            built[key] = _with_lists(value)
    return built
