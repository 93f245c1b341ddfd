"""What a form of a draft said, as a part of the typed tree: the other way of rule_fields. What no field asked stays as it was."""

from pwa.domain.fund import rule_parts, rule_shapes, typed_rules

WHAT = ("fact", "all", "any", "see")
ANY = "some"
"""What an "any of" is called that nobody named."""


def read(form, path, before):
    """The part at a path of the typed tree as the form says it; `before` is what stood there. "" where nothing does."""
    part = rule_parts.top()
    for step in path:
        part = rule_parts.below(part, step)
    return _any(form, ".".join(map(str, path)), part, path[-1], before)


def _any(form, name, part, key, before):
    kind = rule_parts.kind(part, key)
    if not _asked(form, name):
        return before
    if rule_parts.may_be_none(part):
        said = form.get(f"{name}:said", "said")
        if said == typed_rules.NONE:
            return typed_rules.NONE
        if not said and before not in ("", None):
            return ""
    before = "" if before == typed_rules.NONE else before
    readers = {"group": _group, "list": _list, "map": _map, "condition": _condition, "value": _value}
    return readers.get(kind, _leaf)(form, name, part, before)


def _asked(form, name):
    return any(one == name or one.startswith((f"{name}.", f"{name}:")) for one in form)


def _leaf(form, name, part, before):
    text = form.get(name, "").replace("\r\n", "\n")
    return None if not text.strip() and f"{name}:unpublished" in form else text


def _value(form, name, part, before):
    if f"{name}.n" in form:
        told = {key: form.get(f"{name}.{key}", "") for key in ("n", "unit")}
        return told if told["n"] else None if f"{name}:unpublished" in form else told
    text = ", ".join(one for one in form.getlist(name) if one)
    return None if not text and f"{name}:unpublished" in form else text


def _group(form, name, part, before):
    before = before or {}
    found = {
        key: _any(form, f"{name}.{key}", rule_parts.followed(below), key, before.get(key, ""))
        for key, below in part["properties"].items()
    }
    order = [*before, *(key for key in found if key not in before)]
    kept = {key: found.get(key, before.get(key)) for key in order if key in before or found[key] != ""}
    required = part.get("required", ())
    kept = {key: one for key, one in kept.items() if one != "" or key in required}
    return kept if any(one not in ("", [], {}) for one in kept.values()) else ""


def _list(form, name, part, before):
    below = rule_parts.below(part, 0)
    if rule_parts.kind(below) in ("text", "choice"):
        lines = [line for text in form.getlist(name) for line in text.replace("\r\n", "\n").split("\n")]
        return [line for line in lines if line.strip()] or ""
    before = before if isinstance(before, list) else []
    count = _count(form, name)
    items = [_any(form, f"{name}.{at}", below, at, before[at] if at < len(before) else "") for at in range(count)]
    gone = form.get("remove", "")
    items = [one if one != "" else {} for at, one in enumerate(items) if gone != f"{name}.{at}"]
    if form.get("add") == name:
        items.append(rule_shapes.item(_where(name), items))
    return items or ""


def _map(form, name, part, before):
    found, before = [], before if isinstance(before, list) else []
    for at in range(_count(form, name)):
        if form.get("remove") != f"{name}.{at}":
            key = form.get(f"{name}.{at}.name", "").strip()
            was = before[at]["value"] if at < len(before) else ""
            value = _any(form, f"{name}.{at}.value", rule_parts.below(part, key), key, was)
            found.append({"name": key, "value": value})
    if form.get("add") == name:
        below = rule_parts.below(part, "x")
        blank = {key: "" for key in below.get("required", ())} if rule_parts.kind(below) == "group" else ""
        blank = {"fact": "", "is": "", "value": "", "clause": ""} if rule_parts.kind(below) == "condition" else blank
        found.append({"name": rule_shapes.free("x", [one["name"] for one in found]).replace("-", ""), "value": blank})
    return found or ""


def _condition(form, name, part, before):
    before = before if isinstance(before, dict) else {}
    was = next((key for key in WHAT if key in before), "fact")
    what = form.get(f"{name}.what", was)
    names = {"fact": ("fact", "is", "value", "clause"), "see": ("see",)}.get(what, (what, "clause"))
    found = {key: _any(form, f"{name}.{key}", rule_parts.below(part, key), key, before.get(key, "")) for key in names}
    if what == "any":
        found["name"] = before.get("name") or ANY
    if what in ("all", "any") and not found[what]:
        found[what] = [rule_shapes.item(("benefits", 0, "conditions"), [])]
    order = [*(key for key in before if key in found), *(key for key in found if key not in before)]
    return {key: found[key] for key in order}


def _count(form, name):
    told = form.get(f"{name}:n", "")
    return min(int(told), 300) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def _where(name):
    """The path in the document, as far as what begins there depends on it: entries of a map are all alike."""
    steps = [int(one) if one.isdigit() else one for one in name.split(".")]
    return tuple(
        "x" if one == "value" and at > 1 and isinstance(steps[at - 1], int) else one
        for at, one in enumerate(steps)
        if not (isinstance(one, int) and at + 1 < len(steps) and steps[at + 1] == "value")
    )
