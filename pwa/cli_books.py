"""`ombun books`: a fund's books added up, for whoever audits them, and as JSON for another machine."""

import json

import click

from pwa import config, web
from pwa.domain import N_
from pwa.domain.fund import chart, trial_balance, versions
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.spoken import speaker
from pwa.terminal import DAY, NO_FUND, Sorry, known, opened

BACKWARD = N_("The books cannot end on %(to)s when they begin on %(since)s.")
LINE = N_("%(code)s %(name)s: %(satang)s")
POT_LINE = N_("%(code)s %(name)s, pot %(pot)s: %(satang)s")
HELD = N_("In the hand of %(code)s: %(satang)s")
UNAPPROVED = N_("Received and not checked yet: %(satang)s")
SIDES = N_("Part 10: left %(left)s, right %(right)s")


@click.command()
@click.argument("fund")
@click.option("--from", "since", type=DAY, help="The first day; the first of the books where none is given.")
@click.option("--to", "to", type=DAY, help="The last day; today where none is given.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def books(fund, since, to, as_json):
    """The books of the fund with the code FUND: each account and pot, who holds cash, and part 10."""
    to = to or web.system_clock().astimezone(web.BANGKOK).date()
    if since and since > to:
        raise Sorry(BACKWARD, since=since.isoformat(), to=to.isoformat())
    with opened(config.from_environment()):
        found = trial_balance.of(known(NO_FUND, versions.fund_of, code=fund), since=since, to=to)
    click.echo(json.dumps(of(found), ensure_ascii=False) if as_json else "\n".join(words(found)))


def of(found):
    """The books as the contract names them."""
    say = speaker("th")
    return {
        "accounts": [
            {
                "code": row.code,
                "name": row.name or say(Sentence(chart.heading(row.code).name)),
                "type": row.type,
                "pot": row.pot or None,
                "opening_satang": row.opening,
                "debit_satang": row.debit,
                "credit_satang": row.credit,
                "closing_satang": row.closing,
                "part10": row.line or None,
            }
            for row in found.rows
        ],
        "holders": [
            {
                "code": one.code,
                "name": one.name,
                "cash_satang": one.satang,
                "since": one.since and one.since.isoformat(),
            }
            for one in found.holders
        ],
        "unapproved_satang": found.unapproved,
        "closed_through": None,
        "part10": {"lines": found.lines, "left_satang": found.left, "right_satang": found.right},
    }


def words(found):
    """The same in Thai, a line each."""
    say = speaker("th")
    for row in found.rows:
        name = row.name or Sentence(chart.heading(row.code).name)
        about = {"code": row.code, "name": name, "pot": row.pot, "satang": Satang(row.closing)}
        yield say(Sentence(POT_LINE if row.pot else LINE, about))
    for one in found.holders:
        yield say(Sentence(HELD, {"code": one.code.partition("-")[2], "satang": Satang(one.satang)}))
    yield say(Sentence(UNAPPROVED, {"satang": Satang(found.unapproved)}))
    yield say(Sentence(SIDES, {"left": Satang(found.left), "right": Satang(found.right)}))
