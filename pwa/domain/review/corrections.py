"""What members said about their own data: each sentence, where it stands, and the answer with its reason."""

from dataclasses import dataclass

from db.models import Approval, Entry, Opening
from db.statements import Prepared
from pwa.domain import kinds
from pwa.domain.custody import entries, own, states
from pwa.domain.register import payloads

_filed = Prepared(
    lambda account, subject: (
        Entry.select(Entry, Opening)
        .join(Opening)
        .where(Entry.author == account, Opening.kind == kinds.correction.KIND.name, Opening.subject == subject)
        .order_by(Entry.id.desc())
    )
)


@dataclass(frozen=True)
class Correction:
    """One sentence of a member. `state` is the entry's; `answer` the checker's words; `decided_at` when they were said."""

    entry: Entry
    path: str
    shown: str
    statement: str
    proposed: object
    state: str
    answer: str


def of(account, subject, *, health=True):
    """The account's corrections of a household, newest first; erased ones and those said once more are gone, those
    about health where it is not shown."""
    rows = _filed.rows(account.id, subject)
    state = states.many(rows)
    said = [found for row in rows if state[row.id] != "replaced" and (found := _read(row, state[row.id]))]
    return [one for one in said if health or not payloads.is_health(one.path)]


def _read(row, state):
    try:
        said = entries.plaintext(row)["payload"]
    except entries.Erased:
        return None
    shown, proposed = said.get("shown", ""), said.get("proposed")
    return Correction(row, said["path"], shown, said["statement"], proposed, state, _answer(row, state))


def _answer(row, state):
    if state == "approved":
        return Approval.get(Approval.entry == row, states.standing(Approval)).reason
    words = [own.reason(row, state), *own.comments(row).values()] if state == "returned" else [own.reason(row, state)]
    return " · ".join(word for word in words if word)
