"""The demo village: invented people with sample ID numbers, told with the same verbs as the app, the same every time for one clock."""

import random
import uuid
from datetime import timedelta

from db import database
from pwa.demo import claim_year, counted_network, elders, regulations, reports, story, treasury, village
from pwa.demo import money as money_months
from pwa.domain.fund import holders, ledger
from pwa.domain.people import trials

VISITS = 14
BEGINS = 240
"""Days ago: when the village was settled, where no money is told of."""


class Village:
    """The world while it is told: accounts, phones and funds by name, and the one source of chance."""

    def __init__(self, at, visits=VISITS, money=False):
        self.at, self.visits, self.money = at, visits, money
        self.begins = money_months.BEGINS if money else BEGINS
        self.chance = random.Random(2569)
        self.accounts, self.phones, self.funds, self.households = {}, {}, {}, []

    def new_id(self):
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def days_ago(self, days, hour=9):
        return (self.at - timedelta(days=days)).replace(
            hour=hour - 7 if hour >= 7 else 2, minute=self.chance.randrange(60)
        )

    def cash(self, handle):
        """What is in somebody's hand now, in satang."""
        return ledger.balance(holders.hand_of(self.funds["F1"], self.accounts[handle]))


def build(*, at, visits=VISITS, money=False):
    """Fill an empty, migrated database with so many visits in each of nine communities; returns the accounts' handles.

    `money`: the village is older then, and its first households have paid contributions for a year.
    """
    world = Village(at, visits, money)
    with database.atomic():
        village.settle(world)
        if money:
            regulations.put_in_force(world)
            rounds = money_months.tell(world)
        story.tell(world)
        village.give_a_role(world)
        if money:
            claim_year.tell(world, rounds)
            elders.tell(world)
            claim_year.look(world)
            treasury.at_the_table(world)
            treasury.close_months(world)
            claim_year.hold(world)
            reports.send(world)
            counted_network.send(world)
        else:
            regulations.put_in_force(world)
        trials.note_world(at=at)
    return list(world.accounts)
