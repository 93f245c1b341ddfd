"""What the verbs of reports share: files read, sentences said, and exit code 1 with a line for each fault."""

import sys

import click

from pwa.domain import N_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.network import report_files
from pwa.spoken import speaker
from pwa.terminal import Sorry

NO_FILE = N_("The file %(file)s cannot be read.")


def opened_file(file):
    """The report in a file, with its faults; one sentence and exit code 2 for what is none."""
    try:
        return report_files.read(content(file))
    except report_files.NotAReport:
        raise Sorry(report_files.NOT_ONE) from None


def read(file):
    """The same of a file without faults; its faults and exit code 1 else."""
    found = opened_file(file)
    end_with(map(say, found.faults))
    return found


def content(file):
    try:
        with file.open("rb") as stream:
            return stream.read(report_files.LARGEST + 1)
    except OSError:
        raise Sorry(NO_FILE, file=file) from None


def say(sentence):
    return speaker("th")(sentence if isinstance(sentence, Sentence) else Sentence(sentence))


def end_with(faults):
    """Say the faults on the error output, a line each, and end with exit code 1 where there are any."""
    faults = list(faults)
    for one in filter(None, faults):
        click.echo(one, err=True)
    if faults:
        sys.exit(1)
