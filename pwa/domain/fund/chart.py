"""The chart of accounts, as part 10 of the status form groups money: which code is what, and on which line it stands there.

Codes with a name behind them belong to somebody: "1000-somchai" is the cash in a hand, "1100-<bank>" an account at a bank. Debit
is positive everywhere, so income and what is owed are negative balances.
"""

from typing import NamedTuple

from pwa.domain import N_

HAND, BANK, ON_THE_WAY, SHORT, OVER = "1000", "1100", "1150", "1200", "2500"
TO_RECLAIM, INVESTED = "1300", "1400"
UNCHECKED, IN_ADVANCE, TO_GIVE_BACK, UNEXPLAINED, HANDED_ON = "2000", "2100", "2200", "2300", "2400"
BETWEEN_POTS, BROUGHT = "7000", "9000"
OF_SOMEBODY = (HAND, SHORT, OVER)
OF_A_BANK = (BANK, ON_THE_WAY)


class Heading(NamedTuple):
    """What a code is: its type, its name, and its line in part 10 ("" for none)."""

    type: str
    name: str
    line: str


CHART = {
    HAND: Heading("asset", N_("Cash in hand"), "cash"),
    BANK: Heading("asset", N_("Bank account"), "bank"),
    ON_THE_WAY: Heading("asset", N_("On the way to the bank"), "bank"),
    SHORT: Heading("asset", N_("Short in cash"), "other_assets"),
    TO_RECLAIM: Heading("asset", N_("To be paid back to the fund"), "other_assets"),
    INVESTED: Heading("asset", N_("Invested"), "investments"),
    UNCHECKED: Heading("liability", N_("Received, waits to be checked"), "other_left"),
    IN_ADVANCE: Heading("liability", N_("Received in advance from applicants"), "other_left"),
    TO_GIVE_BACK: Heading("liability", N_("To be given back to who paid"), "other_left"),
    UNEXPLAINED: Heading("liability", N_("Came in, nobody knows from whom"), "other_left"),
    HANDED_ON: Heading("liability", N_("Handed over, receipts still to come"), "other_left"),
    OVER: Heading("liability", N_("Over in cash"), "other_left"),
    "4010": Heading("income", N_("Contributions of members"), "members"),
    "4020": Heading("income", N_("CODI"), "codi"),
    "4030": Heading("income", N_("The state, through CODI"), "state_codi"),
    "4040": Heading("income", N_("Local government"), "local"),
    "4050": Heading("income", N_("Other state bodies"), "state_other"),
    "4090": Heading("income", N_("Other receipts"), "other_receipts"),
    "4110": Heading("income", N_("Entry fees"), "fees"),
    "4120": Heading("income", N_("Donations"), "donations"),
    "4130": Heading("income", N_("Interest"), "interest"),
    "6010": Heading("expense", N_("Allowances"), "allowances"),
    "6020": Heading("expense", N_("Travel"), "travel"),
    "6030": Heading("expense", N_("Paper and printing"), "documents"),
    "6040": Heading("expense", N_("Meetings and activities"), "activities"),
    "6090": Heading("expense", N_("Other expenses"), "other_expenses"),
    BETWEEN_POTS: Heading("transfer", N_("Between pots"), ""),
    BROUGHT: Heading("opening", N_("Difference from the old books"), "other_left"),
}
CATEGORIES = {
    1: N_("Newborn children and births"),
    2: N_("Illness and hospital"),
    3: N_("Old people"),
    4: N_("Deaths"),
    5: N_("Funerals"),
    6: N_("The disadvantaged and the disabled"),
    7: N_("Earning a living"),
    8: N_("Schooling"),
    9: N_("Custom and culture"),
    10: N_("Housing"),
    11: N_("Victims of disasters"),
    12: N_("The public good"),
    13: N_("Nature and environment"),
    14: N_("Other benefits (14)"),
    15: N_("Other benefits (15)"),
}
"""{category of benefits in the status form, part 6: its name}."""
BENEFITS = {f"50{category:02d}": category for category in CATEGORIES}
INCOME_OF = {"contribution": "4010", "entry_fee": "4110", "donation": "4120"}
"""{kind of a receipt's line: the income that it is}."""
SPLIT_OF = {
    "4010": "member", "4020": "codi", "4030": "state_codi", "4040": "local", "4050": "state_other",
    "4090": "other", "4110": "fee", "4120": "donation", "4130": "interest",
}  # fmt: skip
"""{income: the word of a regulation's splits for it}."""
LEFT = (
    "members", "codi", "state_codi", "local", "state_other", "other_receipts",
    "fees", "donations", "interest", "other_left",
)  # fmt: skip
RIGHT = (
    "bank", "cash", "benefits", "investments", "other_assets",
    "allowances", "travel", "documents", "activities", "other_expenses",
)  # fmt: skip


LINES = {
    "members": N_("Contributions of members"),
    "codi": N_("CODI"),
    "state_codi": N_("The state, through CODI"),
    "local": N_("Local government"),
    "state_other": N_("Other state bodies"),
    "other_receipts": N_("Other receipts"),
    "fees": N_("Entry fees"),
    "donations": N_("Donations"),
    "interest": N_("Interest"),
    "other_left": N_("Others"),
    "bank": N_("In the bank"),
    "cash": N_("Cash in hands"),
    "benefits": N_("Benefits paid"),
    "investments": N_("Invested"),
    "other_assets": N_("Short, or to be paid back"),
    "allowances": N_("Allowances"),
    "travel": N_("Travel"),
    "documents": N_("Paper and printing"),
    "activities": N_("Meetings and activities"),
    "other_expenses": N_("Other expenses"),
}
"""{line of part 10: its name}."""


def heading(code: str) -> Heading:
    """What an account's code is. KeyError for one that the chart does not have."""
    stem = code.partition("-")[0]
    if stem in BENEFITS:
        return Heading("benefit", CATEGORIES[BENEFITS[stem]], "benefits")
    return CHART[stem]


def part10(balances: dict[str, int]) -> tuple[dict[str, int], int, int]:
    """(lines, left, right) of the financial statement, from {code: closing satang}: each line positive as it is read."""
    lines = dict.fromkeys((*LEFT, *RIGHT), 0)
    for code, satang in balances.items():
        line = heading(code).line
        if line:
            lines[line] += satang if line in RIGHT else -satang
    return lines, sum(lines[one] for one in LEFT), sum(lines[one] for one in RIGHT)
