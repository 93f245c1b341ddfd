"""Everything a checker sees about one entry: three names, machine checks, and each value beside what the register has."""

from dataclasses import dataclass, field, replace

from db.models import Approval, Comment, Return
from pwa.domain import NotFound, kinds
from pwa.domain.custody import replacements, states
from pwa.domain.register import households, payloads, projection, register, submissions
from pwa.domain.review import counter_decisions, decisions, effects, findings, queues, review, sheet_groups
from pwa.domain.review.surroundings import Surroundings

DECIDED = ("approved", "returned", "rejected")
FILES = (".blob", ".photo", ".kind")


@dataclass
class Picture:
    sha256: str
    role: str
    has_come: bool


@dataclass
class About:
    """What stands above a sheet. `state` is new or changed for a visit, else the kind; `objection` says why this checker may not decide."""

    kind: kinds.kind.Kind
    place: str
    number: str
    recorder: str
    escalated: bool
    objection: str | None
    state: str = "new"
    people: int = 0
    checks: list = field(default_factory=list)

    @property
    def is_visit(self):
        return self.kind is kinds.RECORD

    @property
    def findings(self):
        return sheet_groups.findings(self.checks)


@dataclass
class Sheet:
    one: submissions.Opened
    item: About
    state: str
    objection: str | None
    decision: object = None
    history: list = field(default_factory=list)
    cannot_undo: str | None = None
    comments: dict = field(default_factory=dict)
    groups: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    names: dict = field(default_factory=dict)
    funds: dict = field(default_factory=dict)
    respondent: str = "—"
    changed: int = 0
    before: object = None
    newer: object = None
    earlier: object = None
    beside: object = None

    @property
    def may_decide(self):
        return self.state == "received" and self.objection is None

    @property
    def may_be_undone(self):
        return self.state in DECIDED

    @property
    def turn(self):
        """The turn of decisions that the entry is in (decisions)."""
        return sum(step.undoes for step in self.history)

    @property
    def undone(self):
        """The counter-decision that made the entry wait again, or None."""
        last = self.history[-1] if self.history else None
        return last if last and last.undoes and self.state == "received" else None

    @property
    def asked(self):
        return sum(one.kind == "asked" for group in self.groups for one in group.fields)


def of(entry_id, account, *, at):
    """The sheet of an entry that the account may see (review.seen). Health is only for who may decide (PDPA s.26)."""
    seen = review.seen(entry_id, seen_by=account, at=at)
    one, state, entry = seen.one, seen.state, seen.one.row
    was_decided = state in DECIDED or entry.id in seen.deciders.undoers
    decision = decisions.decision(entry) if state in DECIDED else None
    record = register.record_of(one.opening.subject, before=decision if isinstance(decision, Approval) else None)
    near = queues.reach(account)
    beside = queues.people_beside(one, near) if state == "received" else ()
    around = Surroundings([one], reach=near, waiting=beside)
    about = _about(seen, record, around, account)
    sheet = Sheet(one, about, state, about.objection, decision, decisions.history(entry) if was_decided else [])
    if sheet.may_be_undone:
        sheet.cannot_undo = counter_decisions.objection(seen, by=account, decision=decision)
    sheet.newer = replacements.newest_for(entry) if state == "replaced" else None
    sheet.earlier = review.waits_for(one) if state == "received" else None
    if one.opening.replaces:
        sheet.before = replacements.target(one.opening.replaces)
    sheet.comments = _comments(entry if state == "returned" else sheet.before)
    if one.says.payload is not None:
        _fill(sheet, record, around)
    return sheet


def _about(seen, record, around, account):
    one, deciders = seen.one, seen.deciders
    home = households.standing(one.opening.subject)
    about = About(
        kind=kinds.of(one.opening.kind),
        place=home.place.name if home else around.lookups.names.get(one.opening.place, "—"),
        number=home.number if home else "",
        recorder=around.accounts.get(one.row.author, "—"),
        escalated=deciders.is_escalated(one),
        objection=deciders.objection(one, account),
    )
    if one.says.payload is None:
        return about
    about.checks = [_within_sight(check, account, deciders.at) for check in findings.of(one, record, around)]
    if not about.is_visit:
        about.state = about.kind.name
        return about
    said = one.says.values
    about.state = "changed" if record.applied else "new"
    about.number = said.get("house.number") or said.get("house.description") or about.number
    about.people = len(one.says.people)
    return about


def _within_sight(check, account, at):
    """Without the way to an entry that this checker does not see, or not yet."""
    if check.entry is not None:
        try:
            review.seen(check.entry, seen_by=account, at=at)
        except NotFound:
            return replace(check, entry=None)
    return check


def picture(entry, sha256):
    """The key id and author of a picture that the entry names, or None."""
    one = submissions.of(entry)
    return next((blob["kid"] for blob in one.blobs if blob["sha256"] == sha256), None)


def _comments(entry):
    """{path: text} of a returned entry: what was asked of it, or of the one that it takes the place of."""
    query = Comment.select(Comment.path, Comment.text).join(Return)
    return dict(query.where(Return.entry == entry, states.standing(Return)).tuples()) if entry else {}


def _fill(sheet, record, around):
    one = sheet.one
    said = one.says.values
    plain = record.plain() | said
    sheet.names = {person: payloads.name_of(plain, person) for person in payloads.people(plain)}
    sheet.respondent = households.respondent(plain) if one.says.is_visit else sheet.item.recorder
    changes = [change for change in projection.changes(record, one.says) if _is_shown(change.path, sheet)]
    sheet.changed = len(changes)
    flagged = {*sheet.comments, *(check.path for check in sheet.item.checks if check.path.count(".") > 1)}
    known = record.plain()
    sheet.groups = sheet_groups.grouped(changes, sheet.names, known=known, flagged=flagged)
    if sheet.item.state == "changed":
        stays = {path: value for path, value in known.items() if _is_shown(path, sheet)}
        sheet.unchanged = sheet_groups.unchanged(stays, changes, sheet.names)
    sheet.beside = effects.of(one.opening.kind).beside(one)
    sheet.funds = {code: fund.name for code, fund in around.lookups.funds.items()}
    sheet.pictures = [Picture(blob["sha256"], blob["role"], blob["sha256"] in around.pictures) for blob in one.blobs]


def _is_shown(path, sheet):
    if payloads.is_health(path) and not sheet.may_decide:
        return False
    return not path.endswith(FILES) and not (path.startswith("evidence.") and path.endswith(".role"))
