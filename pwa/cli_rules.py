"""`ombun rules`: a fund's regulation as the keeper of the box puts it in force, for the two officers who answer for it."""

from pathlib import Path

import click

from pwa import config, web
from pwa.domain import N_, Refusal
from pwa.domain.fund import versions
from pwa.domain.fund.sentences import Satang
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from pwa.terminal import DAY, NO_FUND, Sorry, in_thai, known, opened

NO_ACCOUNT = N_("There is no account called %(handle)s.")
NO_SITTING = N_("Write the resolution as board/meeting/day, for example 3/9/2569/2026-09-14.")
STAY = N_("%(count)s decisions on events from that day on stay under the version they were decided by:")
GRANTED = N_("event of %(day)s, benefit %(benefit)s, granted %(sum)s, version %(version)s, claim %(claim)s")
REFUSED = N_("event of %(day)s, benefit %(benefit)s, not granted, version %(version)s, claim %(claim)s")
IN_FORCE = N_("Version %(version)s of the regulation of %(fund)s is in force from %(day)s.")


@click.group()
def rules():
    """Regulations of the funds."""


@rules.command()
@click.argument("fund")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from", "starts_on", type=DAY, required=True, help="First day on which it holds; it may lie in the past."
)
@click.option("--resolution", required=True, help="Board/meeting/day of the sitting that resolved it.")
@click.option("--drafted-by", required=True, help="Handle of who drafted it: of the committee, or the registrar.")
@click.option("--enforced-by", required=True, help="Handle of a second one of them, who puts it in force.")
@click.option("--replaces", type=int, help="Number of the version that the draft replaces; none for the first one.")
@click.option("--decided-stay", is_flag=True, help="The resolution says that what is decided already stays as it is.")
def enforce(fund, file, starts_on, resolution, drafted_by, enforced_by, replaces, decided_stay):
    """Put the regulation in FILE in force for the fund with the code FUND. Two officers answer for it."""
    at = web.system_clock()
    with opened(config.from_environment()):
        try:
            made = versions.enforce(
                known(NO_FUND, versions.fund_of, code=fund),
                file.read_bytes(),
                starts_on=starts_on,
                sitting=_sitting(resolution, at),
                replaces=replaces,
                decided_stay=decided_stay,
                drafted_by=known(NO_ACCOUNT, accounts.named, handle=drafted_by),
                by=known(NO_ACCOUNT, accounts.named, handle=enforced_by),
                at=at,
            )
        except Refusal as no:
            raise Sorry(no.message, **no.values) from no
        stay = versions.staying(made)
    click.echo(in_thai(IN_FORCE, version=made.version, fund=fund, day=made.in_force_from.isoformat()))
    for line in _stay(stay):
        click.echo(line)


def _stay(found):
    """What stays under a version of before, a line each and nobody's name: who may read a claim finds it by its address."""
    if found:
        yield in_thai(STAY, count=len(found))
    for one in found:
        told = {"day": one.event_on, "benefit": one.benefit, "version": one.version or "-", "claim": one.claim_id}
        yield "- " + in_thai(GRANTED if one.accepted else REFUSED, sum=Satang(one.amount_satang), **told)


def _sitting(text, at):
    """A meeting's own number may hold a stroke, as 9/2569 does."""
    board, *meeting, day = text.split("/")
    if not meeting:
        raise Sorry(NO_SITTING)
    return resolutions.sitting(board, "/".join(meeting), DAY.convert(day, None, None), at=at)
