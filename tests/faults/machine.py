"""Random days of three phones, two leaders and one server, with every fault a server can meet. What must hold stands in `settle`.

The model is small: the set of lines that were answered, or committed although the answer was lost, must be the set of
rows; what a phone holds it can bring again; and a number that is not there is told as missing.
"""

import random
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db.models import Entry, Opening
from pwa.domain.field import devices, entries, states
from pwa.domain.office import promises
from pwa.domain.registry import review
from tests.faults.phones import FieldPhone
from tests.faults.world import World

HANDLES = ("volunteer", "volunteer-2", "volunteer")
PHONES = st.integers(0, len(HANDLES) - 1)
SKEWS = st.sampled_from([timedelta(0), timedelta(days=3), timedelta(days=-3), timedelta(days=543 * 365)])
ORDERS = st.sampled_from(["oldest first", "newest first", "shuffled"])
BATCH = 12
PROVED = 0.2
"""Every promise is proved after days with decisions, and after one in five of the others: it takes longer than the day."""


class Day(RuleBasedStateMachine):
    """`happened` counts the faults over all days, so that a run can say what it has met."""

    happened: dict = {}

    def __init__(self):
        super().__init__()
        self.world = World()
        self.phones = [FieldPhone(self.world, handle) for handle in HANDLES]
        self.revoked, self.restored = set(), False
        self.chance = random.Random(0)

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.chance.seed(seed)

    def meet(self, fault):
        self.happened[fault] = self.happened.get(fault, 0) + 1

    @rule(who=PHONES, many=st.integers(1, 4), skew=SKEWS)
    def record(self, who, many, skew):
        for _ in range(many):
            self.phones[who].record(recorded_at=self.world.at + skew)

    @rule(who=PHONES, order=ORDERS)
    def send(self, who, order):
        self.deliver(self.phones[who], self.waiting(self.phones[who], order), "arrives")

    @rule(who=PHONES, order=ORDERS)
    def lose_the_answer(self, who, order):
        self.deliver(self.phones[who], self.waiting(self.phones[who], order), "answer lost")

    @rule(who=PHONES, order=ORDERS, fate=st.sampled_from(["lost on the way", "twice"]))
    def send_badly(self, who, order, fate):
        self.deliver(self.phones[who], self.waiting(self.phones[who], order), fate)

    @rule(who=PHONES, order=ORDERS)
    def send_again(self, who, order):
        """Lines that were proved long ago come once more."""
        known = [held for held in self.phones[who].everything().values() if held.proofs]
        self.meet("replay") if known else None
        self.deliver(self.phones[who], self.arranged(known, order), "arrives")

    @rule(lender=PHONES, borrower=PHONES)
    def hand_over_queue(self, lender, borrower):
        """A queue file is taken in by another phone; the first may go on sending too."""
        if lender != borrower:
            self.meet("two senders")
            self.phones[borrower].carried |= self.phones[lender].held

    @rule(who=PHONES, skew=SKEWS, later=st.booleans())
    def fork(self, who, skew, later):
        """The second line comes at once, or whenever the phone records again."""
        self.phones[who].record_and_forget(recorded_at=self.world.at + skew)
        if not later:
            self.meet("fork")
            self.phones[who].record(recorded_at=self.world.at + skew)

    @rule(who=PHONES)
    def change_a_line_on_the_way(self, who):
        """Somebody else's bytes under an id that is taken: kept, and never applied."""
        lines = [held for held in self.phones[who].held.values() if held.name in self.world.custody]
        if lines:
            self.meet("same id, other bytes")
            line = self.chance.choice(lines).line.replace(b'"v": 1', b'"v":  1')
            self.deliver(self.phones[who], [self.phones[who].keep(line)], "arrives")

    @rule(who=PHONES, trouble=st.sampled_from(["locked", "full"]))
    def send_while_nothing_can_be_written(self, who, trouble):
        lines = self.waiting(self.phones[who], "oldest first")
        fresh = [held for held in lines if held.name not in self.world.custody]
        if not fresh:
            return
        self.meet(trouble)
        with self.world.locked() if trouble == "locked" else self.world.full_disk():
            answer = self.world.post(self.phones[who].device, [held.line for held in lines])
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0, (trouble, answer.data)

    @precondition(lambda self: len(self.world.backups) < 2)
    @rule(really=st.booleans())
    def back_up(self, really):
        if really:
            self.world.back_up()

    @precondition(lambda self: self.world.backups and not self.restored)
    @rule(which=st.integers(0, 1), really=st.booleans())
    def restore(self, which, really):
        if really:
            self.meet("restore")
            self.restored = True
            self.world.restore(self.world.backups[which % len(self.world.backups)])
            self.revoked = {device for device in self.revoked if devices.is_revoked(device)}

    @rule(really=st.integers(0, 2))
    def rotate_key(self, really):
        if really == 0:
            self.meet("key rotated")
            self.world.rotate_key()

    @rule(days=st.integers(1, 40))
    def pass_time(self, days):
        self.world.pass_time(timedelta(days=days))
        for phone in self.phones:
            phone.prune()

    @precondition(lambda self: not self.revoked)
    @rule(who=PHONES, really=st.integers(0, 3))
    def revoke(self, who, really):
        if really == 0:
            self.meet("phone revoked")
            device = self.phones[who].device.id
            devices.revoke(device, by=self.world.fund.people["admin"], at=self.world.at, reason="หาย")
            self.revoked.add(device)

    @rule(verdict=st.sampled_from(["approved", "returned", "rejected"]))
    def decide(self, verdict):
        """A leader reads the oldest undecided entry."""
        leader = self.world.fund.people["zone-leader"]
        waiting = [row for row in Entry.select().order_by(Entry.id) if states.of(row) == "received"]
        if not waiting:
            return
        self.world.pass_time()
        act = {"approved": review.approve, "returned": review.send_back, "rejected": review.reject}[verdict]
        act(waiting[0], by=leader, at=self.world.at, reason="ตรวจแล้ว")
        self.world.decisions[waiting[0].entry_id, waiting[0].sha256] = verdict

    @rule(who=PHONES)
    def answer_a_return(self, who):
        phone = self.phones[who]
        for held in phone.held.values():
            if self.world.decisions.get(held.name) == "returned":
                phone.record(recorded_at=self.world.at, replaces=held.id)
                self.world.decisions[held.name] = "answered"
                return

    def waiting(self, phone, order):
        return self.arranged([held for held in phone.everything().values() if held.waits], order)

    def arranged(self, lines, order):
        lines = sorted(lines, key=lambda held: (held.at, held.seq), reverse=order == "newest first")
        if order == "shuffled":
            self.chance.shuffle(lines)
        return lines[:BATCH]

    def deliver(self, phone, lines, fate):
        if not lines:
            return
        self.meet(fate)
        if fate == "lost on the way":
            return
        answer = self.world.post(phone.device, [held.line for held in lines])
        assert answer.status_code == 200, answer.data
        self.world.custody |= {held.name for held in lines}
        if fate != "answer lost":
            phone.take_answer(lines, answer)
        if fate == "twice":
            phone.take_answer(lines, self.world.post(phone.device, [held.line for held in lines]))

    def drain(self):
        """Everybody has a network again, and each phone sends what it must, and then what the server says it lacks."""
        for phone in self.phones:
            for lines in ([held for held in phone.everything().values() if held.waits], phone.lacking()):
                for start in range(0, len(lines), BATCH):
                    self.deliver(phone, lines[start : start + BATCH], "arrives")

    def teardown(self):
        try:
            self.settle()
        finally:
            self.world.close()

    def settle(self):
        self.every_gap_is_told()
        self.drain()
        self.every_gap_is_told()
        self.nothing_is_lost_or_doubled()
        self.decisions_stand()
        if self.world.decisions or self.chance.random() < PROVED:
            assert promises.check() == []

    def every_gap_is_told(self):
        for phone in self.phones:
            own = {held.name: held for held in [*phone.held.values(), *phone.pruned.values()]}
            taken = {held.seq for name, held in own.items() if name in self.world.custody}
            told = self.world.status(phone.device)
            last = max(taken, default=0)
            gone = {seq for low, high in told["missing"] for seq in range(low, high + 1)}
            assert gone == set(range(1, last)) - taken, "the exact numbers that are missing"
            assert told["seen_through"] == min(gone, default=last + 1) - 1

    def nothing_is_lost_or_doubled(self):
        rows = self.world.rows()
        assert len(rows) == len(set(rows)), "no line twice"
        assert set(rows) == self.world.custody, "what was answered is there, and nothing else"
        for phone in self.phones:
            assert {held.name for held in phone.held.values()} <= set(rows), "what a phone holds has arrived"
        received = Entry.select().where(Entry.outcome == "received")
        seats = [(row.device, row.seq) for row in received]
        assert len(seats) == len(set(seats)), "one received line for each number"
        assert len(received) == Opening.select().join(Entry).where(Entry.outcome == "received").count()

    def decisions_stand(self):
        for (entry_id, sha256), verdict in self.world.decisions.items():
            row = Entry.get(Entry.entry_id == entry_id, Entry.sha256 == sha256)
            wanted = {"answered": {"returned", "replaced"}}.get(verdict, {verdict, "replaced"})
            assert states.of(row) in wanted, (verdict, states.of(row))
            assert entries.line(row)
