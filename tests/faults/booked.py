"""What days with money have in common: phones that send in some order, a server that dies before it books, and acts that are refused."""

from hypothesis.stateful import rule

from pwa.domain import NotFound, Refusal
from pwa.domain.text.dates import BANGKOK
from tests.faults.machine import PHONES, Day


class Booked(Day):
    @property
    def today(self):
        return self.world.at.astimezone(BANGKOK).date()

    @rule(who=PHONES)
    def die_before_booking(self, who):
        """Lines come into custody, and the server dies before it booked them; it books when it starts, or is asked to."""
        self.meet("died before booking")
        with self.world.books_shut():
            self.send_from([who])

    def send_from(self, places):
        for place in places:
            self.deliver(self.phones[place], self.waiting(self.phones[place], "oldest first"), "arrives")

    def decided(self, act):
        self.world.pass_time()
        try:
            act()
        except (Refusal, NotFound):
            return False
        return True

    def note(self, row, verdict):
        self.meet(verdict)
        self.world.decisions[row.entry_id, row.sha256] = verdict
