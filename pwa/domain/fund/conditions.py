"""Conditions of a document, judged: named facts compared with constants, in three values.

NO beats UNKNOWN where all must hold, YES beats UNKNOWN where any may. A number that the clause does not give stays unknown, and nobody
is asked for it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pwa.domain import N_
from pwa.domain.fund.answers import Condition
from pwa.domain.fund.asking import Asking
from pwa.domain.fund.case import NOT_TOLD, Fact
from pwa.domain.fund.membership import ASK, NEVER, tenure, who
from pwa.domain.fund.sentences import Partial, Said, Satang, Sentence
from pwa.domain.fund.terms import Compared, FactKind, Group, Node
from pwa.domain.text.dates import complete_on, latest_birth

UNGIVEN = Sentence(N_("the regulation does not give the number"))
SAYS = {
    "at_least": N_("%(fact)s: %(value)s or more"),
    "at_most": N_("%(fact)s: %(value)s at most"),
    "is": N_("%(fact)s: %(value)s"),
    "one_of": N_("%(fact)s: one of %(value)s"),
}
AGE = {"at_least": N_("Age %(n)s or more"), "at_most": N_("Age %(n)s at most"), "is": N_("Age %(n)s")}
AGE_UNGIVEN = Sentence(N_("The age that the clause is about"))
SEXES = {"f": Sentence(N_("female")), "m": Sentence(N_("male"))}
SEX, YES, NO = Sentence(N_("Sex")), Sentence(N_("yes")), Sentence(N_("no"))


def told(nodes: Iterable[Node], asking: Asking) -> Iterator[Condition]:
    """Each node as a condition; the parts of an "all of" stand for themselves."""
    for node in nodes:
        if isinstance(node, Group) and not node.any:
            yield from told(node.parts, asking)
        else:
            yield of(node, asking)


def of(node: Node, asking: Asking) -> Condition:
    if isinstance(node, Group):
        return _group(node, asking)
    if node.fact == "tenure" and node.published and node.op == "at_least":
        return tenure(asking, node.value, node.clause)
    if node.fact == "tenure":
        return _tenure_at_most(node, asking)
    if node.fact == "age":
        return age(asking, node)
    if node.fact in ("sex", "subject"):
        fact: Fact[Any] = asking.case.sex if node.fact == "sex" else asking.case.subject
        return _plain(node, node.fact, SEX if node.fact == "sex" else "subject", fact, None)
    kind = asking.version.facts[node.fact]
    return _plain(node, f"fact:{node.fact}", kind.title, asking.case.facts.get(node.fact, Fact()), kind)


def holds(op: str, given: Any, wanted: Any) -> bool:
    if op == "at_least":
        return bool(given >= wanted)
    if op == "at_most":
        return bool(given <= wanted)
    return given in wanted if op == "one_of" else bool(given == wanted)


def age(asking: Asking, node: Compared) -> Condition:
    """Whole years on the judged day; who knows only a year is as young as they can be."""
    fact = asking.case.born
    if not node.published:
        return Condition("age", None, AGE_UNGIVEN, node.clause, source=fact.source, remedy=UNGIVEN)
    says = Sentence(AGE[node.op], {"n": node.value})
    if fact.value is None:
        return Condition("age", None, says, node.clause, source=fact.source, remedy=ASK, asks=("born",))
    born, day = latest_birth(fact.value), asking.day("age")
    reached = complete_on(born, node.value, "year")
    passed = day >= reached if node.op == "at_least" else day < complete_on(born, node.value + 1, "year")
    if node.op == "is":
        passed = passed and day >= reached
    met_on = reached + (asking.on - day) if day < reached and not passed else None
    remedy = Sentence(N_("from %(day)s on"), {"day": met_on}) if met_on else NEVER
    shown = Sentence(N_("born %(born)s"), {"born": Partial(fact.value)})
    return Condition(
        "age", passed, says, node.clause, shown, fact.source, met_on, None if passed else remedy, on_birthday=True
    )


def _tenure_at_most(node: Compared, asking: Asking) -> Condition:
    if not node.published:
        says = Sentence(N_("The time of membership that the clause is about"))
        return Condition("tenure", None, says, node.clause, remedy=UNGIVEN)
    longer = tenure(asking, node.value, node.clause)
    says = Sentence(N_("A member for less than %(span)s"), {"span": node.value})
    passed = None if longer.passed is None else not longer.passed
    remedy = ASK if passed is None else None if passed else NEVER
    return longer._replace(says=says, passed=passed, met_on=None, remedy=remedy)


def _plain(node: Compared, code: str, title: Said, fact: Fact[Any], kind: FactKind | None) -> Condition:
    if not node.published:
        return Condition(
            code, None, Sentence(SAYS["is"], {"fact": title, "value": UNGIVEN}), node.clause, remedy=UNGIVEN
        )
    value = (
        [shown(one, node.fact, kind) for one in node.value]
        if node.op == "one_of"
        else shown(node.value, node.fact, kind)
    )
    says = Sentence(SAYS[node.op], {"fact": title, "value": value})
    if fact.value is None:
        return Condition(code, None, says, node.clause, source=fact.source or NOT_TOLD, remedy=ASK, asks=(node.fact,))
    passed = holds(node.op, fact.value, node.value)
    remedy = None if passed else NEVER
    return Condition(code, passed, says, node.clause, shown(fact.value, node.fact, kind), fact.source, remedy=remedy)


def shown(value: Any, name: str, kind: FactKind | None) -> Said:
    """A value of a fact as people read it."""
    if kind is None:
        return SEXES[value] if name == "sex" else who(value)
    if kind.kind == "yes_no":
        return YES if value else NO
    if kind.kind == "money":
        return Sentence("%(amount)s", {"amount": Satang(value)})
    if kind.kind == "choice":
        return (kind.choices or {}).get(value, str(value))
    whole, part = divmod(value, 10**kind.decimals)
    return f"{whole}.{part:0{kind.decimals}d}" if kind.decimals else str(whole)


def _group(node: Group, asking: Asking) -> Condition:
    parts = [of(part, asking) for part in node.parts]
    word = N_("One of: %(list)s") if node.any else N_("All of: %(list)s")
    passed = verdict([part.passed for part in parts], any_of=node.any)
    kept = [part for part in parts if part.passed is passed]
    met = [part.met_on for part in kept if part.met_on]
    met_on: date | None = None
    if passed is False and met and (node.any or len(met) == len(kept)):
        met_on = min(met) if node.any else max(met)
    sources: list[Said] = []
    for part in kept:
        sources += [part.source] if part.fact and part.source and part.source not in sources else []
    return Condition(
        code=f"fact:{node.name}" if node.any or not parts else parts[0].code,
        passed=passed,
        says=Sentence(word, {"list": [part.says for part in parts]}),
        clause=node.clause,
        fact=Sentence("%(list)s", {"list": [part.fact for part in kept if part.fact]}),
        source=Sentence("%(list)s", {"list": sources}),
        met_on=met_on,
        remedy=None if passed else next((part.remedy for part in kept if part.remedy), None),
        asks=tuple(dict.fromkeys(name for part in kept for name in part.asks)) if passed is None else (),
        on_birthday=any(part.on_birthday for part in kept),
        parts=tuple(parts),
    )


def verdict(values: list[bool | None], *, any_of: bool = False) -> bool | None:
    """Of all: NO, then UNKNOWN, then YES. Of any: YES, then UNKNOWN, then NO."""
    if any_of in values:
        return any_of
    return None if None in values else not any_of
