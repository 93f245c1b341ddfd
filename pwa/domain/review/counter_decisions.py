"""Undoing a decision by a counter-decision with its reason. Both stay to be read; the entry waits for a decision again.

Nobody undoes alone what they decided alone: it is somebody else who might decide about the entry, or who stands over its zone
(registrar, network), and who then leaves the new decision to another (deciders). The register is folded anew without an undone
approval; what was approved after it stays.
"""

from db import database
from db.models import Account, Admission, Application, Approval, CounterDecision, Membership, Person, Return
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import replacements, states
from pwa.domain.people import accounts
from pwa.domain.register import register, submissions, tables
from pwa.domain.review import decisions, effects
from pwa.domain.review.deciders import Deciders
from pwa.domain.text import wording

OWN_DECISION = N_("You decided this yourself. Another zone leader, the registrar or the network undoes it.")
ERASED = N_("This entry was erased, there is nothing left to decide about.")


def undo(entry, *, by, at, reason, turn=None):
    """Take the decision of a turn back (the present one when none is named). Twice by the same person changes nothing."""
    reason = _said(reason)
    with database.atomic():
        turn = _open_turn(entry, turn)
        made = decisions.undoing(entry, turn)
        if made is not None and (made.account_id, made.reason) == (by.id, reason):
            return
        if made is not None:
            raise Refusal(N_("%(name)s has undone this already."), name=made.account.name)
        one, decision = submissions.of(entry), decisions.decision(entry)
        if one is None or decision is None:
            raise NotFound
        objection = _objection(one, decision, by, states.of(entry), Deciders([one], at=at))
        if objection:
            raise Refusal(objection)
        write(one, decision, by=by, at=at, reason=reason)


def write(one, decision, *, by, at, reason="", slip=None):
    """Put the counter-decision down and fold the register without what is undone. Who may, and when: `undo` and slips."""
    version = _version_without(one, decision)
    about = dict(entry=one.row, turn=decision.turn, account=by, at=at, reason=reason, slip=slip)
    CounterDecision.create(version=version, **about)
    if not isinstance(decision, Return):
        effects.of(one.opening.kind).apply(one, by=by, at=at)
    replacements.settle(one.row, None, at=at)


def objection(seen, *, by, decision):
    """The sentence why this account may not undo the decision that stands about an entry (review.seen); None when it may."""
    return _objection(seen.one, decision, by, seen.state, seen.deciders)


def _open_turn(entry, turn):
    """The turn that is meant: the one named, else the last one in which something was decided."""
    if turn is not None:
        return turn
    present = decisions.turn(entry)
    return present if decisions.decision(entry) or not present else present - 1


def _objection(one, decision, by, state, deciders):
    if state == "replaced":
        return N_("The recorder has sent a newer one. Decide on that one.")
    if one.says.payload is None:
        return ERASED
    if deciders.is_same(by, [decision.account_id]):
        return OWN_DECISION
    return deciders.interest(one, by) or (None if deciders.oversees(one, by) else OWN_DECISION)


def _version_without(one, decision):
    """The version that the register gets by it: one more where an approval had let something in, none otherwise."""
    if not isinstance(decision, Approval) or not one.says.makes_version:
        return None
    subject = one.opening.subject
    record = register.record_of(subject, without=one.row.id)
    _nothing_stands_on_it(subject, tables.of(subject, record, tables.Lookups()), decision)
    return record.version


def _nothing_stands_on_it(subject, wanted, approval):
    """Refuses where somebody became a member, or was given access, by what this approval let into the register."""
    people = {person.id: person for person in Person.select().where(Person.household == subject)}
    lost = people.keys() - wanted.people.keys()
    for membership in Membership.select().where(Membership.person.in_(list(lost)), states.standing(Membership)):
        raise _admitted(people[membership.person], membership.number)
    for account in Account.select().where(Account.person.in_(list(lost))):
        raise Refusal(
            N_("%(name)s has access of their own by this entry. Record a new visit that says what is right instead."),
            name=account.name,
        )
    for held in Application.select().where(Application.person.in_(list(people))):
        row = wanted.applications.get((held.person, held.fund_id, held.kind))
        if row is None or row["entry"] != held.entry_id:
            _must_not_be_admitted(people[held.person], held, None if row is None else approval.at)


def _must_not_be_admitted(person, held, since):
    """Admitted by this application; before `since` it was by another one."""
    query = Admission.select().where(
        Admission.person == held.person, Admission.fund == held.fund_id, Admission.accepted, states.standing(Admission)
    )
    query = query if since is None else query.where(Admission.at >= since)
    if query.exists():
        mine = (Membership.person == held.person, Membership.fund == held.fund_id, states.standing(Membership))
        membership = Membership.get_or_none(*mine)
        raise _admitted(person, membership.number if membership else "—")


def _admitted(person, number):
    return Refusal(
        N_(
            "%(name)s became member %(number)s by this entry, and an admission is not undone here. "
            "Record a new visit that says what is right instead."
        ),
        name=accounts.full_name(person),
        number=number,
    )


def _said(reason):
    return wording.said(reason, asked=N_("Write why the decision is undone. The recorder reads it."))
