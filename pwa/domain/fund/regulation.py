"""A fund's regulation: its versions read from documents, which of them an event's day picks, and what keeps one from being published."""

import itertools
from collections.abc import Mapping
from typing import Any

from pwa.domain import N_, Refusal
from pwa.domain.fund import building, documents, nodes, publishing
from pwa.domain.fund.case import Answerable
from pwa.domain.fund.documents import Faulty
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import FactKind, Regulation, Version

TWO_CODES = N_("The versions belong to different regulations: %(codes)s.")
SAME_START = N_("Two versions begin on the same day (%(day)s).")
SAME_NUMBER = N_("Two versions have the number %(version)s.")
ONE_OPEN = N_("Version %(version)s does not say from when it holds; only the first may leave that open.")
ORDER = N_("Version %(version)s begins before version %(earlier)s, which it follows.")
NO_ANSWER = N_("“%(value)s” is no answer to “%(fact)s”. Answers are: %(answers)s")
SHAPES = {"number": N_("a number such as 3 or 3.50"), "money": N_("baht, such as 500 or 500.50")}


def load(raw: bytes | str | Mapping[str, Any] | list[Any]) -> Regulation:
    """The regulation of one document, or of a list with one for each version. Faulty with every fault."""
    versions = [building.Builder(one).version() for one in documents.read(raw)]
    versions.sort(key=lambda one: one.version)
    faults = list(_between(versions))
    if faults:
        raise Faulty(faults)
    return Regulation(versions[0].regulation, tuple(versions))


def check(regulation: Regulation) -> list[Sentence]:
    """Every reason why it cannot be published; [] when it can."""
    return [fault for version in regulation.versions for fault in publishing.faults(version)]


def read_fact(version: Version, name: str, given: str) -> Answerable:
    """What somebody typed as the value of a fact. Refusal for no answer to it."""
    kind = version.facts[name]
    value: Answerable | None = None
    if kind.kind == "yes_no":
        value = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(given.lower())
    elif kind.kind == "choice":
        value = given if given in (kind.choices or {}) else None
    else:
        value = nodes.scaled(given, kind.decimals)
    if value is None:
        raise Refusal(NO_ANSWER, field=name, value=given, fact=kind.title, answers=answers(kind))
    return value


def answers(kind: FactKind) -> str | Sentence:
    """What may be answered, for whoever types it."""
    if kind.kind == "yes_no":
        return "yes, no"
    if kind.kind == "choice":
        return ", ".join(f"{value} ({title})" for value, title in (kind.choices or {}).items())
    return Sentence(SHAPES[kind.kind])


def _between(versions: list[Version]) -> list[Sentence]:
    """What several versions say against each other."""
    found = []
    codes = sorted({one.regulation for one in versions})
    if len(codes) > 1:
        found.append(Sentence(TWO_CODES, {"codes": ", ".join(codes)}))
    for earlier, one in itertools.pairwise(versions):
        if earlier.version == one.version:
            found.append(Sentence(SAME_NUMBER, {"version": one.version}))
        elif one.in_force_from is None:
            found.append(Sentence(ONE_OPEN, {"version": one.version}))
        elif earlier.in_force_from == one.in_force_from:
            found.append(Sentence(SAME_START, {"day": one.in_force_from}))
        elif earlier.in_force_from is not None and earlier.in_force_from > one.in_force_from:
            found.append(Sentence(ORDER, {"version": one.version, "earlier": earlier.version}))
    return found
