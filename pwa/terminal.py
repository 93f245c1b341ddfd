"""What the verbs of a terminal share: an open data folder, days as people type them, and one sentence in Thai when something is odd."""

from datetime import date

import click

import db
from pwa import create_app, open_data
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund.sentences import Sentence
from pwa.domain.text import thai
from pwa.domain.text.dates import EARLIEST_BUDDHIST_YEAR, ERA
from pwa.spoken import speaker

NO_FUND = N_("There is no fund with the code %(code)s.")
NO_DAY = N_("“%(text)s” is no day. Write it as year-month-day, for example 2026-10-01.")
BUDDHIST_DAY = N_("The year %(year)s looks like B.E. Do you mean %(day)s?")

NO_OPTION = N_("There is no option %(name)s.")
LACKING = N_("%(name)s is missing.")
ODD_WORDS = N_("These arguments cannot be read. See --help.")
NOBODY = N_("Nobody here has this handle.")


class Sorry(click.ClickException):
    """One sentence in Thai on the terminal, and exit code 2."""

    exit_code = 2

    def __init__(self, msgid, **values):
        super().__init__(in_thai(msgid, **values))

    def show(self, file=None):
        click.echo(self.message, file=file, err=True)


class Plainly(click.Command):
    """What cannot be read as arguments is one Thai sentence, too."""

    def parse_args(self, ctx, args):
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as problem:
            raise Sorry(NO_OPTION, name=problem.option_name) from problem
        except click.MissingParameter as problem:
            raise Sorry(LACKING, name=problem.param.human_readable_name if problem.param else "") from problem
        except click.UsageError as problem:
            raise Sorry(ODD_WORDS) from problem


class InThai(Plainly):
    """What is refused is one Thai sentence and exit code 2, as a wrong command is."""

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise Sorry(refusal.message, **refusal.values) from None
        except NotFound:
            raise Sorry(NOBODY) from None


class Day(click.ParamType):
    """A day of the Christian era in ISO form, also in Thai digits; one of the Buddhist era is asked about, never taken."""

    name = "day"

    def convert(self, value, param, ctx):
        if isinstance(value, date):
            return value
        text = thai.digits(thai.clean(value))
        year, dash, rest = text.partition("-")
        if dash and year.isdigit() and int(year) >= EARLIEST_BUDDHIST_YEAR:
            raise Sorry(BUDDHIST_DAY, year=year, day=_day(f"{int(year) - ERA:04d}-{rest}", value).isoformat())
        return _day(text, value)


DAY = Day()


def opened(settings):
    """The migrated database with its keys, open for the length of a `with`."""
    open_data(settings)
    db.migrate()
    db.database.close()
    create_app(settings)
    return db.database.connection_context()


def known(sentence, find, **named):
    """What a name stands for; a sentence for one that nobody bears."""
    try:
        return find(*named.values())
    except NotFound:
        raise Sorry(sentence, **named) from None


def in_thai(msgid, **values):
    """A sentence as the terminal says it."""
    return speaker("th")(Sentence(msgid, values))


def _day(text, typed):
    try:
        if len(text) == len("2026-10-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Sorry(NO_DAY, text=typed)
