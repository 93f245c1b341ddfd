"""Random days of three phones, two leaders and one server, with every fault a server can meet. What must hold stands in `afterwards`.

The lines that were answered, or committed although the answer was lost, must be the rows; what a phone holds it can bring again.
"""

import hashlib
import json
import random
import uuid
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db.models import Device, Entry, Opening
from pwa.domain.custody import states
from pwa.domain.people import devices
from pwa.domain.review import review
from tests.ears import Ear
from tests.faults import afterwards
from tests.faults.phones import FieldPhone
from tests.faults.world import World

PHONES = st.integers(0, 2)
SKEWS = st.sampled_from([timedelta(0), timedelta(days=3), timedelta(days=-3), timedelta(days=543 * 365)])
ORDERS = st.sampled_from(["oldest first", "newest first", "shuffled"])


class Day(RuleBasedStateMachine):
    """`happened` counts the faults over all days, so that a run can say what it has met."""

    HANDLES, LEADER, PHONE, BATCH = ("volunteer", "volunteer-2", "volunteer"), "zone-leader", FieldPhone, 12
    WORLD, happened = World, {}

    def __init__(self):
        super().__init__()
        self.world = self.WORLD()
        self.phones = [self.PHONE(self.world, handle, signs=place > 0) for place, handle in enumerate(self.HANDLES)]
        self.revoked, self.restored = set(), False
        self.ears = [Ear(self.world.fund.people[handle]) for handle in dict.fromkeys(self.HANDLES)]

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.chance = random.Random(seed)

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
        if held := self.one_in_custody(who):
            self.meet("same id, other bytes")
            self.deliver(self.phones[who], [self.phones[who].seal_again(held)], "arrives")

    @rule(who=PHONES, by=PHONES)
    def bring_a_twin(self, who, by):
        """The same line with other spaces, by whichever phone."""
        if held := self.one_in_custody(who):
            self.meet("twin")
            self.bring(self.phones[by], held.line.replace(b'"id": ', b'"id":  '))

    @rule(who=PHONES, by=PHONES)
    def strip_a_signature(self, who, by):
        """What a phone signed comes without its signature, before it or after it, and not from that phone."""
        signed = [held for held in self.phones[who].held.values() if b'"sig"' in held.line]
        if signed and by != who:
            self.meet("signature stripped")
            outer = json.loads(self.chance.choice(signed).line)
            outer.pop("sig")
            self.bring(self.phones[by], json.dumps({**outer, "v": 1}).encode())

    @rule(who=PHONES, answered=st.booleans())
    def put_a_key(self, who, answered):
        if self.phones[who].device.id not in self.revoked:
            self.meet("key put" if answered else "answer to a key lost")
            self.phones[who].put_key(answered=answered)

    @rule(who=PHONES)
    def record_in_an_old_tab(self, who):
        """A page of a version that does not sign is still open."""
        if self.phones[who].phone.key:
            self.meet("old tab")
            self.phones[who].record_unsigned(recorded_at=self.world.at)

    @rule(who=PHONES, really=st.booleans())
    def take_a_number(self, who, really):
        """The store of the phone is new: it registers, after a backup or before."""
        if really and self.phones[who].device.id not in self.revoked and self.phones[who].take_number():
            self.meet("new number")

    @rule(who=PHONES)
    def sign_in(self, who):
        self.meet("signed in")
        self.phones[who].sign_in()

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
        self.listen()

    @precondition(lambda self: not self.revoked)
    @rule(who=PHONES, really=st.integers(0, 3))
    def revoke(self, who, really):
        """A number that the restored server has not met again is on nobody's list."""
        device = self.phones[who].device.id
        if really == 0 and Device.select().where(Device.id == device).exists():
            self.meet("phone revoked")
            devices.revoke(device, by=self.world.fund.people["admin"], at=self.world.at, reason="หาย")
            self.revoked.add(device)

    @rule(verdict=st.sampled_from(["approved", "returned", "rejected"]))
    def decide(self, verdict):
        """A leader reads the oldest undecided visit."""
        visits = Entry.select().join(Opening).where(Opening.kind == "household").order_by(Entry.id)
        waiting = [row for row in visits if states.of(row) == "received"]
        if not waiting:
            return
        self.world.pass_time()
        act = {"approved": review.approve, "returned": review.send_back, "rejected": review.reject}[verdict]
        act(waiting[0], by=self.world.fund.people[self.LEADER], at=self.world.at, reason="ตรวจแล้ว")
        self.world.decisions[waiting[0].entry_id, waiting[0].sha256] = verdict
        self.listen()

    @rule(who=PHONES)
    def answer_a_return(self, who):
        phone = self.phones[who]
        for held in phone.held.values():
            if self.world.decisions.get(held.name) == "returned":
                phone.record(recorded_at=self.world.at, replaces=held.id)
                self.world.decisions[held.name] = "answered"
                return

    def listen(self):
        """What is told since the answer before, laid over it, is what is told whole: across restores, forks and late proofs."""
        for ear in self.ears:
            ear.listen(self.world.at)

    def one_in_custody(self, who):
        lines = [held for held in self.phones[who].held.values() if held.name in self.world.custody]
        return self.chance.choice(lines) if lines else None

    def bring(self, phone, line):
        """Somebody brings a line that no phone holds in these bytes, and keeps no receipt."""
        assert self.world.post(phone.device, [line]).status_code == 200
        self.world.custody.add((uuid.UUID(json.loads(line)["id"]), hashlib.sha256(line).hexdigest()))

    def waiting(self, phone, order):
        return self.arranged([held for held in phone.everything().values() if held.waits], order)

    def arranged(self, lines, order):
        lines = sorted(lines, key=lambda held: (held.at, held.seq), reverse=order == "newest first")
        if order == "shuffled":
            self.chance.shuffle(lines)
        return lines[: self.BATCH]

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

    settle = afterwards.settle

    def teardown(self):
        try:
            self.settle()
        finally:
            self.world.close()
