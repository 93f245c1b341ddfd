"""A draft counted out: the gains and losses are those that `ombun explain` tells of each member, and a run goes on where it stopped."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from peewee import IntegrityError

from db.models import Fund, Membership, Resolution, RuleRun, RuleRunStep
from pwa import cli_explain
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import books, facts, membership_acts, plainly, rule_drafts, rule_effects, rule_runs, rulings
from pwa.domain.fund.terms import Rule, Span
from pwa.domain.people import accounts
from tests.claiming import AT, certified, decided, stay

ON = date(2027, 3, 15)
"""Some of the village have waited their 180 days by then, some have not."""
NOW = AT + timedelta(hours=1)


@pytest.fixture
def fund(app):
    return Fund.get(Fund.code == "F1")


def at_of(draft, code):
    return next(at for at, one in enumerate(draft.tree["benefits"]) if one["code"] == code)


def draft_of(fund, *changes, by="committee"):
    """A draft of the version in force: a stay may come to 800 instead of 600, the steps of a death one thousand less."""
    draft = rule_drafts.begin(fund, "", by=accounts.named(by), at=NOW)
    ill, dead = at_of(draft, "illness"), at_of(draft, "death")
    rows = ("benefits", dead, "clauses", 0, "amounts", 0, "rows")
    told = [(("benefits", ill, "caps", 0, "satang"), "800"), ((*rows, 0, "satang"), "500"), *changes]
    return rule_drafts.save(draft, told, seen=1, by=accounts.named(by), at=NOW)


def begun(draft, events=None, at=NOW):
    return rule_runs.begin(
        draft, {"illness": 5} if events is None else events, on=ON, by=accounts.named("committee"), at=at
    )


def finished(run):
    while not (told := rule_runs.step(run, at=NOW)).is_over:
        assert told.done <= told.all
    return told


def explained(path, version, code, known, ruling, n):
    """What `ombun explain` answers about this member, told everything by its arguments."""
    benefit, page = version.benefits[code], known.book
    stands, _ = books.told(page, ruling, ON)
    held = books.covered(page, ruling, ON)
    said = ["--event", str(ON), "--standing", stands.standing, "--tenure-from", str(stands.tenure_from)]
    for one in page.terms:
        said += ["--period", f"{one.joined}:{one.left - timedelta(days=1) if one.left else ''}"]
    for one in held.stretches if held else ():
        said += ["--paid", f"{max(one.paid_on or date(1900, 1, 1), date(1900, 1, 1))}:{one.first}:{one.last}"]
    said += ["--born", known.born.value] if known.born.value else []
    said += ["--sex", known.sex.value] if known.sex.value else []
    for one in known.used:
        said += ["--used", f"{one.on}:{one.satang // 100}:{one.units}:{one.benefit}"]
    if benefit.event == "stay":
        said += ["--admit", str(ON - timedelta(days=n)), "--discharge", str(ON)]
    said += ["--quantity", str(n)]
    for name, fact in plainly.invented(version, benefit, 190).facts.items():
        said += ["--fact", f"{name}={json.dumps(fact.value) if isinstance(fact.value, bool) else fact.value}"]
    subjects = benefit.subjects or ("member",)
    said += ["--subject", "member" if "member" in subjects else subjects[0]]
    done = CliRunner().invoke(cli_explain.explain, [str(path), code, *said, "--json"])
    assert done.exit_code == 0, (code, said, done.output)
    answer = json.loads(done.output)
    if answer["outcome"] == "not_entitled":
        return 0
    return answer["amount_satang"] if answer["amount_satang"] is not None else answer["max_satang"]


def written(tmp_path, name, document):
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(document | {"in_force_from": None}), "utf-8")
    return path


def exempt(fund):
    """Sixteen members whose contributions the committee has forgiven, some to a day that has passed."""
    by = accounts.named("registrar")
    known = dict(fund=fund, board="3", meeting="1/2569", resolved_on=date(2026, 10, 1))
    resolution = Resolution.get_or_create(**known, defaults={"account": by, "at": AT})[0]
    found = (
        Membership.select().where(Membership.fund == fund, Membership.paid_through.is_null()).order_by(Membership.id)
    )
    for at, one in enumerate(found.limit(16)):
        last = max(ON + timedelta(days=30 - 25 * (at % 9)), one.joined_on)
        about = dict(first=one.joined_on, last=last, resolution=resolution, by=by, at=AT, on=ON)
        membership_acts.cover(one, "exempt", **about)


def test_gains_and_losses_are_those_that_explain_tells_of_each_member(fund, tmp_path):
    decided()
    exempt(fund)
    draft = draft_of(fund)
    told = finished(begun(draft))
    before, version = rule_drafts.base_version(draft.row), draft.checked().version
    files = [
        (written(tmp_path, "before", json.loads(bytes(draft.row.base.document))), before, rulings.of(fund, ON)),
        (written(tmp_path, "draft", draft.checked().document), version, rulings.supposed(fund, version, ON)),
    ]
    everybody = facts.of([one for (one,) in rule_effects.members(fund).tuples()])
    some = [key for key, known in everybody.items() if books.covered(known.book, files[0][2], ON)]
    assert len(some) > 10
    for code, n in (("illness", 5), ("death", 1), ("birth", 1)):
        sums, effects = Counter(), rule_effects.Counting(fund, version, before, on=ON, units={"illness": 5}).of(some)
        for key in some:
            then, now = (
                explained(*file, code, everybody[key], ruling, n)
                for *file, ruling in [(f[0], f[1], f[2]) for f in files]
            )
            mine = next(one for one in effects[key] if one.code == code)
            assert (rule_effects.worth(mine.before), rule_effects.worth(mine.now)) == (then, now), (code, key)
            kind = "unknown" if None in (then, now) else "more" if now > then else "less" if now < then else "same"
            sums[kind] += 1
            if kind in ("more", "less"):
                sums[f"{kind}_satang"] += abs(now - then)
        rest = rule_effects.summed(
            rule_effects.Counting(fund, version, before, on=ON, units={"illness": 5})
            .of(everybody.keys() - {*some})
            .values()
        )
        for name, n_told in told.benefits[code].items():
            assert n_told == sums[name] + rest.get(code, {}).get(name, 0), (code, name)
    assert (
        told.benefits["illness"]["more"] > 3
        and told.benefits["death"]["less"] > 3
        and told.benefits["illness"]["less"] == 0
    )


def test_the_bar_says_what_was_counted_and_a_stopped_run_is_taken_up(fund, monkeypatch):
    monkeypatch.setattr(rule_runs, "AT_ONCE", 7)
    draft = draft_of(fund)
    run = begun(draft)
    many = rule_effects.members(fund).count()
    assert (rule_runs.progress(run).done, rule_runs.progress(run).all) == (0, many)
    first = rule_runs.step(run, at=NOW)
    assert (first.done, first.all, first.is_over) == (7, many, False)
    assert begun(draft) == run and RuleRun.select().count() == 1, "the same is taken up"
    told = finished(run)
    assert told.done == told.all == many == sum(told.benefits["illness"][kind] for kind in rule_effects.KINDS)
    assert rule_runs.step(run, at=NOW).done == many and RuleRunStep.select().count() == -(-many // 7)
    monkeypatch.setattr(rule_runs, "AT_ONCE", 1000)
    other = finished(begun(draft, {"illness": 5, "birth": 1}))
    assert other.benefits == told.benefits, "in steps or at once, the sums are the same"


def test_no_step_is_kept_twice(fund):
    run = begun(draft_of(fund))
    rule_runs.step(run, at=NOW)
    kept = RuleRunStep.get()
    with pytest.raises(IntegrityError):
        RuleRunStep.create(
            run=run, n=kept.n, kind="members", last=kept.last, many=kept.many, report=kept.report, at=NOW
        )


def test_decided_claims_come_to_what_the_draft_would_have_given(fund):
    """Three nights at 200 a night were 600; at 300 a night they would be 800 by the limit of the draft."""
    decided()
    draft = draft_of(fund)
    ill = at_of(draft, "illness")
    rate = ("benefits", ill, "clauses", 0, "amounts", 0, "satang")
    draft = rule_drafts.save(draft, [(rate, "300")], seen=draft.save.n, by=accounts.named("committee"), at=NOW)
    told = finished(begun(draft)).claims
    assert told == {"many": 1, "paid": 60000, "would": 80000, "unknown": 0}
    gone = rule_drafts.save(
        draft,
        [(("benefits", ill), ""), (("settings", "urgent"), "")],
        seen=draft.save.n,
        by=accounts.named("committee"),
        at=NOW,
    )
    assert finished(begun(gone, {})).claims == {"many": 1, "paid": 60000, "would": 0, "unknown": 0}
    assert finished(begun(gone, {}, at=NOW + timedelta(days=400))).claims["many"] in (0, 1)


def test_an_open_claim_is_none_of_the_decided_ones(fund):
    certified(stay())
    assert finished(begun(draft_of(fund))).claims["many"] == 0


def test_names_are_for_those_who_may_see_them(fund):
    run = begun(draft_of(fund))
    told = finished(run)
    steps = rule_runs.steps_with(run, "illness", "more")
    people = [key for step in steps for key, _ in rule_runs.people_of(run, step, "illness", "more")]
    assert len(people) == len(set(people)) == told.benefits["illness"]["more"]
    names = rule_runs.names(people, seen_by=accounts.named("registrar"))
    assert len(names) == len(people) and all(names.values())
    assert rule_runs.names(people, seen_by=accounts.named("treasurer")) == {}
    with pytest.raises(NotFound):
        rule_runs.people_of(run, 999, "illness", "more")


def test_ten_are_shown_of_many_and_all_of_few(fund):
    assert len(rule_effects.sample(fund, 10)) == 10
    assert len(rule_effects.sample(fund, 10_000)) == rule_effects.members(fund).count()
    assert Membership.select().count() >= 10


def test_what_cannot_be_counted_is_refused(fund):
    draft = draft_of(fund)
    for n in (0, 401):
        with pytest.raises(Refusal):
            begun(draft, {"illness": n})
    wrong = rule_drafts.save(
        draft, [(("benefits", 0, "clauses"), "")], seen=draft.save.n, by=accounts.named("committee"), at=NOW
    )
    with pytest.raises(Refusal):
        begun(wrong)
    with pytest.raises(NotFound):
        rule_runs.find(draft, 99)


@pytest.mark.parametrize(("name", "alike"), [("", True), ("waiting", False), ("lapse", False), ("plans", False)])
def test_days_are_counted_once_only_where_both_versions_count_them_alike(fund, name, alike):
    draft = draft_of(fund)
    version = draft.checked().version
    settings = version.settings
    other = {
        "waiting": Rule(Span(30, "day"), "ข้อ 1"),
        "lapse": Rule(Span(10, "day"), "ข้อ 1"),
        "plans": tuple(one._replace(amount_satang=2 * one.amount_satang) for one in settings.plans),
    }
    changed = replace(version, settings=replace(settings, **{name: other[name]} if name else {}))
    before = rule_drafts.base_version(draft.row)
    told, anew = (rule_effects.Counting(fund, changed, before, on=ON, units={}) for _ in range(2))
    assert told.counts_alike == alike
    anew.counts_alike = False
    ids = [one for (one,) in rule_effects.members(fund).tuples()]
    assert told.of(ids) == anew.of(ids)
