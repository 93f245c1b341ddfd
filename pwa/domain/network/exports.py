"""A report as other systems read it: a plain table, DHIS2's data values, a data package. Only what the file tells goes out. Pure."""

import hashlib
import json
import re
from typing import Any

from pwa.domain.network import figures
from pwa.domain.network.report_files import Report
from pwa.domain.network.report_shapes import Cell

HEADINGS = ("unit", "period", "figure", "cut", "group", "state", "n", "d", "known", "of", "why")
DATA_SET = "OMBUN"
DEFAULT = "default"
UPPER = re.compile(r"[^A-Z0-9]+")


def rows(report: Report) -> list[list[Any]]:
    """A row a cell, in the order of the file."""
    found = []
    for (figure, by), cell in report.cells.items():
        cut, group = by[0] if by else ("", "")
        n = 0 if cell["s"] == "zero" else cell.get("n", "")
        about = [cell.get(name, "") for name in ("d", "k", "of", "w")]
        found.append([report.unit, report.period, figure, cut, group, cell["s"], n, *about])
    return found


def dhis2(report: Report) -> dict[str, Any]:
    """A dataValueSet: values are strings, a zero is "0"; what is not a number is deleted there, and the comment says why."""
    period = report.period.replace("-", "")
    values = [
        {
            "dataElement": code(figure),
            "period": period,
            "orgUnit": report.unit,
            "categoryOptionCombo": option(by),
            "attributeOptionCombo": DEFAULT,
            **_value(cell),
        }
        for (figure, by), cell in report.cells.items()
    ]
    return {"dataSet": DATA_SET, "period": period, "orgUnit": report.unit, "dataValues": values}


def dhis2_metadata(report: Report) -> dict[str, Any]:
    """What DHIS2 has to know before: an element a figure, and the groups as option combinations."""
    elements = [
        {
            "code": code(figure),
            "name": figures.FIGURES[figure].name if figure in figures.FIGURES else figure,
            "shortName": figure[:50],
            "valueType": "INTEGER",
            "domainType": "AGGREGATE",
            "aggregationType": "SUM",
        }
        for figure in report.header["cuts"]
    ]
    combos = sorted({option(by) for _, by in report.cells} - {DEFAULT})
    return {"dataElements": elements, "categoryOptionCombos": [{"code": one, "name": one} for one in combos]}


def package(report: Report, table: bytes) -> dict[str, Any]:
    """The datapackage.json of a table of rows() as CSV."""
    fields = [{"name": name, "type": "integer" if name in ("n", "d", "known", "of") else "string"} for name in HEADINGS]
    resource = {
        "name": "cells",
        "path": "cells.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
    return {
        "name": f"ombun-{report.unit}-{report.period}".lower(),
        "title": f"{report.header['name']} {report.period}",
        "profile": "tabular-data-package",
        "ombun_report": report.sha256,
        "resources": [resource],
    }


def as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def code(figure: str) -> str:
    """A figure as DHIS2 names it: [A-Z0-9_]."""
    return UPPER.sub("_", figure.upper()).strip("_")


def option(by: tuple[tuple[str, str], ...]) -> str:
    """A group as DHIS2 names it, as AGE_60."""
    return "_".join(code(part) for pair in by for part in pair) if by else DEFAULT


def _value(cell: Cell) -> dict[str, Any]:
    if cell["s"] == "zero":
        return {"value": "0"}
    if cell["s"] == "value" and "d" not in cell:
        return {"value": str(cell["n"])}
    why = " ".join(f"{name}={cell[name]}" for name in ("w", "n", "d", "k", "of") if name in cell)
    return {"value": "", "deleted": True, "comment": f"{cell['s']} {why}".strip()}
