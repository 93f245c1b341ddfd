"""What is said about each thing that the auditor drew: seen and right, or a finding; its answer; settled, or kept open.

Nothing is edited, every word is a row. Auditors mark, who keeps the books or whom it concerns answers, and only an auditor settles.
Nobody marks what they collected, paid or certified themselves.
"""

from typing import NamedTuple

from peewee import JOIN, fn

from db import database
from db.models import Account, Audit, AuditItem, AuditWord, Claim, Fund, Receipt, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import account_books, audits
from pwa.domain.people import roles
from pwa.domain.places import funds
from pwa.domain.text import wording

FOLLOWS = {
    "": ("right", "finding"),
    "right": ("finding",),
    "finding": ("answer",),
    "answer": ("settled", "kept_open"),
    "kept_open": ("answer",),
    "settled": (),
}
"""{the last word: which may follow it}."""
OPEN = ("finding", "answer", "kept_open")
ASKED = {
    "finding": N_("Write what you found."),
    "answer": N_("Write the answer."),
    "kept_open": N_("Write what is still missing."),
}
LONGEST = 1000
ALREADY = N_("Somebody has said something about it meanwhile. Open the page anew.")
OWN = N_("You collected, paid or certified this yourself. Another auditor looks at it.")


class Seen(NamedTuple):
    """An item with its words, in order."""

    item: AuditItem
    words: list

    @property
    def state(self):
        return self.words[-1].kind if self.words else ""

    @property
    def is_open(self):
        return self.state in OPEN


def write(item, kind, words, *, seen, by, at):
    """Say the next word about an item, of which `seen` were read. The same twice is one. Raises Refusal."""
    with database.atomic():
        now = of_item(item)
        last = now.words[-1] if now.words else None
        words = wording.said(words, asked=ASKED.get(kind, ""), field="words", longest=LONGEST)
        if last and len(now.words) == seen + 1 and (last.kind, last.words, last.account_id) == (kind, words, by.id):
            return last
        if kind not in FOLLOWS[now.state] or len(now.words) != seen:
            raise Refusal(ALREADY)
        if kind == "answer":
            if not may_answer(item, by):
                raise NotFound
        else:
            audits.must_be_auditor(item.audit.fund, by)
            if item.whose_id == by.id:
                raise Refusal(OWN)
        return AuditWord.create(item=item, n=len(now.words), kind=kind, words=words, account=by, at=at)


def next_of(seen, by):
    """The words that this account may say next about an item that was Seen."""
    is_auditor = audits.is_auditor(seen.item.audit.fund, by) and seen.item.whose_id != by.id
    answers = may_answer(seen.item, by)
    return [kind for kind in FOLLOWS[seen.state] if (answers if kind == "answer" else is_auditor)]


def may_answer(item, by):
    """Who keeps the books of the fund, and whom it concerns."""
    return item.whose_id == by.id or item.audit.fund.unit_id in funds.kept_on(by, *roles.may("keep-books"))


def find(number, *, seen_by):
    """Seen: an item, for who reads the fund's books, and once there is a finding for whom it concerns. Raises NotFound."""
    found = next(iter(_seen(AuditItem.id == number)), None)
    if found is None:
        raise NotFound
    is_concerned = found.item.whose_id == seen_by.id and any(one.kind == "finding" for one in found.words)
    if not is_concerned and found.item.audit.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return found


def of_item(item):
    return _seen(AuditItem.id == item.id)[0]


def of(audit):
    """[Seen] of a sample in the order of the draw, kind by kind."""
    found = _seen(AuditItem.audit == audit)
    return sorted(found, key=lambda one: (audits.KINDS.index(one.item.kind), one.item.place))


def open_of(books):
    """[Seen] with an open finding in these funds, the oldest first."""
    return _open(Audit.fund.in_([fund.id for fund in books]))


def concerning(account):
    """[Seen] with an open finding about what this account collected, paid or certified."""
    return _open(AuditItem.whose == account)


def waiting(account):
    """[Seen] that need this account: a finding that it may answer, or as auditor any that is open."""
    if not AuditWord.select().limit(1).exists():
        return []
    held = funds.kept_on(account, *roles.may("keep-books", "sign-books"))
    books = list(Fund.select().where(Fund.unit.in_(held))) if held else []
    found = {one.item.id: one for one in [*(open_of(books) if books else []), *concerning(account)]}
    return [one for one in found.values() if next_of(one, account) or audits.is_auditor(one.item.audit.fund, account)]


def _open(condition):
    """The last word of an item says whether a finding is open."""
    last = AuditWord.alias()
    newest = last.select(fn.MAX(last.n)).where(last.item == AuditWord.item)
    rows = AuditWord.select(AuditWord.item).join(AuditItem).join(Audit)
    rows = rows.where(condition, AuditWord.n == newest, AuditWord.kind.in_(OPEN))
    numbers = [item for (item,) in rows.tuples()]
    return _seen(AuditItem.id.in_(numbers)) if numbers else []


def _seen(condition):
    query = AuditItem.select(AuditItem, Audit, Fund, Receipt, Voucher, Claim, Account).join(Audit).join(Fund)
    for model, column in ((Receipt, AuditItem.receipt), (Voucher, AuditItem.voucher), (Claim, AuditItem.claim)):
        query = query.switch(AuditItem).join(model, JOIN.LEFT_OUTER, on=column)
    query = query.switch(AuditItem).join(Account, JOIN.LEFT_OUTER, on=AuditItem.whose)
    items = list(query.where(condition).order_by(AuditItem.id))
    words = {one.id: [] for one in items}
    said = AuditWord.select(AuditWord, Account).join(Account).where(AuditWord.item.in_(list(words)))
    for one in said.order_by(AuditWord.item, AuditWord.n) if items else ():
        words[one.item_id].append(one)
    return [Seen(one, words[one.id]) for one in items]
