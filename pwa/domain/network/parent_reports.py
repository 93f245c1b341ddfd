"""The report of a network or province: the sum of what it accepted of its children for a month."""

from pwa.domain import N_, Refusal
from pwa.domain.network import certifying, figures, month_members, parents, receiving, reports
from pwa.domain.places import units

NOBODY = N_("No report of %(period)s was accepted for %(unit)s yet.")
LEVELS = {"province": "province"}


def make(code, period, *, at, today, restate=""):
    """The State of the report of a unit (its code): the signed one, the draft as it stands, or a new draft. Raises Refusal, NotFound."""
    unit = units.get(code)

    def computed(restates):
        children = receiving.accepted(code, period)
        if not children:
            raise Refusal(NOBODY, period=period, unit=code)
        of = len(receiving.children(code, period))
        cuts, groups, cells = parents.summed(children, of)
        known = next(
            (cell["n"] for cell in cells if (cell["figure"], cell["by"]) == ("members", {}) and "n" in cell), 0
        )
        level = LEVELS.get(unit.kind, "network")
        header = reports.head(
            code,
            unit.name,
            period,
            at=at,
            parent=units.reports_to(unit, month_members.days_of(period)[1]),
            level=level,
            size=figures.size_class(known),
        )
        header |= {"children": parents.named(children), "cuts": cuts, "groups": groups}
        header |= {"keys": certifying.told_by(code, [child.unit for child in children])}
        header |= {"dictionary": figures.dictionary(cuts), "position": {}, "restates": restates}
        return header, cells, {"header": header, "cells": {}, "small": [], "of": of}

    return reports.keep(code, period, computed, at=at, today=today, restate=restate)
