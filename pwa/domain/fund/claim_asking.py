"""What a claim's form asks for each benefit of a fund: only what its regulation needs, and which papers it wants to see.

Nothing here is about anybody: it is public as the regulation is, and so may lie in a page that phones keep.
"""

import uuid
from dataclasses import dataclass
from itertools import chain

from pwa.domain.fund import versions
from pwa.domain.fund.terms import Benefit, Compared, FactKind, Node, Version

ITEMS = uuid.UUID("5b0c1e0e-6f0a-4f6e-9a55-3c6f1f1a7c11")
"""The namespace of the ids by which a form knows the items of its lists: a fact by its name, a paper by its own."""
WHOM = {"birth": "child", "delivery": "child", "disaster": "household"}
"""To whom an event happens where the regulation does not say; to the member otherwise."""
PAPERS = {
    "birth": ("สูติบัตร",),
    "delivery": ("สูติบัตร",),
    "stay": ("ใบรับรองแพทย์",),
    "illness": ("ใบรับรองแพทย์",),
    "death": ("ใบมรณบัตร",),
    "funeral": ("ใบมรณบัตร",),
    "study": ("ใบแสดงผลการเรียน",),
    "disability": ("บัตรประจำตัวคนพิการ",),
    "disaster": ("ภาพถ่าย", "คำรับรองของผู้ใหญ่บ้าน"),
}
"""What funds usually want to see, where the regulation names no paper."""
PAYEE = "member"


@dataclass(frozen=True)
class Asked:
    """`unit`: what is counted, "" for nothing; nights are counted from the two days of a stay. Papers and facts have the ids of their items."""

    fund: str
    benefit: Benefit
    subjects: tuple[str, ...]
    payees: tuple[str, ...]
    unit: str
    facts: tuple[tuple[uuid.UUID, FactKind], ...]
    papers: tuple[tuple[uuid.UUID, str], ...]

    @property
    def code(self) -> str:
        """How the form names the benefit: fund and benefit."""
        return f"{self.fund}.{self.benefit.code}"


def of(fund):
    """[Asked] of every benefit that a version of the fund's regulation gives on some day, each as its last version has it."""
    found = {}
    for version in versions.effective(fund):
        found |= {code: (version, benefit) for code, benefit in version.benefits.items()}
    return [_asked(fund.code, version, benefit) for version, benefit in found.values()]


def scale(fact: FactKind) -> int:
    """How many of what is stored make one of what is typed: satang of a baht, hundredths of a grade."""
    return 100 if fact.kind == "money" else 10**fact.decimals


def item(name: str) -> uuid.UUID:
    """The id of the item about a fact or a paper; phones work out the same."""
    return uuid.uuid5(ITEMS, name)


def _asked(fund: str, version: Version, benefit: Benefit) -> Asked:
    named = dict.fromkeys(_named([*benefit.conditions, *chain(*(clause.when for clause in benefit.clauses))]))
    named |= dict.fromkeys(part.of for clause in benefit.clauses for part in clause.parts if part.of)
    papers = PAPERS.get(benefit.event, ()) if benefit.evidence is None else benefit.evidence
    return Asked(
        fund=fund,
        benefit=benefit,
        subjects=benefit.subjects or (WHOM.get(benefit.event, PAYEE),),
        payees=benefit.payees or (PAYEE,),
        unit=_unit(benefit),
        facts=tuple((item(name), version.facts[name]) for name in named if name in version.facts),
        papers=tuple((item(paper), paper) for paper in papers),
    )


def _unit(benefit: Benefit) -> str:
    if benefit.per == "child":
        return "child"
    units = [part.unit or "item" for clause in benefit.clauses for part in clause.parts if part.kind == "per_unit"]
    return next((unit for unit in units if unit != "night" or benefit.event != "stay"), "")


def _named(nodes: list[Node]):
    for node in nodes:
        if isinstance(node, Compared):
            yield node.fact
        else:
            yield from _named(list(node.parts))
