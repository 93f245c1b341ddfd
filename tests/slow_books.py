"""The books of a fund counted out by hand: plain lists and sums from what phones wrote, what people decided and the regulation's text.

Shares no code with pwa.domain.fund: months, shares of pots and cash are counted here by other means.
"""

import json
import re
from collections import defaultdict
from datetime import date, timedelta

from db.models import (
    Account,
    Approval,
    Bank,
    ClaimAct,
    CounterDecision,
    Entry,
    MembershipAct,
    Opening,
    Regulation,
    Rejection,
    StatementLine,
    StatementMatch,
    Voucher,
)
from pwa.domain.custody import entries

TOLD = {
    "สมทบกองทุน": ("4040", "benefit"),
    "หนุนเสริมกองทุน": ("4020", "benefit"),
    "สมุดประจำตัว": ("6030", "admin"),
    "เรื่อง เกิด": ("5001", "benefit"),
    "เรื่อง เจ็บ": ("5002", "benefit"),
    "เงินผู้สูงอายุ": ("5003", "benefit"),
    "เรื่อง ตาย": ("5004", "benefit"),
    "รับเกิน": ("1300", ""),
}
"""What a voucher of the village is about, by the words of its ground: account and pot."""


def events(fund):
    """[(kind, entry, payload, approved, rejected)] of the money entries of a fund, in the order of recording."""
    undone = {(one.entry_id, one.turn) for one in CounterDecision.select()}
    approved = {one.entry_id for one in Approval.select() if (one.entry_id, one.turn) not in undone}
    rejected = {one.entry_id for one in Rejection.select() if (one.entry_id, one.turn) not in undone}
    kinds = ("contribution", "receipt_void", "handover", "handover_receipt")
    query = Entry.select(Entry, Opening).join(Opening).where(Opening.kind.in_(kinds), Entry.outcome == "received")
    found = []
    for entry in sorted(query, key=lambda one: (one.opening.recorded_at, one.id)):
        payload = entries.plaintext(entry)["payload"]
        if payload.get("fund", fund) == fund:
            found.append((entry.opening.kind, entry, payload, entry.id in approved, entry.id in rejected))
    return found


def shares(fund_id, on):
    """[(pot, hundredths of a percent)], and the pot of the rest, of members' money on a day, from the regulation's own text."""
    known = Regulation.select().where(Regulation.fund == fund_id, Regulation.in_force_from <= on)
    document = json.loads(bytes(known.order_by(Regulation.in_force_from.desc()).first().document))
    split = next(one for one in document["splits"] if one["income"] == "member")
    return [(one["pot"], one["share"]) for one in split["pots"]], split["remainder_pot"]


def parted(satang, pots, rest):
    found = defaultdict(int)
    for pot, share in pots:
        found[pot] += int(satang * share / 10_000 // 1)
    found[rest] += satang - sum(found.values())
    return found


class Count:
    """The books while they are counted, event by event, as the table of fund.md says."""

    def __init__(self, fund):
        self.fund, self.told = fund, events(fund.code)
        self.names = dict(Account.select(Account.id, Account.handle).tuples())
        self.void = {(one["book"], one["no"]) for kind, _, one, ok, _ in self.told if kind == "receipt_void" and ok}
        self.books, self.receipts, self.taken, self.offers = defaultdict(int), {}, {}, {}

    def contribution(self, entry, one, ok, refused):
        number = one["book"], one["no"]
        if number in self.receipts:
            return
        self.receipts[number] = one["total_satang"]
        if number in self.void:
            return
        self.hand(one.get("collector") or self.names[entry.author], one["total_satang"])
        if not ok:
            self.books["2200" if refused else "2000", ""] -= one["total_satang"]
            return
        pots, rest = shares(self.fund.id, date.fromisoformat(one["paid_on"]))
        for line in one["lines"]:
            for pot, part in parted(line["amount_satang"], pots, rest).items():
                self.books["4010", pot] -= part

    def handover(self, entry, one, ok, refused):
        self.offers[str(entry.entry_id)] = self.names[entry.author], one

    def handover_receipt(self, entry, one, ok, refused):
        if one["handover"] in self.taken:
            return
        giver, offer = self.offers[one["handover"]]
        counted = sum(row["satang"] * row["count"] for row in one["counted"])
        ranges = [(row["book"], pair) for row in offer.get("receipts", ()) for pair in row["ranges"]]
        named = [(book, no) for book, (first, last) in ranges for no in range(first, last + 1)]
        due = sum(self.receipts[number] for number in named if number not in self.void)
        due += sum(self.taken[part] for part in offer.get("handovers", ()))
        self.taken[one["handover"]] = counted
        self.hand(giver, -due)
        self.hand(self.names[entry.author], counted)
        self.books[("1200-" if due > counted else "2500-") + giver, ""] += due - counted

    def receipt_void(self, entry, one, ok, refused):
        """What is void was never counted."""

    def fund_pays(self, act):
        pots, rest = shares(self.fund.id, act.first)
        for pot, part in parted(act.amount_satang, pots, rest).items():
            self.books["7000", pot] -= part
        self.books["7000", pots[0][0]] += act.amount_satang

    def voucher(self, one):
        """What was paid out of a place or came into it, and what for."""
        out = one.amount_satang if one.kind == "income" else -one.amount_satang
        self.books[one.source.code, ""] += out
        if one.kind == "deposit":
            [bank] = Bank.select().where(Bank.fund == self.fund)
            self.books[f"1150-{bank.name}-{bank.digits}", ""] -= out
        elif one.kind == "withdrawal":
            self.hand(self.names[one.account_id], -out)
        else:
            self.books[about(one)] -= out

    def came_back(self, act):
        """Cash that nobody was there to take is in the hand of who brought it, and was not spent."""
        paid = ClaimAct.select().where(
            ClaimAct.claim == act.claim_id, ClaimAct.payee == act.payee, ClaimAct.kind == "pay"
        )
        paper = max((one for one in paid if one.n < act.n), key=lambda one: one.n).voucher
        self.hand(self.names[act.account_id], paper.amount_satang)
        self.books[about(paper)] -= paper.amount_satang

    def clawed_back(self, act):
        """Of what was given so much is to come back."""
        grant = ClaimAct.get(ClaimAct.claim == act.claim_id, ClaimAct.kind == "grant")
        paper = ClaimAct.get(ClaimAct.claim == act.claim_id, ClaimAct.kind == "pay").voucher
        self.books["1300", ""] += grant.amount_satang - act.amount_satang
        self.books[about(paper)] -= grant.amount_satang - act.amount_satang

    def waived(self, act):
        """What was to come back of it is given after all."""
        paper = ClaimAct.get(ClaimAct.claim == act.claim_id, ClaimAct.kind == "pay").voucher
        self.books["1300", ""] -= act.amount_satang
        self.books[about(paper)] += act.amount_satang

    def arrived(self, match):
        """What was on its way is in the bank once the bank's statement shows it."""
        if match.booking_id is not None:
            bank = match.line.ledger_account.code.partition("-")[2]
            self.books[f"1100-{bank}", ""] += match.line.amount_satang
            self.books[f"1150-{bank}", ""] -= match.line.amount_satang

    def hand(self, holder, satang):
        self.books["1000-" + holder, ""] += satang


def about(voucher):
    """(account, pot) of what a voucher is for, by its words."""
    if voucher.kind == "refund":
        return "2200", ""
    [found] = [key for words, key in TOLD.items() if words in voucher.ground]
    return found


def balances(fund):
    """{(code, pot): satang} of everything that does not come to nothing."""
    count = Count(fund)
    for kind, *about in count.told:
        getattr(count, kind)(*about)
    for act in MembershipAct.select().where(MembershipAct.kind == "fund_pays"):
        count.fund_pays(act)
    for one in Voucher.select().where(Voucher.fund == fund):
        count.voucher(one)
    acts = {"bring_back": count.came_back, "claw_back": count.clawed_back, "waive": count.waived}
    for one in ClaimAct.select().where(ClaimAct.kind.in_(list(acts))):
        acts[one.kind](one)
    for one in StatementMatch.select(StatementMatch, StatementLine).join(StatementLine):
        count.arrived(one)
    return {key: satang for key, satang in count.books.items() if satang}


def months_after(start, n):
    """The last day that n months from a day on cover: the day before the same day of the month, or the last of a short month's."""
    year, month = start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1
    for day in range(start.day, start.day - 4, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        return found - timedelta(1) if day == start.day else found
    raise ValueError(start)


def paid_through(fund, person, joined):
    """Through when somebody is paid who pays 30 baht a month and about whom nothing was resolved."""
    told = events(fund.code)
    void = {(one["book"], one["no"]) for kind, _, one, ok, _ in told if kind == "receipt_void" and ok}
    satang = sum(
        line["amount_satang"]
        for kind, _, one, ok, _ in told
        if kind == "contribution" and ok and (one["book"], one["no"]) not in void
        for line in one["lines"]
        if line["person"] == str(person)
    )
    return months_after(joined, satang // 3000) if satang >= 3000 else joined - timedelta(1)


def beancount(transactions, balances, until):
    """The books in beancount's format. transactions: [(day, what, [(code, pot, satang)])]; balances as above, asserted at the end."""
    names = {(code, pot) for _, _, lines in transactions for code, pot, _ in lines}
    first = min(day for day, _, _ in transactions)
    out = [f"{first} open {_account(*name)} THB" for name in sorted(names)]
    for day, what, lines in transactions:
        out.append(f'{day} * "{what}"')
        out += [f"  {_account(code, pot)}  {satang / 100:.2f} THB" for code, pot, satang in lines]
    after = until + timedelta(1)
    out += [f"{after} balance {_account(*name)}  {balances.get(name, 0) / 100:.2f} THB" for name in sorted(names)]
    return "\n".join(out) + "\n"


def _account(code, pot):
    kind = {
        "1": "Assets",
        "2": "Liabilities",
        "4": "Income",
        "5": "Expenses",
        "6": "Expenses",
        "7": "Equity",
        "9": "Equity",
    }[code[0]]
    spelled = re.sub("[^A-Za-z0-9-]", lambda sign: f"{ord(sign[0]):x}", code)
    return f"{kind}:A{spelled}" + (f":P-{pot}" if pot else "")
