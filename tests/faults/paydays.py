"""The days on which money is collected: receipts, voids, hand-overs and what officers do about them, under every fault of the other days."""

import copy
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from pwa.domain.custody import collectors
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.faults import counted
from tests.faults.booked import Booked
from tests.faults.machine import PHONES, SKEWS
from tests.faults.officers import AMISS, Officers
from tests.faults.purses import ACCOUNT, BANK, DIGITS, Collector

SENT = st.sampled_from([[0, 1, 2], [1, 0, 2], [0, 2], [1], []])
"""The phones that send right after, in this order."""
SENT_DAYS = timedelta(days=80)


class PayDay(Officers, Booked):
    """Two phones of a volunteer and one of a leader, who takes what they collect; the treasurer takes it at the desk."""

    HANDLES, LEADER, PHONE = ("volunteer", "zone-leader", "volunteer"), "zone-leader-2", Collector

    def __init__(self):
        super().__init__()
        people, units = self.world.fund.people, self.world.fund.units
        self.treasurer = accounts.add(
            "treasurer", name="treasurer", unit=units["town"], role="treasurer", at=self.world.at
        )
        banks.write(self.world.fund.fund, BANK, DIGITS, since=self.today, by=self.treasurer, at=self.world.at)
        self.checker, self.registrar, self.offers = people["zone-leader-2"], people["registrar"], []

    @rule(who=PHONES, many=st.integers(1, 4), skew=SKEWS, way=st.sampled_from(["cash", "cash", "transfer"]))
    def collect(self, who, many, skew, way):
        for _ in range(many):
            self.receive(who, skew, **(self.by_transfer() if way == "transfer" else {}))

    @rule(many=st.integers(1, 4), sent=SENT)
    def collect_in_two_places(self, many, sent):
        for who in (0, 2):
            for _ in range(many):
                self.receive(who)
        self.send_from(sent)

    @rule(who=PHONES, again=st.booleans())
    def collect_and_forget(self, who, again):
        """A phone put back from a copy of itself gives a number of its book a second time."""
        self.phones[who].forgetting(lambda: self.receive(who))
        if again:
            self.receive(who)
            self.meet("number given twice")

    @rule(who=PHONES)
    def take_over(self, who):
        if old := self.one_written(who):
            self.meet("taken over")
            self.receive(who, instead_of={"book": old["book"], "no": old["no"]})

    @rule(who=PHONES, money=st.sampled_from(["given_back", "never_paid", ""]))
    def void(self, who, money):
        old = self.one_written(who)
        if old and (money != "given_back" or (old["book"], old["no"]) in self.phones[who].purse.held):
            self.meet("void")
            self.phones[who].void(old, money)

    @rule(who=PHONES, by=PHONES, other=st.booleans())
    def tell_again(self, who, by, other):
        """A receipt is rebuilt from its paper, by whichever phone: the same, or misread."""
        if old := self.one_written(who):
            self.meet("misread" if other else "told again")
            said = copy.deepcopy(old) | {"collector": self.phones[who].handle, "note": "จากสมุด"}
            if other:
                said["total_satang"] += 100
                said["lines"][0]["amount_satang"] += 100
            self.phones[by].say("contribution", said)

    @rule(who=PHONES, amiss=AMISS, miscounted=AMISS, answered=st.booleans(), sent=SENT)
    def hand_over(self, who, amiss, miscounted, answered, sent):
        """Phone to phone; the answer may not reach the giver, and either of the two may not send for a while."""
        if not self.phones[who].purse.held:
            self.receive(who)
        offered = self.phones[who].offer(amiss)
        if offered:
            self.offers.append(offered)
            if who != 1:
                self.be_taken(offered, miscounted, answered)
        self.send_from(sent if who != 1 else [1])

    @rule(which=st.integers(0, 9), amiss=AMISS, sent=SENT)
    def take_again(self, which, amiss, sent):
        """What was offered at some time is taken, also when that was before."""
        offers = [one for one in self.offers if one["phone"] is not self.phones[1]]
        if offers:
            self.meet("taken again")
            self.be_taken(offers[which % len(offers)], amiss, answered=True)
            self.send_from(sent)

    def be_taken(self, offered, amiss, answered):
        self.meet("taken" if answered else "answer to a taking lost")
        self.phones[1].take(offered, amiss)
        if answered:
            offered["phone"].forget_handed(offered)

    def receive(self, who, skew=timedelta(0), **more):
        self.send_out()
        self.phones[who].receipt(self.chance.randint(1, 500), self.world.at + skew, **more)

    def by_transfer(self):
        return {"channel": "transfer", "bank_account": ACCOUNT, "evidence": [{"blob": "0" * 64, "role": "slip"}]}

    def send_out(self):
        """The volunteer is sent to collect, again when the days are over."""
        volunteer, fund = self.world.fund.people["volunteer"], self.world.fund
        if not collectors.may(volunteer.id, "fund", self.today):
            about = dict(starts_on=self.today, ends_on=self.today + SENT_DAYS, on=self.today, at=self.world.at)
            giver = fund.people["zone-leader"]
            assignments.give(volunteer, [fund.units["canal"]], by=giver, collects_for=[fund.fund], **about)

    def one_written(self, who):
        purse = self.phones[who].purse
        if not purse.written:
            self.receive(who)
        known = [one for one in purse.written if (one["book"], one["no"]) not in purse.void]
        return self.chance.choice(known) if known else None

    def listen(self):
        super().listen()
        counted.books_are_what_was_told(self)

    def settle(self):
        super().settle()
        counted.settle(self)
