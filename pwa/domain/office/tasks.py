"""What waits for an account's decision, counted for its home page: one row for each room that it decides in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Task:
    room: str
    count: int
    since: datetime | None = None


def waiting(account, *, at):
    return []
