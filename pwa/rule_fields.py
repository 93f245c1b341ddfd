"""A part of a draft as fields to fill in, made from the schema: what stands there as it was typed, and at each place what is wrong with it.

Names of fields are paths of the typed tree, joined by dots.
"""

import re
from dataclasses import dataclass, field

from pwa.domain.fund import nodes, rule_parts, typed_rules
from pwa.i18n import gettext as _
from pwa.rule_words import FACTS, INCOME, PEOPLE, WORDS

LONG = 1000
"""Texts that may be longer get a field of several lines."""
LATIN = re.compile("[A-Za-z]")
MODES = {"money": "decimal", "share": "decimal", "number": "numeric"}
DEEPEST = 2
"""So many conditions in each other can be begun; deeper ones of a document are shown and kept."""
CHECKED = ("subjects", "payees")


@dataclass
class Field:
    """`kind`: input, area, select, checks, group, list, map. `state` of what may be silent: "", none or said; None where it may not.

    `unpublished`: whether the number is said to be not published; None where that cannot be.
    """

    name: str
    kind: str
    label: str
    value: object = ""
    hint: str = ""
    mode: str = ""
    options: list = field(default_factory=list)
    state: str | None = None
    unpublished: bool | None = None
    faults: list = field(default_factory=list)
    children: list = field(default_factory=list)
    adds: bool = True

    @property
    def is_wrong(self):
        return bool(self.faults) or any(one.is_wrong for one in self.children)


class Fields:
    """The fields of one draft: `checked` says what is wrong where."""

    def __init__(self, tree, checked):
        self.tree, self.faults = tree, dict(checked.faults)
        self.facts = typed_rules.facts_of(tree)

    def of(self, path):
        """The field at a path of the typed tree, and everything below it."""
        value, where, part = self.tree, (), rule_parts.top()
        for step in path:
            value = value[step] if has(value, step) else None if isinstance(step, int) else ""
            part, where = rule_parts.below(part, step), (*where, step)
        return self.field(path, where, part, value)

    def field(self, path, where, part, value, depth=0):
        name, kind = path[-1], rule_parts.kind(part, path[-1])
        made = Field(".".join(map(str, path)), kind, label(part, kind, name), hint=hint(part))
        made.faults = self.faults.get(where, [])
        if rule_parts.may_be_none(part):
            made.state = "none" if value == typed_rules.NONE else "said" if value else ""
            value = "" if value == typed_rules.NONE else value
        if rule_parts.may_be_unpublished(part) and kind != "value":
            made.unpublished = value is None
        made.value = "" if value is None else value
        shown = getattr(self, kind, None) or self.choice_of(name, part)
        shown(made, path, where, part, depth) if shown else self.plain(made, part)
        return made

    def plain(self, made, part):
        made.mode = MODES.get(made.kind, "")
        made.kind = "area" if part.get("maxLength", 0) >= LONG else "input"

    def group(self, made, path, where, part, depth):
        told = made.value or {}
        for key, below in part["properties"].items():
            if rule_parts.kind(rule_parts.followed(below), key) != "const":
                made.children.append(
                    self.field((*path, key), (*where, key), rule_parts.followed(below), told.get(key, ""), depth)
                )

    def list(self, made, path, where, part, depth):
        items, below = made.value or [], rule_parts.below(part, 0)
        kind = rule_parts.kind(below, path[-1])
        if kind in ("text", "choice") or not below:
            return self.several(made, path, where, items, below)
        for at, one in enumerate(items):
            inner = self.field((*path, at), (*where, at), below, one, depth + 1)
            inner.label = f"{below.get('title', '')} {at + 1}".strip()
            made.children.append(inner)
        return None

    def several(self, made, path, where, items, below):
        """A list of words: known ones to be ticked, others a line each."""
        known = self.known(path[-1], below)
        made.faults = [*made.faults, *(told for at in range(len(items)) for told in self.faults.get((*where, at), []))]
        if known is None:
            made.kind, made.value = "area", "\n".join(items)
            made.hint = made.hint or _("One a line")
        else:
            others = [one for one in items if one not in dict(known)]
            made.kind, made.value, made.options = "checks", items, [*known, *((one, one) for one in others)]

    def map(self, made, path, where, part, depth):
        for at, one in enumerate(made.value or []):
            below, key = rule_parts.below(part, one["name"]), one["name"]
            here = (*path, at, "value")
            inner = Field(".".join(map(str, (*path, at))), "group", f"{below.get('title', '')} {at + 1}")
            title = Field(f"{inner.name}.name", "input", _("Short name in Latin letters"), key)
            told = self.field(here, (*where, key), below, one["value"], depth)
            inner.children = [title, *(told.children if told.kind == "group" else [told])]
            inner.faults = told.faults if told.kind == "group" else []
            made.children.append(inner)

    def condition(self, made, path, where, part, depth):
        told, kinds = made.value or {}, ("fact", "all", "any", "see")
        what = next((key for key in kinds if key in told), "fact")
        offered = kinds if depth <= 1 else ("fact", "see")
        options = [(key, _(WORDS[key])) for key in dict.fromkeys((*offered, what))]
        made.kind = "group"
        made.children = [Field(f"{made.name}.what", "select", _("Condition"), what, options=options)]
        names = {"fact": ("fact", "is", "value", "clause"), "see": ("see",)}.get(what, (what, "clause"))
        for key in names:
            below = rule_parts.below(part, key)
            inner = self.field((*path, key), (*where, key), below, told.get(key, ""), depth)
            inner.adds = depth < DEEPEST
            made.children.append(inner)

    def value(self, made, path, where, part, depth):
        """What the fact is compared with, asked in the fact's own kind."""
        condition = self.tree
        for step in path[:-1]:
            condition = condition[step]
        fact, several = condition.get("fact", ""), condition.get("is") == "one_of"
        made.unpublished = condition.get("value", "") is None
        choices = self.answers(fact)
        if self.facts.get(fact) == "tenure":
            told = made.value if isinstance(made.value, dict) else {}
            made.kind = "group"
            for key in ("n", "unit"):
                below = rule_parts.below(rule_parts.followed({"$ref": "#/$defs/span"}), key)
                made.children.append(self.field((*path, key), (*where, key), below, told.get(key, "")))
        elif choices is not None:
            given = made.value if isinstance(made.value, str) else ""
            made.kind, made.options = ("checks" if several else "select"), choices
            made.value = [one.strip() for one in given.split(",")] if several else given
        else:
            made.value = made.value if isinstance(made.value, str) else ""
            made.kind, made.mode = "input", "decimal"

    def answers(self, fact):
        """[(code, words)] of the answers to a fact; None where it is a number."""
        if fact in ("sex", "subject"):
            return [(key, _(WORDS[key])) for key in (("f", "m") if fact == "sex" else PEOPLE)]
        if self.facts.get(fact) == "yes_no":
            return [(key, _(WORDS[key])) for key in ("yes", "no")]
        if self.facts.get(fact) != "choice":
            return None
        said = next(one["value"] for one in self.tree.get("facts") or () if one["name"] == fact)
        return [(one["name"], one["value"]) for one in said.get("choices") or ()]

    def choice_of(self, name, part):
        """How a choice is shown, where the place is one."""
        known = self.known(name, part)
        if known is None:
            return None

        def shown(made, path, *_more):
            others = [] if made.value in ("", *dict(known)) else [(made.value, str(made.value))]
            words = INCOME if path[-1] == "income" else {}
            made.kind = "select"
            made.options = [
                ("", "—"),
                *((key, _(words[key]) if key in words else text) for key, text in known),
                *others,
            ]

        return shown

    def known(self, name, part):
        """[(code, words)] of what may stand in a place that takes one of several; None where anything may."""
        if "enum" in part:
            return [(key, _(WORDS[key])) for key in part["enum"]]
        if rule_parts.kind(part, name) == "yes_no":
            return [(key, _(WORDS[key])) for key in ("yes", "no")]
        named = {"pot": "pots", "remainder_pot": "pots", "benefits": "benefits", "counts_toward": "benefits"}
        if name in named:
            return [(one.get("code", ""), one.get("name", "")) for one in self.tree.get(named[name]) or ()]
        if name in CHECKED:
            return [(key, _(WORDS[key])) for key in PEOPLE]
        if name in ("fact", "of"):
            return self.facts_for(name)
        return [(one["name"], one["name"]) for one in self.tree.get("shared") or ()] if name == "see" else None

    def facts_for(self, name):
        said = [(one["name"], one["value"]) for one in self.tree.get("facts") or ()]
        own = [(key, _((WORDS | FACTS)[key])) for key in nodes.BUILT_IN] if name == "fact" else []
        return own + [
            (key, one.get("title") or key) for key, one in said if name == "fact" or one.get("type") == "money"
        ]


def label(part, kind, name):
    """The title of a place; sums are asked in baht, and shares in percent."""
    title = str(part.get("title", name))
    if kind in ("money", "share"):
        return re.sub(r"\([^)]*\)", _("(baht)") if kind == "money" else _("(percent)"), title)
    return title


def hint(part):
    """What the schema says of a place, where it is for people and not for programs."""
    told = str(part.get("description", ""))
    return "" if LATIN.search(told) else told


def has(value, step):
    return (
        step < len(value)
        if isinstance(value, list) and isinstance(step, int)
        else isinstance(value, dict) and step in value
    )
