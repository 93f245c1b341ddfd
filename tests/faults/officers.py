"""What officers do at the desk on a day of money: take cash and bring it to the bank, approve, refuse, undo and pay back."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from db.models import Entry, Opening
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import counting, voucher_grounds, vouchers
from pwa.domain.review import collection_sheets, counter_decisions, review, sheet_approvals, waiting_sheets
from tests.collecting import balances, coins
from tests.faults.purses import ACCOUNT, Said

AMISS = st.sampled_from([0, 0, 0, 1, -1, -40])


class Officers:
    """The acts of the treasurer, a checker and the registrar of a PayDay; what they decided the world remembers."""

    @rule(amiss=AMISS, answered=st.booleans(), share=st.integers(0, 5), command=st.uuids())
    def pay_in(self, amiss, answered, share, command):
        """The leader brings what is in the hand, and the treasurer takes at the desk whatever waits."""
        if offered := self.phones[1].offer(0):
            self.offers.append(offered)
            self.send_from([1])
        for waiting in counting.to_take(self.treasurer):
            self.world.pass_time()
            rows = coins(max(waiting.counted_satang // 100 + amiss, 0))
            row = counting.take(
                waiting,
                rows,
                "นับใหม่",
                differs=True,
                by=self.treasurer,
                sender=self.phones[1].device.id,
                at=self.world.at,
            )
            self.meet("taken at the desk")
            payload = {"handover": str(waiting.entry.entry_id), "counted": rows}
            self.world.remember(row, Said("handover_receipt", str(row.entry_id), payload, "treasurer"))
            for offered in self.offers:
                if answered and offered["id"] == payload["handover"]:
                    offered["phone"].forget_handed(offered)
        self.deposit(share, command)

    def deposit(self, share, command):
        """Sent twice; and more than there is, is refused."""
        there = balances().get("1000-treasurer", 0)
        satang = there * share // 4
        if satang:
            self.world.pass_time()
            done = [self.voucher("deposit", satang, command, bank=ACCOUNT) for _ in range(2)]
            assert done == [satang if satang <= there else None] * 2
            if done[0]:
                self.meet("deposit")
                self.world.vouchers.append(("deposit", satang))

    @rule(command=st.uuids())
    def refund(self, command):
        """The first that is owed to somebody, if there is as much in the hand."""
        self.decide_about_money("rejected", 0)
        self.pay_in(0, True, 0, command)
        for owed in voucher_grounds.to_give_back(self.world.fund.fund)[:1]:
            self.world.pass_time()
            paid = self.voucher(
                "refund", voucher_grounds.owed(owed), command, source="1000-treasurer", receipt=f"{owed.book}/{owed.no}"
            )
            if paid:
                self.meet("refund")
                self.world.vouchers.append(("refund", paid))

    @rule(some=st.booleans())
    def approve_sheets(self, some):
        """All of them, or only the first."""
        self.send_from([0, 1, 2])
        for waiting in waiting_sheets.of(self.checker, at=self.world.at)[: 1 if some else None]:
            self.approve_a_sheet(waiting.key)

    def approve_a_sheet(self, key):
        self.world.pass_time()
        about = dict(at=self.world.at, on=self.today)
        try:
            sheet = collection_sheets.of(key, self.checker, **about)
        except NotFound:
            return
        chosen = [line.told[0].row.entry_id for line in sheet.clean]
        if chosen:
            told = [one.row for line in sheet.clean for one in line.told]
            _, refused = sheet_approvals.approve_clean(key, chosen, by=self.checker, **about)
            not_done = {one.row for line, _ in refused if line for one in line.told}
            self.meet("sheet approved")
            for row in set(told) - not_done:
                self.note(row, "approved")

    @rule(verdict=st.sampled_from(["approved", "rejected", "never_paid"]), which=st.integers(0, 9))
    def decide_about_money(self, verdict, which):
        """One receipt or void by itself."""
        self.send_from([0, 2])
        query = Entry.select().join(Opening).where(Opening.kind.in_(("contribution", "receipt_void")))
        waiting = [row for row in query.order_by(Entry.id) if states.of(row) == "received"]
        if waiting:
            row = waiting[which % len(waiting)]
            acts = {"approved": {}, "rejected": {}, "never_paid": {"heard": "ไม่ได้จ่าย"}}
            act = review.approve if verdict == "approved" else review.reject
            if self.decided(lambda: act(row, by=self.checker, at=self.world.at, reason="ตรวจแล้ว", **acts[verdict])):
                self.note(row, verdict)

    @rule(who=st.integers(0, 2), money=st.sampled_from(["given_back", "never_paid", ""]), which=st.integers(0, 9))
    def approve_a_void(self, who, money, which):
        self.void(who, money)
        self.send_from([who])
        voids = Entry.select().join(Opening).where(Opening.kind == "receipt_void").order_by(Entry.id)
        waiting = [row for row in voids if states.of(row) == "received"]
        for row in waiting[which % len(waiting) :][:1] if waiting else ():
            if self.decided(lambda row=row: review.approve(row, by=self.checker, at=self.world.at)):
                self.meet("void approved")
                self.note(row, "approved")

    @rule(which=st.integers(0, 9))
    def undo(self, which):
        about = Entry.select().join(Opening).where(Opening.kind.in_(("contribution", "receipt_void")))
        known = [row for row in about.order_by(Entry.id) if (row.entry_id, row.sha256) in self.world.decisions]
        if known:
            row = known[which % len(known)]
            if self.decided(lambda: counter_decisions.undo(row, by=self.registrar, at=self.world.at, reason="ผิด")):
                self.meet("decision undone")
                del self.world.decisions[row.entry_id, row.sha256]

    def voucher(self, kind, satang, command, **about):
        """The satang of a voucher that was written; None where it was refused."""
        asked = voucher_grounds.Asked(kind, self.today, satang, payee="ธนาคาร", ground="ฝาก", **about)
        said = dict(command_id=command, by=self.treasurer, at=self.world.at, on=self.today)
        try:
            return vouchers.write(self.world.fund.fund, asked, **said).amount_satang
        except Refusal:
            return None
