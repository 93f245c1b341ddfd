"""Two treasurers who pay what was granted: one after the other, in one moment, from an old page, and the money that comes back."""

import threading
import uuid
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from peewee import OperationalError

import db
from db.models import Voucher
from pwa.domain import Refusal
from pwa.domain.fund import claim_payments
from tests.faults.claim_fund import BANK, DIGITS
from tests.faults.claim_officers import WHICH
from tests.faults.claimants import EVENTS

PAYEES, TWO = st.integers(0, 1), st.integers(0, 1)
BANK_CODE = f"1100-{BANK}-{DIGITS}"


class Paper(NamedTuple):
    """A voucher as it lies in a drawer: whose money (event, name) left which place, by whom."""

    n: int
    command: object
    key: tuple
    satang: int
    source: str
    by: object


class ClaimPayers:
    """The acts of the treasurers of a ClaimDay, who remember each paper and who has what in hand."""

    @rule(
        which=WHICH,
        payee=PAYEES,
        by=TWO,
        cash=st.booleans(),
        command=st.uuids(),
        held=st.sampled_from([True, True, False]),
    )
    def pay(self, which, payee, by, cash, command, held):
        """One pays, and the same is sent once more because the answer was lost."""
        one = self.granted(which, payee)
        if one is not None:
            if held:
                self.decided(lambda: claim_payments.hold(one, by=self.treasurers[by], at=self.world.at))
            for _ in range(2):
                self.give(which, one, by, cash, command)

    def have_paid(self, which, payee, by):
        if (which, EVENTS[which].payees[-payee]) not in self.given:
            self.pay(which, payee, by, True, uuid.UUID(int=self.chance.getrandbits(128)), True)

    @rule(which=WHICH, payee=PAYEES, first=TWO, cash=st.booleans(), commands=st.tuples(st.uuids(), st.uuids()))
    def both_pay(self, which, payee, first, cash, commands):
        """Two treasurers look at one page, one after the other says that it is paid: the later one's page is old."""
        one = self.granted(which, payee)
        if one is not None:
            self.meet("both paid")
            for by in (first, 1 - first):
                self.decided(lambda by=by: claim_payments.hold(one, by=self.treasurers[by], at=self.world.at))
            for by in (1 - first, first, 1 - first):
                self.give(which, one, by, cash, commands[by])

    @rule(which=WHICH, payee=PAYEES, commands=st.tuples(st.uuids(), st.uuids()))
    def both_pay_at_once(self, which, payee, commands):
        """In one moment, each with a server process of their own."""
        one, gate, done = self.granted(which, payee), threading.Barrier(2), []
        if one is None or not self.is_open(one):
            return

        def go(by):
            with db.database.connection_context():
                gate.wait()
                try:
                    claim_payments.hold(one, by=self.treasurers[by], at=self.world.at)
                    done.append((self.write(one, by, True, commands[by]), by))
                except (Refusal, OperationalError):
                    pass

        self.world.pass_time()
        both = [threading.Thread(target=go, args=(by,)) for by in (0, 1)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        self.meet("both paid in one moment")
        for paper, by in done:
            self.keep_paper(which, one, by, paper)

    @precondition(lambda self: self.pages)
    @rule(which=st.integers(0, 9))
    def send_an_old_page_again(self, which):
        """The form of some payment stands open in a tab, and is sent, whatever happened since: a restore, money that came back."""
        paper = self.pages[which % len(self.pages)]
        one = self.payment(*paper.key)
        if one is not None:
            self.meet("old page")
            self.give(paper.key[0], one, self.treasurers.index(paper.by), paper.source != BANK_CODE, paper.command)

    @rule(which=WHICH, payee=PAYEES, by=TWO)
    def bring_back(self, which, payee, by):
        self.have_paid(which, payee, by)
        self.take_back(self.payment(which, EVENTS[which].payees[-payee]), self.treasurers[by])

    def take_back(self, one, by):
        """By whom it came back to before, where a restored server does not know that."""
        if one is None or one.voucher is None:
            return False
        paper = self.papers[one.voucher.n]
        by = self.returned.get(paper.n, by)
        about = dict(reason="ไม่พบผู้รับ", by=by, today=self.today)
        if not self.decided(lambda: claim_payments.bring_back(one, at=self.world.at, **about)):
            return False
        self.meet("came back")
        to = paper.source if paper.source == BANK_CODE else f"1000-{by.handle}"
        self.world.vouchers.append(("back", paper.n, to))
        self.returned[paper.n] = by
        if self.given.get(paper.key) == paper:
            del self.given[paper.key]
            self.purse[to] += paper.satang
        return True

    def give(self, which, one, by, cash, command):
        """One payment as a page that shows `one` sends it."""
        known, paper = Voucher.get_or_none(Voucher.command_id == command), None

        def act():
            nonlocal paper
            paper = self.write(one, by, cash, command)

        if self.decided(act) and known is None:
            self.keep_paper(which, one, by, paper)
        elif paper is not None:
            assert paper == known, "the same command is the same voucher"

    def write(self, one, by, cash, command):
        who = self.treasurers[by]
        about = dict(source=f"1000-{who.handle}" if cash else BANK_CODE, on=self.today, ground="สวัสดิการ", by=who)
        return claim_payments.pay(one, command_id=command, at=self.world.at, today=self.today, **about)

    def keep_paper(self, which, one, by, paper):
        """The money is out of the hand; and nobody has it twice."""
        key = which, one.to["name"]
        assert key not in self.given, ("paid twice", key)
        assert paper.n not in self.papers, "a number stands on one paper"
        made = Paper(paper.n, paper.command_id, key, paper.amount_satang, paper.source.code, self.treasurers[by])
        assert made.satang == EVENTS[which].satang
        self.papers[made.n] = self.given[key] = made
        self.pages.append(made)
        self.purse[made.source] -= made.satang
        self.world.vouchers.append(("pay", made.n, made.source))
        self.meet("paid")
