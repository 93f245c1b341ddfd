"""Lists in any order of deaths, joins and commands said twice: each is paid once a period, alive and entitled on its first day.

What was paid is read from the rows and judged by other code, from the regulation's own document.
"""

import contextlib
import json
import random
import uuid
from datetime import date

import pytest

from db.models import Claim, ClaimAct, Posting, Sighting, Voucher
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import batches, versions
from pwa.domain.fund.sightings import Seen
from pwa.domain.people import accounts
from pwa.domain.review import batch_decisions
from tests.claim_paying import HAND, rich
from tests.claiming import AT, TODAY
from tests.listing import dies, elder, granted, written
from tests.rights_world import DEMO

YEARS = (date(2025, 1, 1), date(2026, 1, 1))


def rule(first):
    """(least age, years of membership, satang) of the version of that day, as the document says them."""
    told = json.loads(DEMO.read_text("utf-8"))[0 if first < date(2026, 1, 1) else 1]
    one = next(one for one in told["benefits"] if one["code"] == "elderly")
    assert one["waiting"]["unit"] == "year"
    return one["conditions"][0]["value"], one["waiting"]["n"], one["clauses"][0]["amounts"][0]["satang"]


def years_between(then, day):
    return day.year - then.year - ((day.month, day.day) < (then.month, then.day))


class Story:
    """Some years of lists, told by chance."""

    def __init__(self, seed):
        self.chance, self.treasurer, self.people, self.commands = random.Random(seed), rich(), {}, {}
        self.dead, self.paid_to_the_dead, self.lists = set(), set(), []

    def joins(self):
        """The first has all rights, and lives; of each other one something may be a day too late."""
        number, pick = len(self.people) + 1, self.chance.choice
        born = (
            date(pick((1950, 1964, 1965, 1966, 1970)), pick((1, 6)), pick((1, 2))) if number > 1 else date(1950, 1, 1)
        )
        joined = date(pick((2019, 2021, 2022, 2023, 2024)) if number > 1 else 2019, 1, pick((1, 2)))
        person = elder(number, born=born.isoformat(), joined=joined.isoformat())
        self.people[person.id] = (person, born, joined)

    def dies(self):
        living = [one for one in list(self.people)[1:] if one not in self.dead]
        if living:
            person = self.chance.choice(living)
            dies(self.people[person][0], on=self.chance.choice((date(2025, 6, 1), TODAY)))
            self.dead.add(person)

    def is_written(self):
        first, known = self.chance.choice(YEARS), uuid.uuid4()
        for _ in range(2):
            try:
                self.lists.append(
                    written(first, batch_id=known) if known not in self.ids() else self.again(known, first)
                )
            except (Refusal, NotFound):
                return

    def ids(self):
        return {one.id for one in self.lists}

    def again(self, known, first):
        fund = versions.fund_of("F1")
        about = dict(seen="", batch_id=known, by=accounts.named("registrar"), at=AT, on=TODAY)
        return batches.begin(fund, batches.benefit_of(fund, "elderly", first, on=TODAY), first, **about)

    def is_granted(self):
        for batch in self.lists:
            for _ in range(2):
                if batch_decisions.of(batches.lines(batch), accounts.named("registrar")).to_type:
                    granted(batch)

    def someone_is_taken_off(self):
        for batch in self.lists:
            open_ones = [one for one in batches.lines(batch) if one.state == "certified"]
            if open_ones and self.chance.random() < 0.5:
                about = dict(reason="รอเอกสาร", by=accounts.named("registrar"), at=AT)
                batches.leave_out(batch, self.chance.choice(open_ones).claim.id, **about)

    def are_paid(self):
        for batch in self.lists:
            for one in batches.lines(batch):
                if one.payment is None or self.chance.random() < 0.4:
                    continue
                command = self.commands.setdefault((one.claim.id, self.chance.randrange(2)), uuid.uuid4())
                for _ in range(2):
                    self.is_paid(one.payment, command)

    def is_paid(self, payment, command):
        about = dict(source=HAND, on=TODAY, ground="ค่าสวัสดิการ", command_id=command, seen=Seen("สมศรี", TODAY))
        before = Voucher.select().count()
        with contextlib.suppress(Refusal):
            batches.pay(payment, by=self.treasurer, at=AT, today=TODAY, **about)
        if Voucher.select().count() > before:
            self.paid_to_the_dead |= {payment.claim.person} & self.dead


@pytest.mark.parametrize("seed", range(4))
def test_each_is_paid_once_a_period_alive_and_entitled_on_its_first_day(app, seed):
    story = Story(seed)
    for _ in range(3):
        story.joins()
    acts = ("joins", "dies", "is_written", "is_granted", "someone_is_taken_off", "are_paid")
    for _ in range(14):
        getattr(story, story.chance.choices(acts, (3, 1, 5, 4, 1, 5))[0])()
    story.is_written(), story.is_granted(), story.are_paid(), story.are_paid()
    acts = ClaimAct.select(ClaimAct, Claim, Voucher).join(Claim).switch(ClaimAct).join(Voucher)
    paid = [(row.claim.person, row.claim.event_on, row.voucher) for row in acts]
    assert paid, "the story paid nobody, and proves nothing"
    assert not story.paid_to_the_dead
    assert len({(person, first.year) for person, first, _ in paid}) == len(paid)
    for person, first, voucher in paid:
        _, born, joined = story.people[person]
        age, years, satang = rule(first)
        assert first in YEARS and years_between(born, first) >= age and years_between(joined, first) >= years
        assert voucher.amount_satang == satang and Sighting.get(Sighting.voucher == voucher).seen_by
    given = sum(row.amount_satang for row in Posting.select() if row.account.code == "5003")
    assert given == sum(voucher.amount_satang for _, _, voucher in paid)
