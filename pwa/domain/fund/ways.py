"""Ways of working that a new fund may begin from: the words and numbers that its form is filled with, to be changed by who founds it.

They are files (pwa/ways), so no province stands in the code, and none of their figures is anybody's official one.
"""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "ways"


@cache
def known() -> dict[str, str]:
    """{code: name} of every way, in the order of their codes."""
    return {path.stem: json.loads(path.read_bytes())["name"] for path in sorted(FOLDER.glob("*.json"))}


def fields(code: str) -> dict[str, str]:
    """{field of the founding form: what it is filled with}; {} for a way that is not known."""
    if code not in known():
        return {}
    told = json.loads((FOLDER / f"{code}.json").read_bytes())
    plans = told.pop("plans")
    rows = {f"plan.{n}.{key}": one for n, plan in enumerate(plans) for key, one in plan.items()}
    return {"way": code, **{key: one for key, one in told.items() if key != "name"}, **rows}
