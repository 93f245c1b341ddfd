"""`ombun report key`: keys of units, shown, made, pinned, certified and revoked."""

from pathlib import Path

import click

from pwa import config, web
from pwa.domain.network import certificates, certifying, keys, notes
from pwa.terminal import InThai, Sorry, opened


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
        at = web.system_clock()
        made = keys.new(unit, last=(last_seq, last_sha256) if last_seq else None, at=at)
        certifying.renew(unit, at=at)
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
@click.option("--from-seq", type=click.IntRange(1), help="The number of the first report that the new key signs.")
@click.option("--by", default="", help="The unit above that certifies it, where this machine does not know which.")
@click.option("--out", type=click.Path(path_type=Path), help="A file to write the certificate into, too.")
def certify(unit, text, from_seq, by, out):
    """Certify KEY of UNIT as the unit above: its next report takes the certificate to all others, which then need to compare nothing."""
    with opened(config.from_environment()):
        made = certifying.certify(unit, text, by=by, from_seq=from_seq, at=web.system_clock())
        if out:
            out.write_bytes(made.note)
        click.echo(made.note.decode(), nl=False)


@key.command(cls=InThai)
@click.argument("unit")
@click.argument("text", metavar="KEY")
def revoke(unit, text):
    """From now on nothing that KEY of UNIT signed counts; a parent that signs here tells it to all others with its next report."""
    with opened(config.from_environment()):
        certifying.revoke(unit, text, at=web.system_clock())


def given(texts):
    """[Key] by what stands in options: keys, files of keys, and files of certificates that these keys signed."""
    known, certified = [], []
    for text in texts:
        try:
            content = Path(text).read_bytes() if Path(text).is_file() else text.encode()
            if content.startswith(b"{"):
                certified.append(certificates.read(content))
            else:
                known += [notes.read_key(line) for line in content.decode().splitlines() if line.strip()]
        except (ValueError, OSError):
            raise Sorry(keys.BAD) from None
    return certificates.joined(known, certified)
