"""Reports made by hand for the tests of their files: a small fund's month, with one group."""

from pwa.domain.network import figures, notes, report_files

GROUPS = {"members": {"f": 30, "m": 12, "unknown": 0}}
NUMBERS = {
    "members_before": 40, "joined": 3, "restated": 0, "left": 1, "members": 42, "arrears": 500, "contributed": 9000,
    "other_income": 1000, "paid_out": 4000, "expenses": 500, "cash_before": 100000, "cash_and_bank": 105500, "held_before": 0,
    "held": 0, "owed_before": 200, "owed": 200,
}  # fmt: skip


def header(**more):
    return {
        "agreed": [], "children": [], "class": "s", "cuts": {code: ["sex"] if code == "members" else [] for code in NUMBERS},
        "dictionary": figures.dictionary(NUMBERS), "format": "ombun-report@1", "groups": {"sex": ["f", "m", "unknown"]},
        "keys": [], "level": "fund", "made_at": "2026-11-05T03:00:00Z", "name": "กองทุนตัวอย่าง", "parent": "NET",
        "period": "2026-10", "position": {"admission": 4}, "prev": "", "restates": "", "seq": 1, "software": "ombun-1",
        "suppression": "small-1", "unit": "F1",
    } | more  # fmt: skip


def cells(sex=None, **more):
    told = [report_files.told(figure, n) for figure, n in (NUMBERS | more).items()]
    for value, n in (sex or GROUPS["members"]).items():
        cell = {"by": {"sex": value}, "figure": "members", "s": "hidden"}
        told.append(cell if n is None else report_files.told("members", n, "sex", value))
    return told


def made(signatures=(), sex=None, changed=None, **more):
    """The bytes of a file."""
    return report_files.whole(report_files.body(header(**more), cells(sex, **(changed or {}))), signatures)


def report(**more):
    return report_files.read(made(**more))


def signed(key, private, **more):
    """The bytes of a file that a unit's key signed."""
    body = report_files.read(made(unit=key.unit, **more)).body
    return report_files.whole(body, [notes.line(key, private, body)])
