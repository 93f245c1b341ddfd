"""A regulation's document as it came: strict JSON that fits the published schema, or every fault with its place in words.

No number with a point, no NaN, no name twice, nothing that the schema does not know; a document that is far too large is not even read.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from pwa.domain import N_, Refusal
from pwa.domain.fund.sentences import Sentence
from pwa.domain.text.characters import UNKEPT

FOLDER = Path(__file__).parents[2] / "rules"
FORM = "regulation@1"
LARGEST = 1_000_000
"""Bytes. The longest regulation that we know of is a twentieth of it."""
WHOLE = N_("%(place)s: a number must be whole (money in satang).")
TWICE = N_("%(place)s: “%(name)s” stands here twice.")
LETTERS = N_("%(place)s: these letters cannot be kept.")
KINDS = {
    "type": N_("%(place)s: this is not the kind of answer that belongs here."),
    "enum": N_("%(place)s: “%(given)s” is none of the answers that may stand here."),
    "const": N_("%(place)s: “%(given)s” is none of the answers that may stand here."),
    "required": N_("%(place)s: “%(name)s” is missing."),
    "dependentRequired": N_("%(place)s: “%(name)s” is missing."),
    "additionalProperties": N_("%(place)s: nobody knows a field “%(name)s”."),
    "propertyNames": N_("%(place)s: a name here has small Latin letters and digits."),
    "pattern": N_("%(place)s: “%(given)s” is not written as it must be here."),
    "minimum": N_("%(place)s: the number is too small."),
    "maximum": N_("%(place)s: the number is too large."),
    "maxLength": N_("%(place)s: the text is too long."),
    "minLength": N_("%(place)s: this is empty."),
    "minItems": N_("%(place)s: this is empty."),
    "maxItems": N_("%(place)s: there are too many."),
    "oneOf": N_("%(place)s: exactly one of “fact”, “all”, “any” and “see” belongs here."),
}
ODD = N_("%(place)s: this does not fit.")
OTHERS = {
    "large": N_("The document has more than %(most)s bytes, so it was not read."),
    "json": N_("The document cannot be read as JSON (line %(line)s)."),
    "empty": N_("The document holds no version of a regulation."),
}
Path_ = tuple[str | int, ...]


class Faulty(Refusal):
    """The document cannot be a regulation: all its faults, the first of them as the refusal's sentence; `paths` are where they stand."""

    def __init__(self, faults: list[Sentence], paths: list[Path_] | None = None) -> None:
        super().__init__(faults[0].msgid, **faults[0].values)
        self.faults = faults
        self.paths = paths or [()] * len(faults)


class _Odd:
    """A value that must not be there, left in its place so that the place can be told."""

    def __init__(self, message: str, **values: str) -> None:
        self.message, self.values = message, values


@cache
def schema() -> dict[str, Any]:
    """The published schema of a document."""
    read: dict[str, Any] = json.loads((FOLDER / f"{FORM}.json").read_text())
    return read


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def read(raw: bytes | str | Mapping[str, Any] | list[Any]) -> list[dict[str, Any]]:
    """The documents of all versions in `raw`, each fitting the schema. Faulty where one does not."""
    found: Any = _parsed(raw) if isinstance(raw, bytes | str) else raw
    documents: list[dict[str, Any]] = found if isinstance(found, list) else [found]
    if not documents:
        raise Faulty([Sentence(OTHERS["empty"])])
    faults = [fault for document in documents for fault in _faults(document)]
    if faults:
        raise Faulty([told for told, _ in faults], [path for _, path in faults])
    return documents


def place(document: Any, path: Path_) -> str:
    """Where a path leads, in the words of the schema: “สวัสดิการ death › ข้อที่ให้ 1 › จำนวนเงิน (สตางค์)”."""
    words: list[str] = []
    here, part = document, schema()
    for step in path:
        here = _inside(here, step)
        part = _followed(_below(part, step))
        if isinstance(step, int):
            named = here.get("code") or here.get("name") if isinstance(here, dict) else None
            words[-1:] = [f"{words[-1] if words else ''} {named if isinstance(named, str) else step + 1}".strip()]
        else:
            words.append(str(part.get("title", step)) if part else step)
    return " › ".join(words) if words else str(schema()["title"])


def _inside(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _below(part: dict[str, Any], step: str | int) -> dict[str, Any]:
    found = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
    if found is None and not isinstance(step, int) and isinstance(part.get("additionalProperties"), dict):
        return {"title": f"{part.get('title', '')} {step}".strip()} | _followed(part["additionalProperties"])
    return found or {}


def _followed(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    referred: dict[str, Any] = schema()["$defs"][part["$ref"].rpartition("/")[2]]
    return referred | {key: value for key, value in part.items() if key != "$ref"}


def _parsed(raw: bytes | str) -> Any:
    if len(raw) > LARGEST:
        raise Faulty([Sentence(OTHERS["large"], {"most": LARGEST})])
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        return json.loads(
            text,
            parse_float=lambda _: _Odd(WHOLE),
            parse_constant=lambda _: _Odd(WHOLE),
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError) as problem:
        raise Faulty([Sentence(OTHERS["json"], {"line": getattr(problem, "lineno", 1)})]) from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = _Odd(TWICE, name=name) if name in found else value
    return found


def _faults(document: Any) -> list[tuple[Sentence, Path_]]:
    """What is wrong before the schema is asked (which knows no such value), else what the schema says; each with its path."""
    try:
        odd = [
            (Sentence(one.message, {"place": place(document, path), **one.values}), path)
            for path, one in _odd(document)
        ]
        if odd:
            return odd
        told = {
            _sentence(document, error): tuple(error.instance_path)
            for error in sorted(_validator().iter_errors(document), key=lambda one: list(map(str, one.instance_path)))
        }
        return [(Sentence(message, dict(values)), path) for (message, values), path in told.items()]
    except (ValueError, RecursionError):
        return [(Sentence(KINDS["type"], {"place": place(None, ())}), ())]


def _sentence(document: Any, error: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    path = tuple(error.instance_path)
    given = _inside_all(document, path)
    name = getattr(error.kind, "property", None) or next(iter(getattr(error.kind, "unexpected", ())), "")
    message = KINDS.get(error.kind.name, ODD)
    shown = str(given)[:40] if isinstance(given, str | int) else ""
    return message, (("place", place(document, path)), ("given", shown), ("name", str(name)))


def _inside_all(here: Any, path: Path_) -> Any:
    for step in path:
        here = _inside(here, step)
    return here


def _odd(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, _Odd]]:
    if isinstance(value, _Odd):
        yield path, value
    elif isinstance(value, float):
        yield path, _Odd(WHOLE)
    elif isinstance(value, str) and UNKEPT.search(value):
        yield path, _Odd(LETTERS)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _odd(inner, (*path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _odd(inner, (*path, at))
