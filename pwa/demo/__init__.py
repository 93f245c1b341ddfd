"""The demo village: invented people with sample ID numbers, told with the same verbs as the app, the same every time for one clock."""

import random
import uuid
from datetime import timedelta

from db import database
from pwa.demo import story, village
from pwa.domain.people import trials

VISITS = 14


class Village:
    """The world while it is told: accounts, phones and funds by name, and the one source of chance."""

    def __init__(self, at, visits=VISITS):
        self.at, self.visits = at, visits
        self.chance = random.Random(2569)
        self.accounts, self.phones, self.funds, self.households = {}, {}, {}, []

    def new_id(self):
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def days_ago(self, days, hour=9):
        return (self.at - timedelta(days=days)).replace(
            hour=hour - 7 if hour >= 7 else 2, minute=self.chance.randrange(60)
        )


def build(*, at, visits=VISITS):
    """Fill an empty, migrated database with so many visits in each of nine communities; returns the accounts' handles."""
    world = Village(at, visits)
    with database.atomic():
        village.settle(world)
        story.tell(world)
        village.give_a_role(world)
        trials.note_world(at=at)
    return list(world.accounts)
