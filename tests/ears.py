"""A phone's ear for how its person's entries stand: it asks what is new since the answer before, and misses nothing."""

from pwa.domain.custody import own


class Ear:
    """What a phone keeps of the answers that it heard."""

    def __init__(self, account):
        self.account, self.since, self.known = account, "", {}

    def listen(self, at):
        """Ask what is new, lay it over what is known, and compare with everything. → the ids that were told"""
        told, gone, self.since = own.news(self.account, at=at, since=self.since)
        spoken = None if gone is None else {*gone, *(one["id"] for one in told)}
        kept = {} if spoken is None else {one: word for one, word in self.known.items() if one not in spoken}
        self.known = kept | {one["id"]: one for one in told}
        assert self.known == {one["id"]: one for one in own.status(self.account, at=at)}
        return spoken
