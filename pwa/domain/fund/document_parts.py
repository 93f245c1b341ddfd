"""The smaller parts of a document as terms: rules of time, amounts, caps, settings. They fit the schema already, so nothing is asked here."""

from collections.abc import Mapping, Sequence
from typing import Any

from pwa.domain.fund.sentences import Span
from pwa.domain.fund.terms import (
    NONE,
    UNPUBLISHED,
    Cap,
    FactKind,
    Part,
    Plan,
    Reduced,
    Row,
    Rule,
    Ruled,
    Settings,
    Then,
    Urgent,
)


def several(given: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(given)


def span(it: Mapping[str, Any]) -> Span:
    return Span(it["n"], it["unit"])


def rule(it: Mapping[str, Any] | str | None) -> Ruled:
    if it is None:
        return None
    return NONE if isinstance(it, str) else Rule(span(it), it["clause"])


def fact(name: str, it: Mapping[str, Any]) -> FactKind:
    decimals = 2 if it["type"] == "money" else it.get("decimals", 0)
    return FactKind(name, it["title"], it["type"], decimals, it.get("choices"), it.get("health", False))


def cap(it: Mapping[str, Any]) -> Cap:
    given = it.get("satang") if "satang" in it or "units" in it else UNPUBLISHED
    satang = UNPUBLISHED if "satang" in it and given is None else given
    return Cap(it["scope"], satang, it.get("units"), it["clause"])


def part(it: Mapping[str, Any], benefit: str) -> Part:
    then = it.get("then")
    most = it.get("max_satang")
    return Part(
        code=it["code"],
        kind=it["type"],
        satang=it.get("satang"),
        unit=it.get("unit"),
        rows=tuple(Row(span(row), row["satang"], row.get("age")) for row in it.get("rows", ())),
        then=Then(span(then["after"]), span(then["every"]), then["add_satang"], then["max_satang"]) if then else None,
        of=it.get("of"),
        share=it.get("share", 0),
        item=it.get("item", ""),
        count=it.get("count", 0),
        max_units=it.get("max_units"),
        max_satang=UNPUBLISHED if "max_satang" in it and most is None else most,
        min_units=it.get("min_units", 1),
        counts_toward=it.get("counts_toward", benefit),
    )


def reduced(it: Mapping[str, Any] | None) -> Reduced | None:
    return Reduced(it["after_days"], it["share"], it["clause"]) if it else None


def settings(it: Mapping[str, Any]) -> Settings:
    urgent = it.get("urgent")
    return Settings(
        grace=rule(it.get("grace")),
        lapse=rule(it.get("lapse")),
        cure=rule(it.get("cure")),
        waiting=rule(it.get("waiting")),
        window=rule(it.get("window")),
        paid_matters=it.get("paid_matters"),
        same_day_nights=it.get("same_day_nights"),
        restart=it.get("restart"),
        tenure_starts=it.get("tenure_starts"),
        keeps_rights=tuple(it.get("keeps_rights", ())),
        service_days=it.get("service_days"),
        quorum=it.get("quorum"),
        appeal_days=it.get("appeal_days"),
        administration_ceiling=it.get("administration_ceiling"),
        entry_fee_satang=it.get("entry_fee_satang"),
        urgent=Urgent(tuple(urgent["benefits"]), urgent["max_satang"], urgent["clause"]) if urgent else None,
        plans=tuple(
            Plan(one["code"], one["name"], one["amount_satang"], span(one), one.get("calendar", False))
            for one in it.get("plans", ())
        ),
    )
