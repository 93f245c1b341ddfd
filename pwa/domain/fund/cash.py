"""Where a fund's money is now: in whose hand and since when, at which bank, on the way, and who is short. Read, never written.

Every sum is one of postings. What must be fetched first: what is held longer, or is more, than a fund leaves in one hand.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, fn

from db.models import Account, Branch, Fund, Handover, HandoverPart, HandoverRange, LedgerAccount, Taking
from db.statements import Prepared
from pwa.domain.fund import chart, hand_limits, ledger_days
from pwa.domain.people import roles
from pwa.domain.places import units

SEERS = roles.may("see-money")


@dataclass(frozen=True)
class Hold:
    """Cash in one hand. `since` is the day on which it was not empty any more; `until` the day through which a branch keeps it.

    `limits` are those of the fund on that day.
    """

    hand: LedgerAccount
    satang: int
    since: date
    days: int
    until: date | None
    limits: hand_limits.Limits

    @property
    def name(self):
        return name_of(self.hand)

    @property
    def is_old(self):
        return self.until is None and self.days > self.limits.days

    @property
    def is_much(self):
        return self.until is None and self.satang > self.limits.satang


@dataclass(frozen=True)
class Board:
    """`banks`, `on_the_way`, `short` and `over`: [(LedgerAccount, satang)], as they are read (over is positive); `to_reclaim`: what
    benefits are to be brought back.

    `offers`: cash that somebody counted and nobody took yet. `is_whole`: nothing of the fund is left out.
    """

    fund: Fund
    holds: list[Hold]
    banks: list
    on_the_way: list
    short: list
    over: list
    offers: list[Handover]
    is_whole: bool
    limits: hand_limits.Limits
    to_reclaim: int = 0

    @property
    def in_hands(self):
        return sum(one.satang for one in self.holds)

    @property
    def to_fetch(self):
        """What must be fetched, the oldest first."""
        return [one for one in self.holds if one.is_old or one.is_much]

    @property
    def total(self):
        """Everything that the fund has, and is to get back from who is short or was paid too much."""
        return (
            self.in_hands + self.to_reclaim + sum(satang for _, satang in [*self.banks, *self.on_the_way, *self.short])
        )


def boards(account, *, on):
    """A Board of each fund whose money this account sees: all of it by office, else what is in hands within its own reach."""
    reach = units.within(account, *SEERS)
    above = units.above(*reach)
    return [_board(fund, reach, on) for fund in Fund.select().order_by(Fund.name) if fund.unit_id in reach | above]


def hold(hand, *, on):
    """What is in one hand at the end of a day."""
    return holds(hand, [on])[on]


def holds(hand, days):
    """{day: Hold} of one hand at the end of each of these days."""
    limits = hand_limits.holding(hand.fund)
    return {day: _hold(hand, ledger_days.held([hand.id], day), day, limits(day)) for day in days}


def name_of(hand):
    """Whose hand, shortage or surplus this is, for people to read."""
    whose = hand.branch or hand.holder
    return whose.name if whose else hand.name


def _board(fund, reach, on):
    is_whole = fund.unit_id in reach
    kinds = fn.SUBSTR(LedgerAccount.code, 1, 4).in_((*chart.OF_SOMEBODY, *chart.OF_A_BANK, chart.TO_RECLAIM))
    sums = defaultdict(int, {one.account.id: one.satang for one in ledger_days.sums(fund, on, kinds)})
    seen = [one for one in _accounts(fund) if sums[one.id] and (is_whole or unit_of(one) in reach)]

    def of(stem, sign=1):
        return [(one, sign * sums[one.id]) for one in seen if one.code.partition("-")[0] == stem]

    limits, hands = hand_limits.of(fund, on), [hand for hand, _ in of(chart.HAND)]
    there = ledger_days.held([hand.id for hand in hands], on)
    held = [_hold(hand, there, on, limits) for hand in hands]
    return Board(
        fund=fund,
        holds=sorted(held, key=lambda one: (not one.is_old, not one.is_much, -one.days, one.name)),
        banks=of(chart.BANK),
        on_the_way=of(chart.ON_THE_WAY),
        short=of(chart.SHORT),
        over=of(chart.OVER, -1),
        offers=[one for one in waiting(fund) if is_whole or unit_of(one.giver) in reach],
        is_whole=is_whole,
        limits=limits,
        to_reclaim=sum(satang for _, satang in of(chart.TO_RECLAIM)),
    )


def sees(account, hand):
    """Whether this account sees what is in a hand: by office all of its fund, else who works within its own reach."""
    return bool({hand.fund.unit_id, unit_of(hand)} & units.within(account, *SEERS))


def waiting(fund):
    """What stands ready and nobody took yet, the oldest first. A later offer of the same hand that names any of it takes its place."""
    return _ready.rows(fund)


def _waiting(fund):
    taken = Taking.select(Taking.id).where(Taking.handover == Handover.id)
    query = Handover.select(Handover, LedgerAccount, Account, Branch)
    query = query.join(LedgerAccount, on=Handover.giver).join(Account, JOIN.LEFT_OUTER, on=LedgerAccount.holder)
    query = query.switch(LedgerAccount).join(Branch, JOIN.LEFT_OUTER, on=LedgerAccount.branch)
    query = query.where(
        Handover.fund == fund, ~fn.EXISTS(taken), ~fn.EXISTS(_named_later()), ~fn.EXISTS(_passed_later())
    )
    return query.order_by(Handover.id)


_ready = Prepared(_waiting)


def _named_later():
    """Receipts of an offer that a later one of the same hand names."""
    mine, theirs, later = HandoverRange.alias(), HandoverRange.alias(), Handover.alias()
    same = (theirs.fund == mine.fund) & (theirs.book == mine.book)
    query = mine.select(mine.id).join(theirs, on=same & (theirs.first <= mine.last) & (theirs.last >= mine.first))
    query = query.join(later, on=(theirs.handover == later.id))
    return query.where(mine.handover == Handover.id, later.giver == Handover.giver, later.id > Handover.id)


def _passed_later():
    """Hand-overs that an offer passes on and that a later one of the same hand passes on, too."""
    mine, theirs, later = HandoverPart.alias(), HandoverPart.alias(), Handover.alias()
    query = mine.select(mine.id).join(theirs, on=(theirs.named == mine.named))
    query = query.join(later, on=(theirs.handover == later.id))
    return query.where(mine.handover == Handover.id, later.giver == Handover.giver, later.id > Handover.id)


def _accounts(fund):
    """The fund's accounts on which money can be, with whose they are."""
    query = LedgerAccount.select(LedgerAccount, Account, Branch).join(Account, JOIN.LEFT_OUTER, on=LedgerAccount.holder)
    query = query.switch(LedgerAccount).join(Branch, JOIN.LEFT_OUTER, on=LedgerAccount.branch)
    return list(query.where(LedgerAccount.fund == fund).order_by(LedgerAccount.code))


def unit_of(hand):
    """The unit in which whoever holds it works; of a branch its first keeper's."""
    whose = hand.branch.first if hand.branch else hand.holder
    return whose.unit_id if whose else None


def _hold(hand, there, on, limits):
    """`there` is {hand's id: ledger_days.Held}."""
    held = there.get(hand.id, ledger_days.Held(0, None, on))
    until = _months_end(held.since) if hand.branch_id else None
    days = (on - held.since).days
    return Hold(hand, held.satang, held.since, days, until if until and until >= on else None, limits)


def _months_end(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
