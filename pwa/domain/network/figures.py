"""The figures of a report: what each means in one sentence, in what it is counted, how it goes up, and the sums that it takes part in.

A figure that was signed once is never changed: another meaning is another code. This table makes the dictionary, the headers of reports
and the columns of exports.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from pwa.domain import N_

SINCE = "2026-12-01"


class Figure(NamedTuple):
    """One figure. `unit` is people, satang or times; `cuts` are the groups by which it may be told; `up` says how a parent gets it
    (sum, or stays: never goes up); `seen` is who sees it by the month; `owner` is the role that answers for it."""

    code: str
    name: str
    says: str
    unit: str
    cuts: tuple[str, ...] = ()
    up: str = "sum"
    seen: str = "network"
    owner: str = "treasurer"
    since: str = SINCE
    replaced_by: str = ""


class Cut(NamedTuple):
    """A group by which figures are told: its name, and its values in their order with their names."""

    name: str
    values: dict[str, str]


FIGURES = {
    figure.code: figure
    for figure in (
        Figure(
            "members_before",
            N_("Members brought forward"),
            N_("Members at the end of the month before."),
            "people",
            owner="registrar",
        ),
        Figure("joined", N_("Joined"), N_("Whose admission was decided in this month."), "people", owner="registrar"),
        Figure(
            "restated",
            N_("Put right"),
            N_("By so many the count of earlier months was too low: old books taken in, or an admission taken back."),
            "people",
            owner="registrar",
        ),
        Figure(
            "left",
            N_("Left the fund"),
            N_("Whose membership was ended in this month."),
            "people",
            ("reason",),
            owner="registrar",
        ),
        Figure(
            "members",
            N_("Members"),
            N_("Whoever is a member at the end of the month."),
            "people",
            ("sex", "age"),
            owner="registrar",
        ),
        Figure(
            "arrears",
            N_("Contributions owed"),
            N_("What members should have put in by the end of the month and have not."),
            "satang",
        ),
        Figure(
            "contributed",
            N_("Put in by members"),
            N_("Contributions that were checked and stand in the books of the month."),
            "satang",
        ),
        Figure(
            "other_income",
            N_("Other income"),
            N_("What came from elsewhere: CODI, the state, local government, fees, donations, interest."),
            "satang",
            ("source",),
        ),
        Figure(
            "paid_out",
            N_("Benefits paid out"),
            N_("Benefits paid in this month, what came back taken off."),
            "satang",
            ("category",),
        ),
        Figure(
            "paid_people",
            N_("People who were paid"),
            N_("People to whom a benefit was paid in this month."),
            "people",
            ("category",),
        ),
        Figure("expenses", N_("Expenses"), N_("What the fund's own work cost."), "satang", ("kind",)),
        Figure(
            "cash_before", N_("Money brought forward"), N_("Cash and bank at the end of the month before."), "satang"
        ),
        Figure(
            "cash_and_bank",
            N_("Cash and bank"),
            N_("What lies in hands and banks, or is on its way there, at the end of the month."),
            "satang",
        ),
        Figure("held_before", N_("Held for others before"), N_("The same at the end of the month before."), "satang"),
        Figure(
            "held",
            N_("Held for others"),
            N_("What lies with the fund and is not its own yet: unchecked, in advance, to be given back."),
            "satang",
        ),
        Figure("owed_before", N_("Owed to the fund before"), N_("The same at the end of the month before."), "satang"),
        Figure("owed", N_("Owed to the fund"), N_("What is short, to be brought back, or invested."), "satang"),
    )
}
CUTS = {
    "sex": Cut(N_("sex"), {"f": N_("women"), "m": N_("men"), "unknown": N_("not known")}),
    "age": Cut(N_("age"), {}),
    "reason": Cut(
        N_("reason"),
        {
            "resigned": N_("resigned"),
            "deceased": N_("died"),
            "lapsed": N_("lapsed"),
            "expelled": N_("expelled"),
            "transferred": N_("moved to another fund"),
        },
    ),
    "source": Cut(
        N_("source"),
        {
            "codi": N_("CODI"),
            "state_codi": N_("The state, through CODI"),
            "local": N_("Local government"),
            "state_other": N_("Other state bodies"),
            "own": N_("Fees, donations, interest and other"),
        },
    ),
    "kind": Cut(
        N_("kind"),
        {
            "allowances": N_("Allowances"),
            "travel": N_("Travel"),
            "documents": N_("Paper and printing"),
            "activities": N_("Meetings and activities"),
            "other": N_("Other expenses"),
        },
    ),
    "category": Cut(N_("category"), {f"{n:02d}": "" for n in range(1, 16)}),
}
AGES = {"s": ("0-19", "20-59", "60+"), "m": ("0-6", "7-19", "20-39", "40-59", "60-69", "70-79", "80+")}
AGES["l"] = AGES["m"]
OPEN = ("source", "kind")
"""Cuts of money between the fund and bodies: they tell of no member, and nothing in them is hidden from the network."""
MONTHLY = tuple(code for code in FIGURES if code != "paid_people")
"""Exact every month, never hidden from the network."""
MONEY = (
    "contributed",
    "other_income",
    "paid_out",
    "expenses",
    "cash_before",
    "cash_and_bank",
    "held_before",
    "held",
    "owed_before",
    "owed",
)
"""What only a closed month tells."""
QUARTERS = ("03", "06", "09", "12")
CLASSES = (("s", 500), ("m", 2_000))
"""(size class, fewer members than this); whatever is larger is l."""


def size_class(members: int) -> str:
    """The class of a fund with so many members."""
    return next((name for name, below in CLASSES if members < below), "l")


def groups_of(cut: str, size: str) -> list[str]:
    """The values of a cut, in the order in which a header lists them."""
    return [*AGES[size], "unknown"] if cut == "age" else list(CUTS[cut].values)


def due(period: str, size: str) -> dict[str, list[str]]:
    """{figure: its cuts} of a month's report ("2026-09"): cuts by the quarter; payments by category with September, of large funds each quarter."""
    month = period[5:]
    found: dict[str, list[str]] = {code: [] for code in MONTHLY}
    if month in QUARTERS:
        found |= {code: [cut for cut in FIGURES[code].cuts if cut != "category"] for code in MONTHLY}
        if month == "09" or size == "l":
            found |= {"paid_out": ["category"], "paid_people": ["category"]}
    return found


def age_group(years: int | None, size: str) -> str:
    """The group of whoever has completed so many years; None where the birth is not known."""
    if years is None:
        return "unknown"
    for name in AGES[size]:
        if name.endswith("+") or years <= int(name.partition("-")[2]):
            return name
    raise AssertionError("the last group has no end")


def lines(codes: Iterable[str]) -> list[str]:
    """The dictionary's lines of these figures, one of JSON each, sorted."""
    rows = [
        {"figure": FIGURES[code]._asdict() | {"cuts": list(FIGURES[code].cuts)}}
        for code in sorted(codes)
        if code in FIGURES
    ]
    return [json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for row in rows]


def dictionary(codes: Iterable[str]) -> str:
    """The SHA-256 of those lines, each ended by a line feed: the header names it."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines(codes)).encode()).hexdigest()
