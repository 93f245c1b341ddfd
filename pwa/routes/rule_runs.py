"""What a draft would change: ten members at once, everybody step by step, the decided claims of the last year, and who gains or loses."""

from flask import Blueprint, request, url_for

from pwa import template_cases
from pwa.access import current_account, requires
from pwa.domain.fund import rule_drafts, rule_effects, rule_runs
from pwa.domain.text import thai
from pwa.keyless import without_key
from pwa.routes.rule_drafts import found
from pwa.rule_words import WORDS
from pwa.web import done, now, render, today

bp = Blueprint("rule_runs", __name__, url_prefix="/rules/<string:fund_code>/drafts/<int:n>/effects")
OFFICERS = rule_drafts.OFFICERS
SAMPLE = 10


@bp.get("")
@requires(*OFFICERS)
def show(fund_code, n):
    draft = found(fund_code, n)
    version, before = draft.checked().version, rule_drafts.base_version(draft.row)
    page = dict(fund=draft.fund, draft=draft, is_whole=draft.checked().is_whole, words=WORDS)
    if not page["is_whole"]:
        return render("rule_runs/show.html", **page)
    run = rule_runs.latest(draft)
    units = standard(draft, version, before) | (rule_runs.units(run) if run else {})
    benefits = named(version, before)
    counting = rule_effects.Counting(draft.fund, version, before, on=today(), units=units)
    told = counting.of(rule_effects.sample(draft.fund, SAMPLE))
    changed = (one.code for effects in told.values() for one in effects if one.satang)
    asked = request.args.get("benefit")
    code = asked if asked in benefits else next(changed, next(iter(benefits)))
    names = rule_runs.names(told, seen_by=current_account())
    rows = [(names.get(key), one) for key, effects in told.items() for one in effects if one.code == code]
    about = dict(benefits=benefits, code=code, rows=rows, units=units, counted=counted(version, before))
    progress = run and rule_runs.progress(run)
    return render("rule_runs/show.html", progress=progress, goes_on=False, **page, **about)


@bp.post("")
@requires(*OFFICERS)
@without_key
def begin(fund_code, n):
    draft = found(fund_code, n)
    version, before = draft.checked().version, rule_drafts.base_version(draft.row)
    units = {code: number(code) for code in counted(version, before)} if version else {}
    rule_runs.begin(draft, units, on=today(), by=current_account(), at=now())
    return done(url_for("rule_runs.show", fund_code=fund_code, n=n, _anchor="run"))


@bp.post("/<int:run_id>/steps")
@requires(*OFFICERS)
@without_key
def step(fund_code, n, run_id):
    """The next some members; what a script asks for goes on by itself until the page is left."""
    draft = found(fund_code, n)
    progress = rule_runs.step(rule_runs.find(draft, run_id), at=now())
    previous = rule_drafts.base_version(draft.row)
    about = dict(fund=draft.fund, draft=draft, progress=progress, goes_on=True)
    benefits = named(draft.checked().version, previous)
    address = url_for("rule_runs.show", fund_code=fund_code, n=n, _anchor="run")
    return done(address, "rule_runs/_run.html", benefits=benefits, **about)


@bp.get("/<int:run_id>/people")
@requires(*OFFICERS)
def people(fund_code, n, run_id):
    draft = found(fund_code, n)
    run = rule_runs.find(draft, run_id)
    kind = "less" if request.args.get("kind") == "less" else "more"
    benefits = named(rule_runs.counting(run).version, rule_drafts.base_version(draft.row))
    code = request.args.get("benefit") if request.args.get("benefit") in benefits else next(iter(benefits))
    steps = rule_runs.steps_with(run, code, kind)
    at = request.args.get("step", 0, type=int)
    shown = at if at in steps else next(iter(steps), 0)
    told = rule_runs.people_of(run, shown, code, kind) if shown else []
    names = rule_runs.names([key for key, _ in told], seen_by=current_account())
    rows = [(names.get(key), one) for key, one in told]
    later = next((one for one in steps if one > shown), None)
    about = dict(code=code, kind=kind, rows=rows, later=later, title=benefits[code], run=run)
    return render("rule_runs/people.html", fund=draft.fund, draft=draft, **about)


def named(*known):
    """{benefit: its name}, as the first of these versions that has it calls it."""
    found = {}
    for version in known:
        for code, benefit in version.benefits.items() if version else ():
            found.setdefault(code, benefit.name)
    return found


def counted(*known):
    """{benefit: the unit that it counts} of those that count one."""
    told = {code: rule_effects.counted(one) for version in known if version for code, one in version.benefits.items()}
    return {code: unit for code, unit in told.items() if unit}


def standard(draft, version, before):
    """The standard events: those of the cases beside the template, else one of everything, and three nights."""
    cases = template_cases.units(draft.row.template or version.regulation)
    told = rule_effects.standard(version, before)
    return told | {code: n for code, n in cases.items() if code in counted(version, before)}


def number(code):
    """How many of a benefit's units the form says; 0, which is refused, for what is no number."""
    text = thai.digits(thai.clean(request.form.get(code, "")))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
