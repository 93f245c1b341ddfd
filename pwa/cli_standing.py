"""`ombun standing`: how a member of a fund stands on a day, for whoever answers them, and as JSON for another machine."""

import json

import click

from pwa import config, web
from pwa.domain import N_
from pwa.domain.fund import books, versions
from pwa.domain.fund.membership import STANDINGS
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.spoken import speaker
from pwa.terminal import DAY, NO_FUND, Sorry, known, opened

NO_MEMBER = N_(
    "There is no member with the number %(number)s. Who applies, or whose passbook waits to be confirmed, is no member yet."
)
NOT_YET = N_("Number %(number)s was no member yet on %(day)s.")
LINES = (
    ("standing", N_("Standing: %(value)s")),
    ("joined_on", N_("Member since %(value)s")),
    ("tenure_from", N_("Tenure counts from %(value)s")),
    ("paid_through", N_("Paid through %(value)s (%(source)s)")),
    ("lapse_due_on", N_("Without further payment the rights end on %(value)s")),
    ("arrears_satang", N_("In arrears: %(value)s")),
)
UNKNOWN = N_("Paid through: not known here (%(source)s)")
NO_REGULATION = N_(
    "This fund has no regulation in force that day, so only the waiting time that it wrote down is counted."
)


@click.command()
@click.argument("fund")
@click.argument("number")
@click.option("--on", "on", type=DAY, help="The day; today where none is given.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def standing(fund, number, on, as_json):
    """How the member with NUMBER of the fund with the code FUND stands."""
    on = on or web.system_clock().astimezone(web.BANGKOK).date()
    with opened(config.from_environment()):
        place = known(NO_FUND, versions.fund_of, code=fund)
        member = known(NO_MEMBER, lambda number: books.member(place, number), number=number)
        book = books.of([member.id])[member.id]
        if book.terms[0].joined > on:
            raise Sorry(NOT_YET, number=member.number, day=on.isoformat())
        ruling = books.ruling_of(book, on)
        stands = books.standing_of(book, ruling, on)
    told = {"number": member.number, **of(stands)}
    click.echo(json.dumps(told) if as_json else "\n".join(words(told, book, ruling)))


def of(stands):
    """The answer as the contract names it."""
    days = {name: _iso(getattr(stands, name)) for name in ("paid_through", "lapse_due_on", "tenure_from", "joined_on")}
    return {
        "standing": stands.standing,
        **days,
        "periods": [{"joined": _iso(one.joined), "left": _iso(one.left), "why": one.why} for one in stands.periods],
        "arrears_days": stands.arrears_days,
        "arrears_satang": stands.arrears_satang,
        "covered": [[_iso(first), _iso(last)] for first, last in stands.covered],
    }


def words(told, book, ruling):
    """The same in Thai, a line each; what is not known says so."""
    say = speaker("th")
    if ruling.version is None:
        yield say(Sentence(NO_REGULATION))
    for name, sentence in LINES:
        value = told[name]
        if name == "standing":
            value = Sentence(STANDINGS[value])
        elif name == "arrears_satang":
            value = Satang(value)
        else:
            value = DAY.convert(value, None, None) if value else None
        if value:
            yield say(Sentence(sentence, {"value": value, "source": book.paid_source}))
        elif name == "paid_through":
            yield say(Sentence(UNKNOWN, {"source": book.paid_source}))


def _iso(day):
    return day.isoformat() if day else None
