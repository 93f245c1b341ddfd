"""What keeps a typed regulation from being put in force, each fault at its place: the same reasons by which publishing refuses it.

A place is the path in the document; a form shows the sentence at the field that stands there, or at the nearest one above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pwa.domain import N_
from pwa.domain.fund import building, documents, publishing, rule_parts, typed_rules
from pwa.domain.fund.documents import Faulty, Path_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import Version

SHARES = N_("The shares make %(sum)s percent together, not 100.")


@dataclass(frozen=True)
class Checked:
    """A tree that was typed, looked through: its document, the version where it can be read as one, and {path: [sentence]}."""

    document: dict[str, Any]
    version: Version | None
    faults: dict[Path_, list[Sentence]]

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def under(self, *path: str | int) -> dict[Path_, list[Sentence]]:
        """The faults at a path and below it."""
        return {where: told for where, told in self.faults.items() if where[: len(path)] == path}

    def count(self, *path: str | int) -> int:
        return sum(map(len, self.under(*path).values()))


def check(tree: Any) -> Checked:
    """Look through what was typed. What cannot be read at all hides what the schema would say of it."""
    document, problems = typed_rules.read(tree)
    faults: dict[Path_, list[Sentence]] = {path: [told] for path, told in problems.items()}
    version = None
    try:
        version = building.Builder(documents.read(document)[0]).version()
    except Faulty as no:
        for path, told in zip(no.paths, no.faults, strict=True):
            if path not in problems:
                faults.setdefault(path, []).append(_short(told))
    for path, told in publishing.located(version) if version else _of_the_rest(document, faults):
        faults.setdefault(path, []).append(_plain(told, document))
    return Checked(document, version, faults)


def _of_the_rest(document: dict[str, Any], faults: dict[Path_, list[Sentence]]) -> Iterator[tuple[Path_, Sentence]]:
    """What publishing says of the benefits and splits that can be read, while others cannot."""
    wrong = {path[1] for path in faults if path[:1] == ("benefits",) and len(path) > 1}
    kept = [at for at in range(len(document.get("benefits") or ())) if at not in wrong]
    settings = {key: one for key, one in (document.get("settings") or {}).items() if key != "urgent"}
    rest = document | {"benefits": [document["benefits"][at] for at in kept], "settings": settings}
    try:
        version = building.Builder(documents.read(rest)[0]).version()
    except Faulty:
        return
    for path, told in publishing.located(version):
        yield (("benefits", kept[int(path[1])], *path[2:]) if path[0] == "benefits" else path), told


def _plain(told: Sentence, document: dict[str, Any]) -> Sentence:
    """The sentence with names in place of codes."""
    if told.msgid == publishing.SPLIT:
        whole, part = divmod(int(told.values["sum"]), 100)
        return Sentence(SHARES, {"sum": f"{whole}.{part:02d}"})
    names = {one.get("code"): one.get("name") for one in document.get("benefits") or ()}
    values = dict(told.values)
    if values.get("benefit") in names:
        values["benefit"] = names[values["benefit"]]
    return Sentence(told.msgid, values)


def alone(tree: Any, at: int) -> Version | None:
    """The version with one benefit alone, and those that its parts count toward: it can be tried out while others are not whole."""
    benefits = tree.get("benefits") or []
    named = {
        part.get("counts_toward") for one in benefits[at].get("clauses") or () for part in one.get("amounts") or ()
    }
    kept = [one for n, one in enumerate(benefits) if n == at or one.get("code") in named]
    settings = {key: one for key, one in (tree.get("settings") or {}).items() if key != "urgent"}
    return check(tree | {"benefits": kept, "settings": settings}).version


def _short(told: Sentence) -> Sentence:
    """The sentence with the last part of its place only: it is shown where the rest is plain. A field that is missing is named in Thai."""
    values = dict(told.values)
    if isinstance(values.get("place"), str):
        values["place"] = values["place"].rpartition(" › ")[2]
    if values.get("name"):
        values["name"] = _titles().get(str(values["name"]), values["name"])
    return Sentence(told.msgid, values)


def _titles() -> dict[str, str]:
    """{field: its title in the schema}, of all groups; where several share a name the first one's."""
    found: dict[str, str] = {}
    for group in (rule_parts.top(), *documents.schema()["$defs"].values()):
        for name, part in group.get("properties", {}).items():
            found.setdefault(name, str(rule_parts.followed(part).get("title", name)))
    return found
