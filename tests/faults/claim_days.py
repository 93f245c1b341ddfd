"""The days on which the fund helps: claims told on phones, decided, paid and signed for, under every fault of the other days."""

import uuid
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pwa.domain import Refusal
from pwa.domain.fund import claim_payments, entered_payments, reopenings
from pwa.domain.people import devices
from pwa.domain.review import claim_decisions
from tests.faults import counted_claims
from tests.faults.booked import Booked
from tests.faults.claim_fund import BAHT, TREASURERS, ClaimWorld
from tests.faults.claim_officers import WHICH, ClaimOfficers
from tests.faults.claim_payers import BANK_CODE, PAYEES, TWO, ClaimPayers
from tests.faults.claimants import EVENTS, Claimant
from tests.faults.machine import PHONES, SKEWS

SENT = st.sampled_from([[0, 1, 2], [1, 0, 2], [0, 2], [1], []])
"""The phones that send right after, in this order."""


class ClaimDay(ClaimOfficers, ClaimPayers, Booked):
    """What people have and know, whatever server is restored: `papers` are the vouchers that were ever written by their numbers,
    `pages` the forms that they were written with, `given` what each payee of an event has, `returned` who took what came back,
    `purse` what is left. `astray`: what lies in a hand because its payee has signed and brought it back all the same.
    """

    LEADER, PHONE, WORLD = "zone-leader", Claimant, ClaimWorld

    def __init__(self):
        super().__init__()
        self.people, self.fund = self.world.fund.people, self.world.fund.fund
        self.leader, self.treasurers = self.people[self.LEADER], [self.people[handle] for handle in TREASURERS]
        self.papers, self.pages, self.given, self.returned = {}, [], {}, {}
        self.purse = {BANK_CODE if place == "bank" else place: baht * 100 for place, baht in BAHT.items()}
        self.all, self.astray = sum(self.purse.values()), Counter()

    @rule(who=PHONES, which=WHICH, skew=SKEWS, turned=st.booleans())
    def tell(self, who, which, skew, turned):
        self.phones[who].claim(EVENTS[which], turned, self.world.at + skew)

    @rule(which=WHICH, sent=SENT, turned=st.booleans(), certified=st.booleans())
    def tell_twice(self, which, sent, turned, certified):
        """Two volunteers hear of it, where there is no network; a leader may find both on the desk."""
        self.meet("told twice")
        self.phones[0].claim(EVENTS[which], False)
        self.phones[1].claim(EVENTS[which], turned)
        self.send_from(sent)
        if certified:
            self.certify(which, "approved")

    @rule(
        who=PHONES,
        which=WHICH,
        payee=PAYEES,
        word=st.sampled_from(["all", "all", "less", "none"]),
        sent=SENT,
        old=st.booleans(),
    )
    def sign(self, who, which, payee, word, sent, old):
        """Whoever was paid last says what came, on a phone without a network; maybe on the page of an old version."""
        self.have_paid(which, payee, 0)
        if paper := self.given.get((which, EVENTS[which].payees[-payee])):
            self.meet({"all": "signed", "less": "signed for less", "none": "not given"}[word])
            less = paper.satang - 100 if word == "less" else 0
            self.phones[who].sign(paper.command, less=less, given=word != "none", is_old=old)
            self.send_from(sent)

    @rule(who=PHONES, which=WHICH, payee=PAYEES)
    def sign_and_lose_the_answer(self, who, which, payee):
        """It is in custody, and the phone does not know; so it sends it again."""
        self.have_paid(which, payee, 0)
        if paper := self.given.get((which, EVENTS[which].payees[-payee])):
            self.phones[who].sign(paper.command)
            self.deliver(self.phones[who], self.waiting(self.phones[who], "oldest first"), "answer lost")
            self.send_from([who])

    @precondition(lambda self: not self.restored)
    @rule(
        which=WHICH,
        payee=PAYEES,
        by=TWO,
        cash=st.booleans(),
        command=st.uuids(),
        signed=st.booleans(),
        soon=st.booleans(),
    )
    def restore_between(self, which, payee, by, cash, command, signed, soon):
        """A backup is made after the resolution, money is given after it, and the server goes back to that backup."""
        one = self.granted(which, payee)
        if one is None or not self.is_open(one):
            return
        self.restored, held = True, self.world.back_up()
        self.decided(lambda: claim_payments.hold(one, by=self.treasurers[by], at=self.world.at))
        self.give(which, one, by, cash, command)
        if signed:
            self.sign(0, which, payee, "all", [0], False)
        self.world.restore(held)
        self.revoked = {device for device in self.revoked if devices.is_revoked(device)}
        self.meet("restored between resolution and payment")
        self.nothing_is_paid(which, payee)
        if soon:
            self.reopen()

    def nothing_is_paid(self, which, payee):
        """Until two have signed."""
        one = self.payment(which, EVENTS[which].payees[-payee])
        for verb in (claim_payments.hold,) if one and one.state == "due" else ():
            try:
                verb(one, by=self.treasurers[0], at=self.world.at)
            except Refusal:
                continue
            raise AssertionError("paid after a restore, before anybody has signed")

    @precondition(lambda self: self.restored)
    @rule()
    def reopen(self):
        """What paper says since the backup is entered, after it was decided anew where that is lost; then two sign."""
        if not reopenings.is_shut(self.fund):
            return
        for n in counted_claims.paid_by_the_books(self):
            if self.given.get(self.papers[n].key) != self.papers[n]:  # it came back after the backup
                self.take_back(self.payment(*self.papers[n].key), self.treasurers[0])
        by = self.treasurers[0]
        state = reopenings.find("fund", seen_by=by)
        last = max([state.first_n - 1, *self.papers])
        reopenings.begin(state, last, by=by, at=self.world.at)
        for n in reopenings.of(self.fund).missing:
            self.enter(n)
        counted = {one.code: self.purse[one.code] for one in reopenings.places(self.fund)}
        reopenings.sign(reopenings.of(self.fund), counted, by=by, at=self.world.at)
        for code, booked, told in reopenings.of(self.fund).lost:
            self.astray[code] += booked - told
        reopenings.countersign(reopenings.of(self.fund), by=self.people["auditor"], at=self.world.at)
        self.meet("reopened")

    def enter(self, n):
        paper = self.papers.get(n)
        if paper is None or self.given.get(paper.key) != paper:
            self.explain(n)
            return
        which, name = paper.key
        one = self.decided_again(which, name)
        if one is None or one.state not in claim_payments.OPEN:
            self.explain(n)
            self.meet("signed for and back")
            return
        about = dict(
            source=paper.source,
            on=self.today,
            ground="สวัสดิการ",
            command_id=uuid.UUID(int=self.chance.getrandbits(128)),
            by=paper.by,
        )
        state = reopenings.of(self.fund)
        made = entered_payments.enter(one, state, n, at=self.world.at, today=self.today, **about)
        self.papers[n] = self.given[paper.key] = paper._replace(command=made.command_id)
        self.world.vouchers.append(("pay", n, paper.source))
        self.meet("entered from paper")

    def explain(self, n):
        reopenings.explain(reopenings.of(self.fund), n, "ไม่ได้จ่าย", by=self.treasurers[0], at=self.world.at)

    def decided_again(self, which, name):
        """The payment of what is on paper; somebody of the fund tells of it where no phone can."""
        self.grant_again(which, name)
        if self.payment(which, name) is None:
            self.phones.append(Claimant(self.world, "zone-leader-2", signs=False))
            self.phones[-1].claim(EVENTS[which], False)
            self.send_from([-1])
            self.grant_again(which, name)
        return self.payment(which, name)

    def grant_again(self, which, name):
        self.certify(which, "approved")
        if self.payment(which, name) is None:
            claim, by = self.claim_of(which), self.people["registrar"]
            self.decided(
                lambda: claim_decisions.reopen(claim, reason="ข้อมูลหาย", by=by, at=self.world.at)
            ) if claim else None
            self.resolve(which, "grant", False)

    def settle(self):
        super().settle()
        self.reopen()
        counted_claims.settle(self)
