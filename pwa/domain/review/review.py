"""Checking what was recorded: approve, return or reject, one decision a version of an entry, each with who and when.

Only an approval lets values into the register; nobody decides alone about what is their own (deciders).
"""

import json
from dataclasses import dataclass

from db import database
from db.models import Acceptance, Approval, Comment, Entry, NeverReceived, Opening, Rejection, Return
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal, kinds
from pwa.domain.custody import entries, replacements, states
from pwa.domain.register import projection, register, submissions
from pwa.domain.review import decisions, effects, encounters
from pwa.domain.review.deciders import Deciders
from pwa.domain.text import wording

OUT = ("quarantined", "aside")
CHOICES = ("base", "register", "entry")
LET_IN_NO_MORE = N_("The desk has taken back that it let this entry in. It waits there again.")


@dataclass(frozen=True)
class Seen:
    """An entry that a checker may see, opened, with its state and who may decide."""

    one: submissions.Opened
    state: str
    deciders: Deciders


def get(entry_id, *, seen_by, at):
    """An entry of the checker's zone, decided or not; what was decided, also for those above. What lies in quarantine is not here."""
    return seen(entry_id, seen_by=seen_by, at=at).one.row


def seen(entry_id, *, seen_by, at):
    """The same, with what was found out about it."""
    entry = entries.find(entry_id)
    one, state = submissions.of(entry), states.of(entry)
    if one is None or not _is_let_in(entry, state):
        raise NotFound
    deciders = Deciders([one], at=at)
    is_decided = state != "received" or entry.id in deciders.undoers
    if not deciders.sees(one, seen_by) and not (is_decided and deciders.oversees(one, seen_by)):
        raise NotFound
    if state in OUT:
        raise Refusal(LET_IN_NO_MORE)
    return Seen(one, state, deciders)


def approve(entry, *, by, at, choices=None, reason="", turn=None):
    """Certify an entry: what it says enters the register. The same twice by the same person changes nothing.

    A field that differs from base and register needs `choices[path]`: base, register or entry. A `reason` is the answer to
    a member's correction. `turn` is the one that the checker saw (decisions): what was undone since then is not decided anew unseen.
    """
    reason = wording.said(reason)
    with database.atomic():
        if _is_repeated(entry, Approval, by, turn, lambda made: _is_same_approval(made, reason, choices or {})):
            return
        one = _open_to(entry, by, at)
        _must_not_wait(one)
        effect = effects.of(one.opening.kind)
        record = register.record_of(one.opening.subject)
        changes = projection.changes(record, one.says)
        effect.must_be_possible(one, record, changes)
        picked = _picked(changes, choices or {})
        grows = one.says.is_visit or bool(changes)
        Approval.create(
            entry=entry,
            turn=decisions.turn(entry),
            account=by,
            at=at,
            version=record.version + grows,
            choices=json.dumps(picked, sort_keys=True),
            reason=reason,
        )
        encounters.forget(entry)
        effect.apply(one, by=by, at=at)


def send_back(entry, *, by, at, reason="", comments=None, turn=None):
    """Return an entry to its author with a word at each field; a reason or at least one comment says what to mend."""
    reason, comments = wording.said(reason), _comments(comments or {})
    with database.atomic():
        if _is_repeated(entry, Return, by, turn, lambda made: _is_same_return(made, reason, comments)):
            return
        one = _open_to(entry, by, at)
        if not reason and not comments:
            raise Refusal(N_("Say what must be mended: at a field, or for the whole entry."), field="reason")
        _must_be_fields(one, comments)
        returned = Return.create(entry=entry, turn=decisions.turn(entry), account=by, at=at, reason=reason)
        for path, text in comments.items():
            Comment.create(returned=returned, path=path, text=text)
        encounters.forget(entry)


def reject(entry, *, by, at, reason, turn=None, heard=""):
    """Refuse an entry for good, with the reason. `heard`: what the payer said of money that was never paid; without it, it is there."""
    reason, heard = wording.said(reason), wording.said(heard, field="heard")
    with database.atomic():
        if _is_repeated(entry, Rejection, by, turn, lambda made: made.reason == reason):
            return
        one = _open_to(entry, by, at)
        if not reason:
            raise Refusal(N_("Write the reason why this is not approved."), field="reason")
        refused = Rejection.create(entry=entry, turn=decisions.turn(entry), account=by, at=at, reason=reason)
        if heard and kinds.of(one.opening.kind).is_money:
            NeverReceived.create(entry=entry, turn=refused.turn, account=by, heard=heard, at=at)
        encounters.forget(entry)
        effects.of(one.opening.kind).apply(one, by=by, at=at)


def waits_for(one):
    """The undecided earlier entry of a kind that waits for it, when this one knows of no version of the record yet."""
    if not kinds.of(one.opening.kind).waits or one.opening.base_version:
        return None
    return next(iter(_before.rows(one.opening.subject, one.opening.kind, one.row.id)), None)


def _earlier(subject, kind, row):
    same = (Opening.subject == subject, Opening.kind == kind, Entry.id < row)
    return submissions.rows().where(*same, states.waits_for("checker")).order_by(Entry.id).limit(1)


_before = Prepared(_earlier)


def _is_repeated(entry, model, by, turn, is_same):
    """True when the same person decided just this before; refuses when anybody decided otherwise, undid that, or it was replaced."""
    _must_be_now(entry, turn)
    made = decisions.decision(entry)
    if isinstance(made, model) and made.account_id == by.id and is_same(made):
        return True
    if states.of(entry) == "replaced":
        newer = replacements.newest_for(entry)
        raise Refusal(N_("The recorder has sent a newer one. Decide on that one."), link=f"/review/{newer.entry_id}")
    if made is not None:
        raise Refusal(
            N_("%(name)s has decided about this already."), name=made.account.name, link=f"/review/{entry.entry_id}"
        )
    return False


def _is_same_approval(made, reason, choices):
    """Choices where nothing was asked say nothing."""
    asked = json.loads(made.choices)
    return made.reason == reason and all(choices.get(path) == choice for path, choice in asked.items())


def _is_same_return(made, reason, comments):
    kept = Comment.select(Comment.path, Comment.text).where(Comment.returned == made)
    return made.reason == reason and dict(kept.tuples()) == comments


def _must_be_now(entry, turn):
    """Refuses a decision from a page on which a later counter-decision was not to be seen."""
    if turn is None or turn == decisions.turn(entry):
        return
    undone = decisions.undoing(entry, turn)
    if undone is None:
        raise NotFound
    raise Refusal(
        N_("%(name)s has undone the decision meanwhile. Open the entry again and decide anew."),
        name=undone.account.name,
        link=f"/review/{entry.entry_id}",
    )


def _open_to(entry, by, at):
    """The opened entry, if it waits for a decision and this account may make it."""
    one = submissions.of(entry)
    state = states.of(entry)
    if one is not None and state in OUT and _is_let_in(entry, state):
        raise Refusal(LET_IN_NO_MORE)
    if one is None or state != "received":
        raise NotFound
    objection = Deciders([one], at=at).objection(one, by) or effects.of(one.opening.kind).objection(one, by)
    if objection:
        raise Refusal(objection)
    if one.says.payload is None:
        raise Refusal(N_("This entry was erased, there is nothing left to decide about."))
    return one


def _is_let_in(entry, state):
    """It was never in quarantine, or the desk let it in once, which it may have taken back."""
    return state not in OUT or Acceptance.select().where(Acceptance.entry == entry).exists()


def _must_not_wait(one):
    earlier = waits_for(one)
    if earlier is not None:
        raise Refusal(
            N_("An earlier entry about this house waits to be checked. Decide on that one first."),
            link=f"/review/{earlier.entry_id}",
        )


def _picked(changes, choices):
    """{path: choice} of every field that is asked; refuses the first one without an answer."""
    picked = {}
    for change in changes:
        if change.is_asked:
            if choices.get(change.path) not in CHOICES:
                raise Refusal(
                    N_("The register has changed meanwhile. Choose which value is right."),
                    field=f"choice.{change.path}",
                )
            picked[change.path] = choices[change.path]
    return picked


def _comments(comments):
    said = {path: wording.said(text, field=f"comment.{path}") for path, text in comments.items()}
    return {path: text for path, text in said.items() if text}


def _must_be_fields(one, comments):
    for path in comments:
        if not kinds.may_be_commented(kinds.of(one.opening.kind), path):
            raise Refusal(N_("This form has no such field."), field=f"comment.{path}")
