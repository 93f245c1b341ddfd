"""What people do at the desk about claims: a leader certifies, a committee decides."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from db.models import ClaimEntry, Entry, Opening
from pwa.domain import NotFound
from pwa.domain.custody import states
from pwa.domain.fund import claim_lists, claim_payments, claims, reopenings
from pwa.domain.review import claim_decisions, counter_decisions, review, urgencies
from tests.faults.claimants import EVENTS, event_of
from tests.faults.counted import said
from tests.faults.counted_claims import paid_by_the_books

WHICH = st.integers(0, len(EVENTS) - 1)


class ClaimOfficers:
    """The acts of a leader, the registrar and the committee of a ClaimDay; what they decided the world remembers."""

    @rule(which=WHICH, verdict=st.sampled_from(["approved", "approved", "approved", "rejected"]))
    def certify(self, which, verdict):
        """Whatever was told of an event; somebody tells of it where nobody did."""
        if not self.tellings(which):
            self.phones[0].claim(EVENTS[which], False)
            self.send_from([0])
        for row in [row for row in self.tellings(which) if states.of(row) == "received"]:
            verdict = "approved" if self.is_lost(which) else verdict
            act = review.approve if verdict == "approved" else review.reject
            if self.decided(lambda act=act, row=row: act(row, by=self.leader, at=self.world.at, reason="ตรวจแล้ว")):
                self.note(row, verdict)

    @rule(which=WHICH)
    def take_a_certificate_back(self, which):
        known = [row for row in self.tellings(which) if (row.entry_id, row.sha256) in self.world.decisions]
        if known and not self.is_lost(which):
            row = known[0]
            if self.decided(
                lambda: counter_decisions.undo(row, by=self.people["registrar"], at=self.world.at, reason="ผิด")
            ):
                self.meet("certificate undone")
                del self.world.decisions[row.entry_id, row.sha256]

    @rule(which=WHICH, word=st.sampled_from(["grant", "grant", "refuse", "object"]), again=st.booleans())
    def resolve(self, which, word, again):
        """Typed by one and answered by another, maybe twice."""
        claim = self.certified(which)
        if claim is None:
            return
        word = "grant" if self.is_lost(which) else word
        sitting = dict(board="4", meeting=f"{self.today:%j}/2569", resolved_on=self.today)
        about = dict(
            accepted=word != "refuse", reason="" if word != "refuse" else "ไม่ถึงเกณฑ์", by=self.people["registrar"]
        )
        self.decided(lambda: claim_decisions.propose(claim, at=self.world.at, **about, **sitting))
        seen = len(claims.of(claim).acts)
        for _ in range(1 + again):
            if self.answer(claim, seen, "committee", agrees=word != "object"):
                self.meet(word)

    @rule(which=st.sampled_from([3, 3, 3, 0]), confirmed=st.sampled_from([True, True, False]))
    def urge(self, which, confirmed):
        """Two of the committee before a meeting; the rules let them where somebody died."""
        claim, by = self.certified(which), self.people["committee-2"]
        if claim is None or not self.decided(lambda: urgencies.urge(claim, by=by, at=self.world.at, on=self.today)):
            return
        if confirmed and self.answer(claim, len(claims.of(claim).acts), "committee", agrees=True):
            self.meet("urgent")

    @rule(which=WHICH)
    def decide_anew(self, which):
        self.granted(which, 0)
        claim = self.claim_of(which)
        if claim and not self.is_lost(which):
            by = self.people["registrar"]
            if self.decided(lambda: claim_decisions.reopen(claim, reason="นับผิด", by=by, at=self.world.at)):
                self.meet("decided anew")

    def granted(self, which, payee):
        """The payment of one payee, after what leads to it where nothing stands in its way; None where something does."""
        if self.claim_of(which) is None:
            self.certify(which, "approved")
        if not self.payment(which, EVENTS[which].payees[-payee]):
            self.resolve(which, "grant", False)
        return self.payment(which, EVENTS[which].payees[-payee])

    def answer(self, claim, seen, who, agrees):
        return self.decided(
            lambda: claim_decisions.confirm(claim, agrees=agrees, seen=seen, by=self.people[who], at=self.world.at)
        )

    def certified(self, which):
        if self.claim_of(which) is None:
            self.certify(which, "approved")
        return self.claim_of(which)

    def tellings(self, which):
        """[Entry] that tell of an event and were received."""
        query = Entry.select().join(Opening).where(Opening.kind == "claim", Entry.outcome == "received")
        told = [(row, said(self.world, row)) for row in query.order_by(Entry.id)]
        return [row for row, one in told if one and event_of(one.payload) == which]

    def is_lost(self, which):
        """Whether money of an event was given and the books do not know it: until it is entered, nobody decides otherwise."""
        known = paid_by_the_books(self)
        return any(key[0] == which and paper.n not in known for key, paper in self.given.items())

    def is_open(self, one):
        return one.state == "due" and not reopenings.is_shut(self.fund)

    def claim_of(self, which):
        ids = [row.id for row in self.tellings(which)]
        found = ClaimEntry.select().where(ClaimEntry.entry.in_(ids)).first() if ids else None
        return found and found.claim

    def payment(self, which, name):
        claim = self.claim_of(which)
        try:
            row = claim and claim_lists.row_of(claims.of(claim))
        except NotFound:
            return None
        return next((one for one in claim_payments.of(row) if one.to["name"] == name), None) if row else None
