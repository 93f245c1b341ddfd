"""`ombun explain`: what a regulation gives in one case, and why. Asked of a template or a file it opens no data folder and makes none."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from pwa import config, explain_facts, spoken
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import benefits, documents, regulation, silences, terms, versions
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.terminal import Plainly, Sorry, in_thai, opened

FOLDER = documents.FOLDER
NO_SOURCE = N_("There is no fund, template or file “%(name)s”. Templates: %(known)s")
NO_FILE = N_("The file “%(name)s” cannot be read.")
NO_RULES = N_("The fund %(code)s has no regulation yet.")
NOT_IN_FORCE = N_("No version of the regulation was in force on %(day)s.")
NO_BENEFIT_TOLD = N_("Say which benefit. There are: %(known)s")
TOO_FAR = N_("A day that this asks for lies beyond the year 9999.")
GIVES = {
    "entitled": N_("Entitled: %(amount)s"),
    "open": N_("Entitled: a meeting decides, at most %(amount)s"),
    "not_entitled": N_("Not entitled"),
    "undecided": N_("Cannot be decided yet"),
}
HEAD = N_("%(name)s, version %(version)s · %(benefit)s")
UNSAID = N_("The regulation does not say: %(list)s")
RATE = N_("how much it is")
MISSING = N_("Still asked for: %(list)s")
UNITS = N_("Counted: %(n)s")
NO_PROMISE = N_("By the version in force on the day of the event; the committee approves it.")
MARKS = {True: "✓", False: "✗", None: "?"}
SEVERAL = ("period", "paid", "used", "fact")
ONE = (
    "today filed tenure-from joined event admit discharge paid-through born sex standing subject quantity used-baht used-units"
    " household-used-baht times-before pot"
).split()


def options(command):
    for name in reversed(ONE):
        command = click.option(f"--{name}", name.replace("-", "_"))(command)
    for name in SEVERAL:
        command = click.option(f"--{name}", name, multiple=True)(command)
    return command


@click.command(cls=Plainly)
@click.argument("source")
@click.argument("benefit", required=False)
@click.option("--non-member", is_flag=True, help="About somebody who is no member.")
@click.option("--facts", "list_facts", is_flag=True, help="List the facts that the regulation asks for.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@options
def explain(source, benefit, list_facts, as_json, **told):
    """Say what the regulation of SOURCE (a fund's code, a template's name or a file) gives for BENEFIT, and why.
    Days are year-month-day; sums are baht. --period FROM:TO, --paid PAID_ON:FROM:TO, --used DAY:BAHT[:UNITS][:BENEFIT] and
    --fact NAME=VALUE may come several times."""
    known = rules_of(source)
    if list_facts:
        return show_facts(known, as_json)
    if benefit is None:
        raise Sorry(NO_BENEFIT_TOLD, known=", ".join(known.versions[-1].benefits))
    answer, version = ask(known, benefit, told)
    say = spoken.speaker()
    if as_json:
        click.echo(json.dumps(answer.to_json(say), ensure_ascii=False))
    else:
        click.echo("\n".join(lines(answer, version, say)))


def ask(known, code, told):
    """(answer, the version that the event's day picked)."""
    stays = any(one.benefits[code].event == "stay" for one in known.versions if code in one.benefits)
    event_on = explain_facts.governing(told, stays)
    version = known.version_for(event_on)
    if version is None:
        raise Sorry(NOT_IN_FORCE, day=event_on)
    benefit = version.benefits.get(code)
    if benefit is None:
        raise Sorry(benefits.NO_BENEFIT, benefit=code, known=", ".join(version.benefits))
    try:
        return benefits.answer(version, code, explain_facts.case(version, benefit, told, event_on)), version
    except OverflowError as problem:
        raise Sorry(TOO_FAR) from problem


def rules_of(source):
    """The regulation of a fund, a template or a file, asked in this order. A path is always a file."""
    if not source.endswith(".json") and Path(source).name == source:
        found = of_fund(source)
        if found:
            return found
        if (FOLDER / f"{source}.json").is_file():
            return read(FOLDER / f"{source}.json")
    if Path(source).is_file():
        return read(Path(source))
    known = sorted(path.stem for path in FOLDER.glob("*.json") if not path.stem.endswith((".cases", "@1")))
    raise Sorry(NO_SOURCE, name=source, known=", ".join(known))


def read(path):
    try:
        with path.open("rb") as file:
            return regulation.load(file.read(documents.LARGEST + 1))
    except OSError as problem:
        raise Sorry(NO_FILE, name=path) from problem
    except Refusal as no:
        raise Sorry(no.message, **no.values) from no


def of_fund(code):
    """The regulation of the fund with this code; None without a database or such a fund."""
    settings = config.from_environment()
    if not settings.data.exists():
        return None
    if not settings.database_url and not is_fund(settings.data / "ombun.db", code):
        return None
    with opened(settings):
        try:
            known = versions.effective(versions.fund_of(code))
        except NotFound:
            return None
    if not known:
        raise Sorry(NO_RULES, code=code)
    return terms.Regulation(known[-1].regulation, tuple(known))


def is_fund(path, code):
    """Whether the database that is there, if any, has such a fund: looked at without changing or making anything."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute("SELECT 1 FROM fund WHERE code = ?", (code,)).fetchone() is not None
    except sqlite3.Error:
        return False


def show_facts(known, as_json):
    facts = {name: one for version in known.versions for name, one in version.facts.items()}
    say = spoken.speaker()
    told = {name: {"title": one.title, "answers": say(regulation.answers(one))} for name, one in facts.items()}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    for name, one in () if as_json else told.items():
        click.echo(f"{name}: {one['title']} ({one['answers']})")


def lines(answer, version, say):
    """The answer as a tree to read."""
    title = version.benefits[answer.benefit].name
    yield in_thai(HEAD, name=version.name, version=answer.version, benefit=title)
    is_open = answer.outcome == "entitled" and answer.amount_satang is None
    amount = Satang(answer.max_satang or 0) if is_open else Satang(answer.amount_satang or 0)
    yield say(Sentence(GIVES["open" if is_open else answer.outcome], {"amount": amount}))
    yield from (f"  + {item} × {count}" for item, count in answer.in_kind)
    if answer.units is not None:
        yield in_thai(UNITS, n=answer.units)
    for one in answer.conditions:
        remedy = f" — {say(one.remedy)}" if one.remedy and not one.passed else ""
        yield f"  {MARKS[one.passed]} {say(one.says)}{remedy} [{one.clause}]"
        about = " · ".join(part for part in (say(one.fact) if one.fact else "", say(one.source)) if part)
        yield from [f"      {about}"] if about else []
    if answer.missing:
        yield in_thai(MISSING, list=", ".join(answer.missing))
    if answer.unsaid:
        told = [in_thai(RATE if name == "rate" else silences.SPOKEN[name]) for name in answer.unsaid]
        yield in_thai(UNSAID, list=", ".join(told))
    yield in_thai(NO_PROMISE)
