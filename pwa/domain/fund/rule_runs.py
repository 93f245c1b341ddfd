"""A draft counted out for every member, step by step: what is done stays done, and whoever opens the page again goes on from there.

A step is one row, written when it is done, so that a machine that stops loses at most the step it was at, and the bar never says more
than was counted.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from db import database
from db.models import Claim, Household, Membership, Person, RuleRun, RuleRunStep
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import rule_drafts, rule_effects
from pwa.domain.fund.rule_effects import Counting
from pwa.domain.fund.rule_proposals import NOT_WHOLE
from pwa.domain.people import roles
from pwa.domain.places import units as units_of

AT_ONCE = 50
NOBODY = uuid.UUID(int=0)
MOST = 400
TOO_MANY = N_("At most %(most)s can be tried out.")


@dataclass(frozen=True)
class Progress:
    """How far a run is. `done` of `all` are members and people with decided claims; `benefits` and `claims` are the sums so far."""

    run: RuleRun
    done: int
    all: int
    is_over: bool
    benefits: dict[str, dict[str, int]]
    claims: dict[str, int]
    steps: list[Any]


def begin(draft, events, *, on, by, at):
    """A run of the draft as it is saved now. The same that is not over yet is taken up. Raises Refusal."""
    if not draft.checked().is_whole:
        raise Refusal(NOT_WHOLE)
    for code, n in events.items():
        if not 0 < n <= MOST:
            raise Refusal(TOO_MANY, field=code, most=MOST)
    text = json.dumps(events, sort_keys=True)
    with database.atomic():
        same = (RuleRun.saved == draft.save, RuleRun.on == on, RuleRun.units == text)
        standing = RuleRun.select().where(*same).order_by(RuleRun.id.desc()).first()
        return standing or RuleRun.create(draft=draft.row, saved=draft.save, on=on, units=text, account=by, at=at)


def find(draft, number):
    """The run of a draft with this id. Raises NotFound."""
    found = RuleRun.get_or_none(RuleRun.id == number, RuleRun.draft == draft.row)
    if found is None:
        raise NotFound
    return found


def latest(draft):
    """The last run of what the draft says now; None where nobody began one."""
    return RuleRun.select().where(RuleRun.saved == draft.save).order_by(RuleRun.id.desc()).first()


def step(run, *, at):
    """Count the next some. Of two who do the same step at once the second one's counts for nothing. → Progress"""
    done = _steps(run)
    made = _next(run, done, at)
    if made:
        with database.atomic():
            if RuleRunStep.select().where(RuleRunStep.run == run).count() == len(done):
                RuleRunStep.create(run=run, n=len(done) + 1, at=at, **made)
    return progress(run)


def progress(run):
    """How far it is, told from its steps and from who is still to come."""
    steps = _steps(run)
    left = _left(_members(run), Membership.id, _last(steps, "members")).count()
    left += _left(_people(run), Claim.person, _last(steps, "claims")).count()
    done = sum(one.many for one in steps)
    benefits, claims = {}, dict.fromkeys(("many", "paid", "would", "unknown"), 0)
    for one in steps:
        told = json.loads(one.report)
        for code, row in told.items() if one.kind == "members" else ():
            _add(benefits.setdefault(code, dict.fromkeys(row, 0)), row)
        if one.kind == "claims":
            _add(claims, told)
    return Progress(run, done, done + left, left == 0, benefits, claims, steps)


def counting(run):
    """The Counting of a run, as its draft was saved then."""
    draft = rule_drafts.as_saved(run.saved)
    before = rule_drafts.base_version(draft.row)
    return Counting(draft.fund, draft.checked().version, before, on=run.on, units=units(run))


def people_of(run, number, code, kind):
    """[(membership id, Effect)] of the members of a step of whom a benefit gives more (or less) by the draft, counted again."""
    steps = [one for one in _steps(run) if one.kind == "members"]
    found = next((at for at, one in enumerate(steps) if one.n == number), None)
    if found is None:
        raise NotFound
    first = steps[found - 1].last if found else NOBODY
    ids = [
        one for (one,) in _left(_members(run), Membership.id, first).where(Membership.id <= steps[found].last).tuples()
    ]
    told = counting(run).of(ids)
    return [(key, one) for key, effects in told.items() for one in effects if (one.code, one.kind) == (code, kind)]


def steps_with(run, code, kind):
    """The numbers of the steps in which somebody gets more (or less) of a benefit."""
    members = [one for one in _steps(run) if one.kind == "members"]
    return [one.n for one in members if json.loads(one.report).get(code, {}).get(kind)]


def units(run):
    """{benefit: how many nights or pieces} that a run asks about."""
    return json.loads(run.units)


def names(memberships, *, seen_by):
    """{membership id: name} of those whose rights this account may see."""
    places = units_of.within(seen_by, *roles.may("see-rights"))
    query = Person.select(Person, Membership.id.alias("membership")).join(Household).switch(Person)
    query = query.join(Membership, on=(Membership.person == Person.id))
    query = query.where(Membership.id.in_(list(memberships)), Household.place.in_(list(places)))
    return {one.membership: f"{one.title}{one.first_name} {one.last_name}".strip() for one in query.objects()}


def _next(run, done, at):
    """The next step as columns of its row; None where nothing is left."""
    ids = [one for (one,) in _left(_members(run), Membership.id, _last(done, "members")).limit(AT_ONCE).tuples()]
    if ids:
        report = rule_effects.summed(counting(run).of(ids).values())
        return dict(kind="members", last=ids[-1], many=len(ids), report=json.dumps(report))
    some = _left(_people(run), Claim.person, _last(done, "claims")).limit(AT_ONCE)
    people = [one for (one,) in some.tuples()]
    if not people:
        return None
    draft = rule_drafts.as_saved(run.saved)
    report = rule_effects.recomputed(draft.fund, draft.checked().version, people, at=run.at)
    return dict(kind="claims", last=people[-1], many=len(people), report=json.dumps(report))


def _members(run):
    return rule_effects.members(run.draft.fund_id)


def _people(run):
    return rule_effects.decided_since(run.draft.fund_id, run.at)


def _left(query, field, last):
    return query.where(field > last)


def _last(steps, kind):
    return next((one.last for one in reversed(steps) if one.kind == kind), NOBODY)


def _steps(run):
    return list(RuleRunStep.select().where(RuleRunStep.run == run).order_by(RuleRunStep.n))


def _add(sums, more):
    for name, n in more.items():
        sums[name] += n
