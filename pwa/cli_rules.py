"""`ombun rules`: a fund's regulation as the keeper of the box puts it in force, for the two officers who answer for it."""

from pathlib import Path

import click

from pwa import config, web
from pwa.domain import N_, Refusal
from pwa.domain.fund import versions
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from pwa.terminal import DAY, NO_FUND, Sorry, in_thai, known, opened

NO_ACCOUNT = N_("There is no account called %(handle)s.")
NO_SITTING = N_("Write the resolution as board/meeting/day, for example 3/9/2569/2026-09-14.")
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
def enforce(fund, file, starts_on, resolution, drafted_by, enforced_by, replaces):
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
                drafted_by=known(NO_ACCOUNT, accounts.named, handle=drafted_by),
                by=known(NO_ACCOUNT, accounts.named, handle=enforced_by),
                at=at,
            )
        except Refusal as no:
            raise Sorry(no.message, **no.values) from no
    click.echo(in_thai(IN_FORCE, version=made.version, fund=fund, day=made.in_force_from.isoformat()))


def _sitting(text, at):
    """A meeting's own number may hold a stroke, as 9/2569 does."""
    board, *meeting, day = text.split("/")
    if not meeting:
        raise Sorry(NO_SITTING)
    return resolutions.sitting(board, "/".join(meeting), DAY.convert(day, None, None), at=at)
