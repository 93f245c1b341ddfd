"""Where each value came from: who said it, who recorded it, who checked it, and when."""

from dataclasses import dataclass
from datetime import datetime

from db.models import Account, Approval, Entry
from pwa.domain.field import entries
from pwa.domain.registry import register


@dataclass(frozen=True)
class Source:
    """The three names behind a value. `respondent` is "" when the entry does not say, or was erased."""

    entry: Entry
    respondent: str
    recorder: str
    recorded_at: str
    checker: str
    checked_at: datetime


@dataclass(frozen=True)
class Known:
    path: str
    value: object
    source: Source


def of(subject, *, health=False):
    """[Known] of every value of a household, in the order of their paths."""
    values = register.values(subject, health=health)
    sources = _sources({held.entry for held in values.values()})
    return [Known(path, held.value, sources[held.entry]) for path, held in values.items() if held.entry in sources]


def _sources(rows):
    query = (
        Approval.select(Approval, Account, Entry)
        .join(Account)
        .switch(Approval)
        .join(Entry)
        .where(Approval.entry.in_(rows))
    )
    approvals = list(query)
    authors = {a.id: a.name for a in Account.select().where(Account.id.in_({one.entry.author for one in approvals}))}
    return {one.entry_id: _source(one, authors.get(one.entry.author, "")) for one in approvals}


def _source(approval, recorder):
    said, recorded_at = "", ""
    try:
        plaintext = entries.plaintext(approval.entry)
    except entries.Erased:
        pass
    else:
        said, recorded_at = respondent(plaintext), plaintext["recorded_at"][:10]
    return Source(approval.entry, said, recorder, recorded_at, approval.account.name, approval.at)


def respondent(plaintext):
    """The name of who answered at the door; for a correction it is the member."""
    payload = plaintext["payload"]
    answered = payload.get("respondent", {})
    if answered.get("name"):
        return answered["name"]
    found = next((one for one in payload.get("people", []) if one["id"] == answered.get("person")), {})
    return " ".join(found[name] for name in ("first_name", "last_name") if found.get(name))
