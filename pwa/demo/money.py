"""A year of contributions in the village: collected by two volunteers, handed on, checked and brought together by the treasurer.

With something of everything: a difference, a void, a rejected receipt, a page of the paper book, a lapse and somebody who came back,
an exemption, and a neighbour for whom the fund pays.
"""

from datetime import date, timedelta

from db.models import Membership, Person
from pwa.demo import claims, story, treasury
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import banks, bookings, membership_acts, receipt_books, rulings, settling
from pwa.domain.places import units
from pwa.domain.review import money, resolutions, review
from pwa.domain.text.dates import complete_on

BEGINS = 430
"""Days ago: the village is fourteen months old."""
HOMES = {"volunteer": ["C01", "C02"], "volunteer-2": ["C03"]}
EACH = 20
"""Households of each community that live there from the beginning."""
JOINED = 396
MONTHS = 12
PLAN = 3000
DAY = timedelta(days=1)
NOTES = (100000, 50000, 10000, 5000, 2000, 1000, 500, 200, 100)
PAPER = "เล่ม 5"


def tell(world):
    """The first households move in, are admitted, and pay for a year; the volunteers' rounds."""
    for recorder, places in HOMES.items():
        for place in places:
            for number in range(1, EACH + 1):
                days = BEGINS - 5 - world.chance.randrange(20)
                story.register_household(world, days, recorder, "zone-leader", place, f"{number}/9")
    story.admit(world, JOINED)
    world.phones |= {
        handle: Phone(world.accounts[handle], at=world.days_ago(BEGINS), ids=world.new_id)
        for handle in ("zone-leader", "treasurer")
    }
    about = dict(since=world.days_ago(BEGINS).date(), by=world.accounts["treasurer"], at=world.days_ago(BEGINS))
    banks.write(world.funds["F1"], "ธ.ก.ส.", "4471", **about)
    rounds = [Round(world, handle, places) for handle, places in HOMES.items()]
    for month in range(MONTHS, 0, -1):
        for one in rounds:
            one.collect(month)
        resolve(world, rounds, month)
        treasury.keep(world, month)
    for one, days in zip(rounds, (1, 2), strict=True):
        one.begin(days)
    claims.tell(world, rounds[0].homes)
    return rounds


class Round:
    """One volunteer's houses, book by book: who pays, how far each is paid, and which number comes next."""

    def __init__(self, world, handle, places):
        self.world, self.handle, self.places = world, handle, places
        self.phone, self.leader = world.phones[handle], world.phones["zone-leader"]
        self.no, self.paid, self.stopped = 0, {}, set()
        self.homes = list(self._homes().values())
        self.book = None

    def _homes(self):
        """{household: [membership]} of those who pay, in the order of joining."""
        found, query = (
            {},
            Membership.select(Membership, Person).join(Person, on=(Membership.person == Person.id), attr="who"),
        )
        here = [unit.id for unit in map(units.get, self.places)]
        living = Person.select(Person.id).where(Person.household.in_(story.standing_in(here)))
        for row in query.where(Membership.person.in_(living), states.standing(Membership)).order_by(Membership.number):
            found.setdefault(row.who.household_id, []).append(row)
            self.paid[row.id] = row.joined_on - DAY
        return found

    def collect(self, month):
        """The collection of a month, so many months ago: receipts, then the cash to the leader, the check, and on to the treasurer."""
        world, days = self.world, 30 * month - 12
        at = world.days_ago(days)
        self._send_out(days)
        first = self.no + 1
        lines = [
            self._line(home, month, at) for number, home in enumerate(self.homes) if self._pays(number, home, month)
        ]
        entries = self.phone.deliver(lines, at=at + timedelta(hours=8))
        bookings.catch_up(at=at + timedelta(hours=8))
        if self.handle == "volunteer":
            entries += self._odd(month, at, first)
        self._hand_over(first, month, at + DAY)
        self._check(entries, at + 2 * DAY, rejected=month == 6 and self.handle == "volunteer")

    def begin(self, days):
        """This month's collection has begun: the first houses paid. The one of two days ago is offered, and nobody has counted it yet."""
        at, first = self.world.days_ago(days), self.no + 1
        self._send_out(days)
        self.phone.deliver([self._line(home, 0, at) for home in self.homes[:8]], at=at + timedelta(hours=6))
        bookings.catch_up(at=at + timedelta(hours=6))
        if days > 1:
            due = self.world.cash(self.handle)
            about = {"fund": "F1", "receipts": [{"book": self.book, "ranges": [[first, self.no]]}]}
            about |= {"expected_satang": due, "counted": counted(due)}
            self.phone.record("handover", about, at=at + timedelta(hours=7), subject=self.world.new_id())
            bookings.catch_up(at=at + timedelta(hours=7))

    def _send_out(self, days):
        world, on = self.world, self.world.days_ago(days).date()
        assignments.give(
            world.accounts[self.handle], [units.get(code) for code in self.places],
            starts_on=on - DAY, ends_on=on + 3 * DAY, by=world.accounts["zone-leader"], at=world.days_ago(days + 2),
            on=on - DAY, assignment_id=world.new_id(), collects_for=[world.funds["F1"]],
        )  # fmt: skip
        if self.book is None:
            held = receipt_books.issue(
                self.phone.device.id, world.accounts[self.handle], at=world.days_ago(days), on=on
            )
            self.book = held[0].book

    def _pays(self, number, home, month):
        """Most pay each month; one in five each quarter; two stopped; now and then somebody is not at home and pays the next time."""
        if number in (7, 13) and month < 9:
            self.stopped.add(home[0].id)
            return False
        if number % 5 == 2:
            return month % 3 == 0
        return self.world.chance.random() < 0.93

    def _line(self, home, month, at):
        self.no += 1
        return self.phone.line(
            "contribution", self._receipt(home, at.date(), self.book, self.no), at=at, subject=home[0].who.household_id
        )

    def _receipt(self, home, on, book, no):
        """Everybody of the house up to this month, one line a member."""
        lines = []
        for membership in home:
            first, last, satang = self.paid[membership.id] + DAY, self.paid[membership.id], 0
            while last < on or not satang:
                last, satang = complete_on(last + DAY, 1, "month") - DAY, satang + PLAN
            self.paid[membership.id] = last
            about = {"person": str(membership.person), "kind": "contribution", "amount_satang": satang}
            lines.append(about | {"covers_from": first.isoformat(), "covers_to": last.isoformat()})
        payer = {"type": "household", "person": lines[0]["person"]}
        total = sum(line["amount_satang"] for line in lines)
        said = {"fund": "F1", "book": book, "no": no, "paid_on": on.isoformat(), "channel": "cash", "payer": payer}
        return said | {"lines": lines, "total_satang": total}

    def _odd(self, month, at, first):
        """What happened besides in some months; entries that wait for their check."""
        if month == 9:
            said = {"fund": "F1", "book": self.book, "no": first, "reason": "จดผิดบ้าน คืนเงินแล้ว", "given_back": True}
            hand = self.phone.picture((story.HERE / "signature.jpg").read_bytes(), "signature", at=at)
            said["signature"] = {"blob": hand["sha256"], "kind": "signature"}
            void = self.phone.record(
                "receipt_void", said, at=at + timedelta(hours=3), subject=self.world.new_id(), pictures=[hand]
            )
            bookings.catch_up(at=at + timedelta(hours=8))
            review.approve(void, by=self.world.accounts["treasurer"], at=at + timedelta(hours=9))
        if month == 8:
            page = self._receipt(self.homes[0], at.date(), PAPER, 31) | {
                "collector": self.handle,
                "note": "จากสมุดใบเสร็จเล่มกระดาษ",
            }
            typed = self.leader.record("contribution", page, at=at + DAY, subject=self.homes[0][0].who.household_id)
            bookings.catch_up(at=at + DAY)
            review.approve(typed, by=self.world.accounts["treasurer"], at=at + 2 * DAY)
        return []

    def _hand_over(self, first, month, at):
        """Volunteer to leader, leader to treasurer; once the count was twenty baht short."""
        ranges = [[first, self.no]] if self.no >= first else []
        receipts = [{"book": self.book, "ranges": ranges}] if ranges else []
        if month == 8 and self.handle == "volunteer":
            receipts.append({"book": PAPER, "ranges": [[31, 31]]})
        short = 2000 if month == 10 and self.handle == "volunteer" else 0
        due = self.world.cash(self.handle)
        about = {"fund": "F1", "receipts": receipts, "expected_satang": due, "counted": counted(due - short)}
        if short:
            about["reason"] = "ขาดยี่สิบบาท นับสองรอบแล้ว"
        offered = self.phone.record("handover", about, at=at, subject=self.world.new_id())
        self._take(self.leader, offered, due - short, at + timedelta(hours=1))
        due = self.world.cash("zone-leader")
        passed = {"fund": "F1", "handovers": [str(offered.entry_id)], "expected_satang": due, "counted": counted(due)}
        on = self.leader.record("handover", passed, at=at + timedelta(hours=5), subject=self.world.new_id())
        self._take(self.world.phones["treasurer"], on, due, at + timedelta(hours=6))

    def _take(self, phone, offered, satang, at):
        said = {"handover": str(offered.entry_id), "counted": counted(satang)}
        phone.record("handover_receipt", said, at=at, subject=self.world.new_id())
        bookings.catch_up(at=at)

    def _check(self, entries, at, rejected):
        """The leader approves what is sound; once a house had been written down twice."""
        leader, states_now = self.world.accounts["zone-leader"], states.many(entries)
        for number, entry in enumerate(entries):
            if rejected and number == 3:
                review.reject(entry, by=leader, at=at, reason="บ้านนี้จ่ายแล้วในเดือนเดียวกัน จดซ้ำ")
            elif states_now[entry.id] == "received" and not is_void(entry):
                review.approve(entry, by=leader, at=at)


def is_void(entry):
    """Whether the receipt that this entry told does not count any more."""
    receipt = money.told_by(entry)
    return receipt is not None and settling.state(receipt) == "void"


def counted(satang):
    """A sum in notes and coins, the largest first."""
    found = []
    for note in NOTES:
        count, satang = divmod(satang, note)
        if count:
            found.append({"satang": note, "count": count})
    return found


def resolve(world, rounds, month):
    """What the committee resolved in that month."""
    one, by = rounds[0], world.accounts["registrar"]
    at = world.days_ago(30 * month - 16, hour=13)
    about = {"by": by, "at": at, "resolution": resolutions.of(world.funds["F1"], story.sitting(at), by=by, at=at)}
    until = date(at.year, at.month, 1) + 180 * DAY
    if month == 5:
        lapsed = next(home[0] for home in one.homes if home[0].id in one.stopped)
        membership_acts.end(lapsed, why="lapsed", first=at.date(), reason="ขาดส่งเกินเก้าสิบวัน เตือนแล้วสองครั้ง", **about)
        world.lapsed = lapsed
    if month == 4:
        membership_acts.cover(
            one.homes[4][0], "exempt", first=at.date(), last=until, on=at.date(), reason="ป่วยติดเตียง", **about
        )
    if month == 3:
        pot = next(iter(rulings.of(world.funds["F1"], at.date()).version.pots))
        pays = dict(first=at.date(), last=at.date() + 90 * DAY, on=at.date(), pot=pot, reason="ผู้พิการ ไม่มีรายได้")
        membership_acts.cover(one.homes[9][0], "fund_pays", **pays, **about)
    if month == 2:
        membership_acts.rejoin(world.lapsed, first=at.date(), reason="ขอกลับเข้าเป็นสมาชิก", **about)
