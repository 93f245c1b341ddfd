"""`ombun rules check`: whether a regulation could be published, with a sentence for each reason against it. No data folder is opened."""

import sys
from pathlib import Path

import click

from pwa import cli_explain, spoken
from pwa.domain import N_
from pwa.domain.fund import documents, regulation
from pwa.terminal import Plainly, Sorry, in_thai

FINE = N_("Nothing speaks against publishing %(file)s: %(versions)s versions, %(benefits)s benefits.")


@click.command(cls=Plainly)
@click.argument("file", type=click.Path(path_type=Path))
def check(file):
    """Say whether the regulation in FILE can be published: exit code 0, or 2 with a sentence for each fault."""
    try:
        with file.open("rb") as opened:
            known = regulation.load(opened.read(documents.LARGEST + 1))
        faults = regulation.check(known)
    except OSError as problem:
        raise Sorry(cli_explain.NO_FILE, name=file) from problem
    except documents.Faulty as refused:
        faults = refused.faults
    if faults:
        click.echo("\n".join(map(spoken.speaker(), faults)))
        sys.exit(2)
    benefits = len(known.versions[-1].benefits)
    click.echo(in_thai(FINE, file=file, versions=len(known.versions), benefits=benefits))
