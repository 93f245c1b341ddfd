"""Drafts of a fund's regulation: begun from a template or from the version in force, saved as typed, and kept row by row.

A draft binds nobody. What it says is only its last save; who wrote which save stays readable.
"""

import hashlib
import json
from typing import Any, NamedTuple

from peewee import fn

from db import database
from db.models import Account, Fund, Regulation, RuleDraft, RuleDraftSave, RuleProposal, RuleProposalEnd
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import documents, rule_faults, typed_rules, versions
from pwa.domain.places import units

OFFICERS = versions.OFFICERS
LARGEST = documents.LARGEST
NO_TEMPLATE = N_("There is no such template.")
NO_VERSION = N_("This fund has no regulation in force here yet. Begin from a template.")
MEANWHILE = N_("%(name)s has saved this part meanwhile. Open it anew, and type what is missing once more.")
LARGE = N_("This is more than a regulation can hold.")
ENFORCED = N_("This draft is in force already, and nobody changes it any more. Begin a new one.")


class Draft(NamedTuple):
    """A draft with its last save; `tree` is what was typed (typed_rules)."""

    row: RuleDraft
    save: RuleDraftSave
    tree: Any

    @property
    def fund(self):
        return self.row.fund

    def checked(self):
        return rule_faults.check(self.tree)


def fund(code, *, seen_by):
    """The fund with this code, where the account drafts regulations. Raises NotFound."""
    found = versions.fund_of(code)
    if found.unit_id not in units.within(seen_by, *OFFICERS):
        raise NotFound
    return found


def of(a_fund):
    """[Draft] of a fund, the latest first."""
    last = RuleDraftSave.select(RuleDraftSave.draft, fn.MAX(RuleDraftSave.n).alias("n")).join(RuleDraft)
    last = last.where(RuleDraft.fund == a_fund).group_by(RuleDraftSave.draft).alias("last")
    saves = RuleDraftSave.select(RuleDraftSave, RuleDraft, Account).join(RuleDraft).join(Account)
    saves = saves.switch(RuleDraftSave)
    saves = saves.join(last, on=((last.c.draft_id == RuleDraftSave.draft_id) & (last.c.n == RuleDraftSave.n)))
    return [Draft(one.draft, one, json.loads(one.typed)) for one in saves.order_by(RuleDraft.number.desc())]


def find(a_fund, number):
    """The Draft with this number. Raises NotFound."""
    row = RuleDraft.get_or_none(RuleDraft.fund == a_fund, RuleDraft.number == number)
    if row is None:
        raise NotFound
    return _with_save(row)


def as_saved(save):
    """The Draft as one of its saves had it."""
    return Draft(save.draft, save, json.loads(save.typed))


def begin(a_fund, source, *, by, at):
    """A new draft from a template's name, or from the version in force (""). Begun again by the same one it is the same, while it is
    the last and nothing is typed into it.
    """
    with database.atomic():
        base = (versions.of_fund(a_fund) or [None])[-1]
        if source:
            raw = template(source)
        elif base is None:
            raise Refusal(NO_VERSION, field="source")
        else:
            raw = bytes(base.document)
        about = dict(fund=a_fund, base=base, template=source, sha256=hashlib.sha256(raw).hexdigest(), account=by)
        standing = _untyped(about)
        if standing:
            return _with_save(standing)
        document = json.loads(raw)
        document |= {"version": base.version + 1 if base else 1, "replaces": base.version if base else None}
        if base:
            document["code"] = json.loads(bytes(base.document))["code"]
        last = RuleDraft.select(RuleDraft.number).where(RuleDraft.fund == a_fund).order_by(RuleDraft.number.desc())
        row = RuleDraft.create(number=(last.limit(1).scalar() or 0) + 1, at=at, **about)
        tree = typed_rules.typed(document)
        _write(row, 1, tree, by=by, at=at)
    return _with_save(row)


def _untyped(about):
    """The fund's last draft, where that is about the same and as it was begun; else None."""
    last = RuleDraft.select().where(RuleDraft.fund == about["fund"]).order_by(RuleDraft.number.desc()).first()
    if last is None or any(getattr(last, name) != value for name, value in about.items()):
        return None
    return None if RuleDraftSave.select().where(RuleDraftSave.draft == last, RuleDraftSave.n > 1).exists() else last


def save(draft, changes, *, seen, by, at):
    """Keep what was typed: [(path in the tree, what stands there now)], "" for nothing. `seen` is the n of the save that the form
    was shown with. → Draft

    The same again keeps nothing new. Raises Refusal where somebody else has saved one of these places since.
    """
    with database.atomic():
        now = _with_save(draft.row)
        if is_enforced(now.row):
            raise Refusal(ENFORCED)
        tree = changed(now.tree, changes)
        if tree == now.tree:
            return now
        then = RuleDraftSave.get_or_none(RuleDraftSave.draft == draft.row, RuleDraftSave.n == seen)
        shown = json.loads(then.typed) if then and then.n != now.save.n else now.tree
        if any(part_at(shown, path) != part_at(now.tree, path) for path, _ in changes):
            raise Refusal(MEANWHILE, name=now.save.account.name)
        return Draft(now.row, _write(now.row, now.save.n + 1, tree, by=by, at=at), tree)


def is_enforced(row):
    """Whether a version of the fund came of this draft."""
    made = RuleProposalEnd.select().join(RuleProposal)
    return made.where(RuleProposal.draft == row, RuleProposalEnd.regulation.is_null(False)).exists()


def enforced(a_fund):
    """The ids of the drafts of a fund of which a version came."""
    made = RuleProposalEnd.select(RuleProposal.draft).join(RuleProposal).join(RuleDraft)
    return {one for (one,) in made.where(RuleDraft.fund == a_fund, RuleProposalEnd.regulation.is_null(False)).tuples()}


def templates():
    """[(name, title)] of the templates that came with this software."""
    paths = sorted(path for path in documents.FOLDER.glob("*.json") if not path.stem.endswith((".cases", "@1")))
    return [(path.stem, json.loads(path.read_bytes())["name"]) for path in paths]


def template(name):
    """A template's bytes. Raises Refusal."""
    if name not in dict(templates()):
        raise Refusal(NO_TEMPLATE, field="source")
    return (documents.FOLDER / f"{name}.json").read_bytes()


def is_template_changed(row):
    """Whether an update of the software brought another text of the template since the draft began; the draft keeps what it began with."""
    if not row.template:
        return False
    known = dict(templates())
    return row.template not in known or hashlib.sha256(template(row.template)).hexdigest() != row.sha256


def last_version(a_fund):
    """The id of the last version of a fund; a draft whose base is another one replaces what is replaced already. None before the first."""
    last = Regulation.select(Regulation.id).where(Regulation.fund == a_fund).order_by(Regulation.version.desc())
    return last.limit(1).scalar()


def base_version(row):
    """The version that the draft replaces, as the engine reads it; None for a first one."""
    return versions.numbered(row.fund, row.base.version) if row.base else None


def funds(account):
    """[Fund] whose regulations this account drafts."""
    return list(Fund.select().where(Fund.unit.in_(list(units.within(account, *OFFICERS)))).order_by(Fund.code))


def _with_save(row):
    saves = RuleDraftSave.select(RuleDraftSave, Account).join(Account).where(RuleDraftSave.draft == row)
    last = saves.order_by(RuleDraftSave.n.desc()).first()
    return Draft(row, last, json.loads(last.typed))


def _write(row, n, tree, *, by, at):
    text = json.dumps(tree, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise Refusal(LARGE)
    return RuleDraftSave.create(draft=row, n=n, typed=text, account=by, at=at)


def part_at(tree, path):
    """What stands at a path of a tree; "" for nothing."""
    for step in path:
        is_there = step < len(tree) if isinstance(tree, list) else isinstance(tree, dict) and step in tree
        tree = tree[step] if is_there else ""
    return tree


def changed(tree, changes):
    """The tree with [(path, part)] in it; "" takes away what stands there."""
    for path, part in changes:
        tree = _put(tree, path, part)
    return tree


def _put(tree, path, part):
    """The tree with another part at a path, or without it."""
    if not path:
        return part
    step, *rest = path
    if isinstance(step, int):
        items = tree if isinstance(tree, list) else []
        kept = _put(items[step] if step < len(items) else "", rest, part)
        return [*items[:step], *([] if kept == "" else [kept]), *items[step + 1 :]]
    told = tree if isinstance(tree, dict) else {}
    kept = _put(told.get(step, ""), rest, part)
    return {key: one for key, one in (told | {step: kept}).items() if one != "" or key != step}
