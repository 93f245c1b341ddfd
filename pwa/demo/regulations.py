"""The rules of the two funds of the demo village: invented ones that changed once, and what a real fund published."""

import json
from datetime import date, timedelta
from pathlib import Path

from pwa.domain.fund import versions

HERE = Path(__file__).parent
TEMPLATE = HERE.parent / "rules/chamuang-2556.json"
GENERAL = {
    "waiting": {"n": 6, "unit": "month", "clause": "ข้อ 9"},
    "tenure_starts": "application",
    "restart": "continue",
    "plans": [{"code": "monthly", "name": "รายเดือน", "amount_satang": 3000, "n": 1, "unit": "month"}],
}
"""What the published text does not tell and the fund of the north settled for itself."""
FIRST, SECOND, NORTH = date(2019, 1, 1), date(2026, 1, 1), date(2025, 10, 1)
"""From these days on, whenever the village is told of: its people joined and paid on days that are written down too."""


def put_in_force(world):
    """General meetings resolved them; they were written down here when the village was settled."""
    first, second = invented()
    enforce(world, "F1", first, starts_on=FIRST)
    enforce(world, "F1", second, starts_on=SECOND)
    enforce(world, "F2", of_the_north(world.funds["F2"]), starts_on=NORTH)


def enforce(world, code, document, *, starts_on):
    """One version, resolved by the general meeting of the September before it begins."""
    people, resolved_on = world.accounts, date(starts_on.year - (starts_on.month < 10), 9, 14)
    versions.enforce(
        world.funds[code],
        json.dumps(document | {"in_force_from": None}, ensure_ascii=False, indent=1).encode(),
        starts_on=starts_on,
        sitting={"board": "ประชุมใหญ่", "meeting": f"1/{resolved_on.year + 543}", "resolved_on": resolved_on},
        replaces=document.get("replaces"),
        drafted_by=people["registrar"],
        by=people["committee"],
        at=world.at - timedelta(days=world.begins - 10),
    )


def invented():
    """The documents of the first fund's two versions."""
    return json.loads((HERE / "regulations.json").read_text("utf-8"))


def of_the_north(fund):
    """The template under the second fund's name, with its general rules."""
    told = json.loads(TEMPLATE.read_text("utf-8"))
    told |= {"code": fund.code.lower(), "name": f"ระเบียบ{fund.name}", "example": True}
    return told | {"settings": told["settings"] | GENERAL}
