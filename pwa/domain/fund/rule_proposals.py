"""A draft put in force: one of committee or registrar proposes it with its first day and resolution, a second one confirms it.

What the second one confirms is the very text that the first one proposed, on a device of their own; what refuses `ombun rules
enforce` refuses it here. Once in force nobody edits it; a refusal leaves everything as it was.
"""

import json

from peewee import JOIN

from db import database
from db.models import Account, RuleDraft, RuleDraftSave, RuleProposal, RuleProposalEnd
from pwa.domain import N_, Refusal
from pwa.domain.fund import rule_drafts, versions
from pwa.domain.people import devices, hands
from pwa.domain.places import units
from pwa.domain.text import wording

NOT_WHOLE = N_("Some places of this draft are still to be mended. They are named on its pages.")
NO_DAY = N_("Enter the first day on which it holds.")
WAITS = N_("This draft is proposed already and waits for a second one. Take that back first, or let it be confirmed.")
OVER = N_("This proposal does not wait for a word any more. Open the page anew.")
CHANGED = N_("The draft was changed after it was proposed. It has to be proposed anew.")
SELF = N_("You proposed it yourself. A second one of committee or registrar confirms it.")
OWN_DEVICE = N_("Whoever proposed it was signed in on this device. Confirm it on a device of your own.")
TIED = N_("One of you two opened the other's access, and no second officer has confirmed it.")
NOT_YOURS = N_("Only committee and registrar of this fund confirm its regulation.")
LONGEST = 300


def document_of(draft, *, starts_on, sitting):
    """The document as it goes in force: the draft with its number, first day and resolution; by that resolution the fund adopts it."""
    base = draft.row.base
    told = draft.checked().document | {
        "version": base.version + 1 if base else 1,
        "replaces": base.version if base else None,
        "official": True,
        "in_force_from": starts_on.isoformat(),
        "resolution": {
            "board": sitting["board"],
            "sitting": sitting["meeting"],
            "on": sitting["resolved_on"].isoformat(),
        },
    }
    told.pop("example", None)
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def propose(draft, *, seen, starts_on, sitting, decided_stay, by, device, at):
    """Propose the draft, as it was seen (the n of its save). → RuleProposal; the same by the same one twice is one. Raises Refusal."""
    if starts_on is None:
        raise Refusal(NO_DAY, field="in_force_from")
    with database.atomic():
        draft = rule_drafts.find(draft.fund, draft.row.number)
        if rule_drafts.is_enforced(draft.row):
            raise Refusal(rule_drafts.ENFORCED)
        if seen != draft.save.n:
            raise Refusal(CHANGED)
        if not draft.checked().is_whole:
            raise Refusal(NOT_WHOLE)
        document = document_of(draft, starts_on=starts_on, sitting=sitting)
        standing = waiting(draft)
        if standing:
            if (bytes(standing.document), standing.account_id) == (document, by.id):
                return standing
            raise Refusal(WAITS)
        about = dict(starts_on=starts_on, replaces=None, decided_stay=decided_stay, at=at)
        versions.must_be_enforceable(draft.fund, document, **about)
        told = dict(document=document, starts_on=starts_on, decided_stay=decided_stay, **sitting)
        return RuleProposal.create(draft=draft.row, saved=draft.save, account=by, device=device, at=at, **told)


def confirm(proposal, *, by, device, at):
    """The second one's word: the version is in force from its day on. → Regulation; twice by the same one is once. Raises Refusal."""
    with database.atomic():
        end = RuleProposalEnd.get_or_none(RuleProposalEnd.proposal == proposal)
        if end and end.regulation_id and end.account_id == by.id:
            return end.regulation
        _must_wait(proposal, end)
        why = objection(proposal, by, device=device)
        if why:
            raise Refusal(why)
        made = versions.enforce(
            proposal.draft.fund,
            bytes(proposal.document),
            starts_on=proposal.starts_on,
            sitting={name: getattr(proposal, name) for name in ("board", "meeting", "resolved_on")},
            replaces=None,
            decided_stay=proposal.decided_stay,
            drafted_by=proposal.account,
            by=by,
            at=at,
        )
        RuleProposalEnd.create(proposal=proposal, regulation=made, account=by, device=device, at=at)
        return made


def decline(proposal, *, reason, by, device, at):
    """The first one takes it back, or a second one does not agree, for a reason that both read; the draft can be changed again."""
    reason = wording.said(reason, asked=N_("Write why, so that the other one knows."), field="reason", longest=LONGEST)
    with database.atomic():
        end = RuleProposalEnd.get_or_none(RuleProposalEnd.proposal == proposal)
        if end and end.account_id == by.id and end.reason == reason:
            return
        if end:
            raise Refusal(OVER)
        RuleProposalEnd.create(proposal=proposal, reason=reason, account=by, device=device, at=at)


def objection(proposal, by, *, device=None):
    """Why this account does not confirm it on this device, or None."""
    first = proposal.account
    if versions.are_one(first, by):
        return SELF
    if proposal.draft.fund.unit_id not in units.within(by, *versions.OFFICERS):
        return NOT_YOURS
    if hands.are_tied(first.id, [by.id]):
        return TIED
    used = devices.known_on([device]).get(device, set()) if device else set()
    return OWN_DEVICE if first.id in used else None


def find(draft, number):
    """The RuleProposal of a draft with this id, or None."""
    return _of(RuleProposal.draft == draft.row, RuleProposal.id == number).first()


def waiting(draft):
    """The RuleProposal of a draft that waits for its second word; None where none does, or the draft was saved anew since."""
    found = _open(RuleProposal.draft == draft.row, RuleProposal.saved == draft.save)
    return found.first()


def waiting_for(account):
    """[RuleProposal] that wait for this account's word: of the funds whose regulations it drafts, and not its own."""
    found = list(_open())
    mine = {fund.id for fund in rule_drafts.funds(account)} if found else set()
    found = [one for one in found if one.draft.fund_id in mine and not versions.are_one(one.account, account)]
    return [one for one in found if one.saved.n == _last(one.draft)]


def ends(draft):
    """[RuleProposalEnd] of a draft, the latest first."""
    query = RuleProposalEnd.select(RuleProposalEnd, RuleProposal, Account).join(RuleProposal)
    query = query.switch(RuleProposalEnd).join(Account)
    return list(query.where(RuleProposal.draft == draft.row).order_by(RuleProposalEnd.id.desc()))


def _open(*conditions):
    query = _of(*conditions).switch(RuleProposal).join(RuleProposalEnd, JOIN.LEFT_OUTER)
    return query.where(RuleProposalEnd.id.is_null()).order_by(RuleProposal.id.desc())


def _of(*conditions):
    query = RuleProposal.select(RuleProposal, RuleDraft, RuleDraftSave, Account).join(RuleDraft).switch(RuleProposal)
    query = query.join(RuleDraftSave).switch(RuleProposal).join(Account)
    return query.where(*conditions) if conditions else query


def _must_wait(proposal, end):
    if end:
        raise Refusal(OVER)
    if proposal.saved.n != _last(proposal.draft):
        raise Refusal(CHANGED)


def _last(draft):
    saves = RuleDraftSave.select(RuleDraftSave.n).where(RuleDraftSave.draft == draft)
    return saves.order_by(RuleDraftSave.n.desc()).limit(1).scalar()
