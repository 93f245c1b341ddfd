"""`ombun report key`: keys of units, shown, made, pinned and revoked."""

import click

from pwa import config, web
from pwa.domain.network import keys
from pwa.terminal import InThai, opened


@click.group()
def key():
    """Keys of units."""


@key.command(cls=InThai)
@click.argument("unit")
def show(unit):
    """The keys of UNIT that count here, each with its eight groups of digits to compare on paper."""
    with opened(config.from_environment()):
        for one in keys.trusted(unit):
            click.echo(f"{one.text}\n{one.spoken}")


@key.command(cls=InThai)
@click.argument("unit")
@click.option(
    "--last-seq", type=int, help="The number of the last report of the unit, from its receipt, the stick or paper."
)
@click.option("--last-sha256", default="", help="The SHA-256 of that report.")
def new(unit, last_seq, last_sha256):
    """Make a key with which UNIT signs its reports."""
    with opened(config.from_environment()):
        made = keys.new(unit, last=(last_seq, last_sha256) if last_seq else None, at=web.system_clock())
        click.echo(f"{made.vkey}\n{keys.read(made.vkey).spoken}")


@key.command(cls=InThai)
@click.argument("unit")
@click.argument("text", metavar="KEY")
def pin(unit, text):
    """Take KEY for the key of UNIT, after its digits were compared on paper."""
    with opened(config.from_environment()):
        keys.pin(unit, text, at=web.system_clock())


@key.command(cls=InThai)
@click.argument("unit")
@click.argument("text", metavar="KEY")
def revoke(unit, text):
    """From now on nothing that KEY of UNIT signed counts."""
    with opened(config.from_environment()):
        keys.revoke(unit, text, at=web.system_clock())
