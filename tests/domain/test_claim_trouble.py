"""Days of paying in any order, with two treasurers, commands that arrive twice, money that comes back and a restore: counted by plain lists.

Nothing here asks the books what should be; the books must say what the lists say. Seeds are fixed.
"""

import random
import uuid
from contextlib import suppress

import pytest

import db
from db import ties
from pwa.domain import Refusal
from pwa.domain.fund import claim_lists, claim_payments, claims, reclaims, reopenings
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.claim_paying import BANK
from tests.claiming import AT, TODAY, birth, decided, looked_at
from tests.collecting import balances

SHARE = 50_000
"""What each of two payees of a birth gets: 1,000 baht, halved."""
PAYEES = [
    {"type": "other", "name": name, "share": 50, "how": "transfer", "bank_account": "ธ.ก.ส. 1"} for name in ("ก", "ข")
]


class Days:
    """`given` is what each payee has in hand, `owed` what they are to bring back, by plain counting."""

    def __init__(self, treasurers, seed):
        self.treasurers, self.chance = treasurers, random.Random(seed)
        self.granted = [decided(birth(event_on=f"2026-{month}-01", payees=PAYEES)) for month in ("09", "10", "11")]
        self.given = dict.fromkeys(((n, payee) for n in range(3) for payee in range(2)), 0)
        self.owed, self.sent, self.clawed = dict.fromkeys(self.given, 0), {}, set()
        self.bank = balances()[BANK]

    def step(self):
        key = self.chance.choice(sorted(self.given))
        verb = self.chance.choice(
            (self.hold, self.pay, self.pay, self.again, self.release, self.back, self.claw, self.repay, self.restore)
        )
        with suppress(Refusal):
            verb(key, self.chance.choice(self.treasurers))
        self.agree()

    def one(self, key):
        return next((each for each in claim_payments.of(self.row(key)) if each.payee == key[1]), None)

    def row(self, key):
        return claim_lists.row_of(claims.of(self.granted[key[0]].claim))

    def hold(self, key, by):
        if self.one(key):
            claim_payments.hold(self.one(key), by=by, at=AT)

    def release(self, key, by):
        if self.one(key):
            claim_payments.release(self.one(key), by=by, at=AT)

    def pay(self, key, by, command=None):
        command, one = command or uuid.uuid4(), self.one(key)
        if one is None:
            return
        about = dict(source=BANK, on=TODAY, ground="คลอดบุตร", by=by, at=AT, today=TODAY)
        claim_payments.pay(one, command_id=command, **about)
        if command not in self.sent:
            self.sent[command] = key, by
            self.given[key] += one.satang

    def again(self, key, by):
        """The answer was lost on the way: the same is sent once more, later."""
        if self.sent:
            command = self.chance.choice(sorted(self.sent, key=str))
            self.pay(*self.sent[command], command)

    def back(self, key, by):
        one = self.one(key)
        if one and one.voucher:
            claim_payments.bring_back(one, reason="ไม่พบผู้รับ", by=by, at=AT, today=TODAY)
            self.given[key] = 0

    def claw(self, key, by):
        """Once a claim, to 400 baht: 200 each. Who has 500 owes 300."""
        number = key[0]
        if number in self.clawed or self.chance.random() < 0.6:
            return
        looked_at(self.granted[number], "claw_back", amount_satang=40_000, reason="นับผิด")
        self.clawed.add(number)
        for payee in range(2):
            if self.given[number, payee]:
                self.owed[number, payee] = SHARE - 20_000

    def repay(self, key, by):
        if self.owed[key]:
            debt = reclaims.get(self.granted[key[0]].claim.id, key[1], seen_by=by)
            satang = self.chance.choice((10_000, self.owed[key]))
            about = dict(into=BANK, on=TODAY, ground="คืนเงิน", command_id=uuid.uuid4(), by=by, at=AT, today=TODAY)
            reclaims.repay(debt, satang, **about)
            self.owed[key] -= satang
            self.given[key] -= satang

    def restore(self, key, by):
        """Rarely; payments are shut until two have signed that nothing is on paper only."""
        if self.chance.random() < 0.8:
            return
        with db.database.atomic():
            ties.go_on_after_a_restore(db.database.obj)
        with pytest.raises(Refusal):
            reopenings.must_be_open(self.granted[0].claim.fund)
        state = reopenings.find("F1", seen_by=by)
        reopenings.begin(state, state.first_n - 1, by=by, at=AT)
        state = reopenings.find("F1", seen_by=by)
        counted = {one.code: 0 for one in reopenings.places(state.fund)}
        reopenings.sign(state, counted, by=by, at=AT)
        reopenings.countersign(state, by=accounts.named("auditor"), at=AT)

    def agree(self):
        now = balances()
        assert now[BANK] == self.bank - sum(self.given.values())
        assert now.get("1300", 0) == sum(self.owed.values())
        assert now.get("5001 benefit", 0) == sum(self.given.values()) - sum(self.owed.values())
        for key, satang in self.given.items():
            assert satang - self.owed[key] in (0, SHARE, 20_000), (key, satang)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_paid_twice_and_the_books_say_what_plain_lists_say(treasurer, seed):
    other = accounts.add("treasurer-9", name="สมพร", unit=units.get("M01"), role="treasurer", at=AT)
    days = Days([treasurer, other], seed)
    for _ in range(60):
        days.step()
    assert [words for promise in claim_promises.OF_CLAIMS for words in promise()] == []
    assert days.sent
