"""What waits for an account, room by room: how many, and since when the oldest, where the room can say so cheaply."""

from pwa.domain.desk import arrivals as phones
from pwa.domain.desk import quarantine as lines
from pwa.domain.people import accesses as opened
from pwa.domain.people import reissues as asked
from pwa.domain.people import role_starts as begun
from pwa.domain.register import notices as told
from pwa.domain.review import admissions as applicants
from pwa.domain.review import queues
from pwa.domain.review import second_looks as drawn


def role_starts(account, *, at):
    return begun.count(account, at=at), None


def reissues(account, *, at):
    return asked.count(account, at=at), None


def accesses(account, *, at):
    return opened.count(account, at=at), None


def review(account, *, at):
    return queues.counts(account, at=at), None


def admissions(account, *, at):
    return sum(applicants.count(fund) for fund in applicants.funds(account)), None


def arrivals(account, *, at):
    return phones.attention(account, at=at)


def quarantine(account, *, at):
    return lines.count(account), None


def notices(account, *, at):
    return told.count(seen_by=account), told.since(seen_by=account)


def second_looks(account, *, at):
    return drawn.count(account, at=at), None
