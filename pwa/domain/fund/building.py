"""A document that fits the schema becomes a version, or says what in it points nowhere: a day, a fact, a benefit, a circle.

Every fault is found before one is told, so that whoever mends a document reads them once.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pwa.domain import N_
from pwa.domain.fund import document_parts as parts
from pwa.domain.fund import nodes, silences
from pwa.domain.fund.documents import Faulty, Path_, place
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import NONE, Benefit, Clause, Split, Version

NO_DAY = N_("%(place)s: there is no day %(given)s.")
BUDDHIST = N_("%(place)s: %(given)s looks like a Buddhist year. Write the Christian one: %(year)s.")
TWICE = N_("%(place)s: “%(name)s” stands here twice.")
UNKNOWN = N_("%(place)s: there is no “%(name)s” in this document.")
NEEDS = N_("%(place)s: an amount of this kind needs “%(name)s”.")
NOT_MONEY = N_("%(place)s: “%(name)s” is no fact of money.")
NO_NIGHTS = N_("%(place)s: nights of a stay can be told apart only where years are, so not with 12 months back.")
NEEDED = {
    "fixed": ("satang",),
    "per_unit": ("satang", "unit"),
    "percent": ("of", "share", "max_satang"),
    "discretionary": ("max_satang",),
    "in_kind": ("item", "count"),
}


class Builder:
    """Builds one document and collects its faults."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.faults: list[Sentence] = []
        self.paths: list[Path_] = []

    def fault(self, message: str, *path: str | int, **values: Any) -> None:
        self.faults.append(Sentence(message, {"place": place(self.document, path), **values}))
        self.paths.append(path)

    def day(self, given: str | None, *path: str | int) -> date | None:
        if given is None:
            return None
        if int(given[:4]) >= 2400:
            self.fault(BUDDHIST, *path, given=given, year=f"{int(given[:4]) - 543}{given[4:]}")
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            self.fault(NO_DAY, *path, given=given)
            return None

    def version(self) -> Version:
        """The version. Faulty with every fault of the document."""
        it = self.document
        facts = {name: parts.fact(name, one) for name, one in it.get("facts", {}).items()}
        reader = nodes.Reader(self, it.get("shared", {}), facts)
        self.named("pots")
        self.named("benefits")
        resolution = it.get("resolution")
        if resolution:
            self.day(resolution["on"], "resolution", "on")
        benefits = {one["code"]: self.benefit(one, ("benefits", at), reader) for at, one in enumerate(it["benefits"])}
        self.toward(benefits)
        version = Version(
            regulation=it["code"],
            name=it["name"],
            version=it["version"],
            official=it["official"],
            example=it.get("example", False),
            in_force_from=self.day(it.get("in_force_from"), "in_force_from"),
            replaces=it.get("replaces"),
            source=it["source"],
            resolution=resolution,
            settings=parts.settings(it["settings"]),
            pots={one["code"]: one["name"] for one in it.get("pots", ())},
            splits=tuple(self.splits()),
            cut_over_on=self.day(it.get("cut_over_on"), "cut_over_on"),
            facts=facts,
            benefits=benefits,
            questions=tuple(it.get("questions", ())),
        )
        if self.faults:
            raise Faulty(self.faults, self.paths)
        return version

    def named(self, field: str) -> None:
        seen: set[str] = set()
        for at, one in enumerate(self.document.get(field, ())):
            if one["code"] in seen:
                self.fault(TWICE, field, at, "code", name=one["code"])
            seen.add(one["code"])

    def splits(self) -> Iterator[Split]:
        pots = {one["code"] for one in self.document.get("pots", ())}
        for at, one in enumerate(self.document.get("splits", ())):
            for name in {*(part["pot"] for part in one["pots"]), one["remainder_pot"]} - pots:
                self.fault(UNKNOWN, "splits", at, "pots", name=name)
            yield Split(one["income"], tuple((p["pot"], p["share"]) for p in one["pots"]), one["remainder_pot"])

    def benefit(self, it: Mapping[str, Any], path: Path_, reader: nodes.Reader) -> Benefit:
        settings = self.document["settings"]
        self.look_at(it, path)
        conditions, caps = it.get("conditions"), it.get("caps")
        return Benefit(
            code=it["code"],
            name=it["name"],
            category=it["category"],
            clause=it["clause"],
            event=it["event"],
            anyone=it.get("to") == "anyone",
            subjects=parts.several(it.get("subjects")),
            payees=parts.several(it.get("payees")),
            judged=it.get("judged", {}),
            waiting=parts.rule(it.get("waiting", settings.get("waiting"))),
            window=parts.rule(it.get("window", settings.get("window"))),
            conditions=tuple(reader.all([] if conditions in (None, NONE) else conditions, (*path, "conditions"))),
            clauses=tuple(
                self.clause(one, (*path, "clauses", at), reader, it["code"]) for at, one in enumerate(it["clauses"])
            ),
            ordered=it.get("order") == "first",
            caps=() if caps in (None, NONE) else tuple(parts.cap(one) for one in caps),
            per=it.get("per", "event"),
            once=it.get("once"),
            period=it.get("period"),
            by_night=it.get("across_periods") == "by_night",
            evidence=() if it.get("evidence") == NONE else parts.several(it.get("evidence")),
            pot=it.get("pot"),
            when_short=it.get("when_short"),
            service_days=it.get("service_days", settings.get("service_days")),
            ends_membership=it.get("ends_membership", False),
            reduced=parts.reduced(it.get("arrears_reduce")),
            recurs=it.get("recurs"),
            deducts_arrears=it.get("deducts_arrears", False),
            unsaid=silences.of(it, settings),
        )

    def look_at(self, it: Mapping[str, Any], path: Path_) -> None:
        """What a benefit names and cannot name."""
        pots = {one["code"] for one in self.document.get("pots", ())}
        if it.get("pot") and it["pot"] not in pots:
            self.fault(UNKNOWN, *path, "pot", name=it["pot"])
        if it.get("period") == "rolling" and it.get("across_periods") == "by_night":
            self.fault(NO_NIGHTS, *path, "across_periods")

    def clause(self, it: Mapping[str, Any], path: Path_, reader: nodes.Reader, benefit: str) -> Clause:
        for at, one in enumerate(it["amounts"]):
            here = (*path, "amounts", at)
            for name in (name for name in NEEDED.get(one["type"], ()) if name not in one):
                self.fault(NEEDS, *here, name=name)
            fact = reader.facts.get(one.get("of", ""))
            if one.get("of") and (fact is None or fact.kind != "money"):
                self.fault(NOT_MONEY, *here, "of", name=one["of"])
        amounts = tuple(parts.part(one, benefit) for one in it["amounts"])
        return Clause(it["clause"], tuple(reader.all(it.get("when", ()), (*path, "when"))), amounts)

    def toward(self, benefits: Mapping[str, Benefit]) -> None:
        """What counts toward another benefit's caps names one, and never leads back."""
        leads = {code: {part.counts_toward for c in one.clauses for part in c.parts} for code, one in benefits.items()}
        for at, code in enumerate(self.document["benefits"]):
            for name in sorted(leads[code["code"]] - benefits.keys()):
                self.fault(UNKNOWN, "benefits", at, "clauses", name=name)
            if trail := _back(code["code"], leads):
                self.fault(nodes.CIRCLE, "benefits", at, "clauses", name=" → ".join(trail))


def _back(start: str, leads: Mapping[str, set[str]]) -> list[str]:
    """The way from a benefit over others back to itself; [] when there is none."""
    waiting = [[start, step] for step in sorted(leads[start] - {start})]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop()
        if trail[-1] == start:
            return trail
        if trail[-1] not in seen:
            seen.add(trail[-1])
            waiting += [[*trail, step] for step in sorted(leads.get(trail[-1], set()) - {trail[-1]})]
    return []
