"""`ombun report`: a fund's report to its network, made, signed, verified and taken apart. What needs no database opens none."""

from pathlib import Path

import click

from pwa import cli_report_export, cli_report_keys, config, web
from pwa.cli_report_files import content, end_with, opened_file, read, say
from pwa.domain import N_, NotFound
from pwa.domain.fund import holders
from pwa.domain.network import (
    attacking,
    differences,
    keys,
    parent_reports,
    receiving,
    report_files,
    reports,
    signing,
    verifying,
)
from pwa.domain.people import accounts
from pwa.terminal import NO_FUND, InThai, Sorry, in_thai, opened

ACCEPTED = N_("Accepted: %(unit)s %(period)s, number %(seq)s")
HOLDS = N_("%(file)s: the report of %(unit)s for %(period)s holds (number %(seq)s).")
RANGE = N_("%(unit)s %(period)s %(cell)s: may be %(least)s to %(most)s (%(n)s values)")
FREE = N_("%(unit)s %(period)s %(cell)s: may be anything from %(least)s on")
LEAKS = N_("%(unit)s %(period)s %(cell)s: this can be found out (%(least)s to %(most)s)")
NOTHING_HIDDEN = N_("Nothing is hidden in these reports.")
SAME = N_("%(file)s: made again from its workings, the same bytes.")
OTHERWISE = N_("%(file)s: made again from its workings, it is another report.")
DEEP = N_("%(figure)s: the report says %(told)s, the rows say %(counted)s.")
DRAFT = N_("Draft of %(unit)s for %(period)s: %(file)s")
SIGNED = N_("Signed: %(unit)s %(period)s, number %(seq)s, %(sha256)s")
OF_REPORTS = click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group()
def report():
    """Reports of funds to their network (ombun-report@1)."""


@report.command(cls=InThai)
@click.argument("fund", metavar="FUND|UNIT")
@click.argument("period")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to write it; UNIT-PERIOD.ombun-report where none is given."
)
@click.option("--restate", default="", help="Why a signed report was wrong: a new draft in its place.")
def make(fund, period, out, restate):
    """Draft the report of a fund, network or province for PERIOD (2026-10), or write the signed one."""
    with opened(config.from_environment()):
        at = web.system_clock()
        about = dict(at=at, today=at.astimezone(web.BANGKOK).date(), restate=restate)
        found = holders.fund(fund)
        try:
            state = (
                parent_reports.make(fund, period, **about) if found is None else reports.make(found, period, **about)
            )
        except NotFound:
            raise Sorry(NO_FUND, code=fund) from None
        out = out or Path(f"{fund}-{period}.ombun-report")
        out.write_bytes(state.file)
        click.echo(in_thai(DRAFT if state.issue is None else SIGNED, **_about(state, out)))


@report.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="Handle of the officer who made it.")
@click.option("--agreed", required=True, help="Handle of the second officer.")
def sign(file, by, agreed):
    """Sign the draft in FILE, to which two officers of the fund agree, and write the signed report into it."""
    with opened(config.from_environment()):
        first, second = accounts.named(by), accounts.named(agreed)
        state = signing.sign(content(file), by=first, agreed=second, at=web.system_clock(), how="terminal")
        file.write_bytes(state.file)
        click.echo(in_thai(SIGNED, **_about(state, file)))


@report.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
def accept(file):
    """Take the report in FILE in, as one that counts: it holds by a key that is pinned here."""
    with opened(config.from_environment()):
        at, found = web.system_clock(), read(file)
        end_with(map(say, verifying.faults(found, keys.trusted())))
        received, _ = receiving.take(content(file), at=at)
        before = receiving.before(received)
        if before is not None:
            click.echo("\n".join(map(say, differences.words(report_files.read(bytes(before.file)), found))))
        receiving.accept(received, account=None, how="terminal", at=at)
        click.echo(in_thai(ACCEPTED, unit=received.unit, period=received.period, seq=received.seq))


@report.command(cls=InThai)
@OF_REPORTS
@click.option(
    "--key",
    "given",
    multiple=True,
    help="A key (unit+id+…), a file of them, or a certificate; without one, those that are pinned here.",
)
def verify(paths, given):
    """Whether each report holds, and all of them together. A report of the unit above brings the keys that it certified."""
    known = cli_report_keys.given(given) if given else _pinned()
    opened_files, files, faults = [(file, opened_file(file)) for file in paths], [], []
    known = verifying.keys_told([found for _, found in opened_files], known)
    for file, found in opened_files:
        odd = verifying.faults(found, known)
        faults += [(file, one) for one in odd]
        files.append(found)
        if not odd:
            about = {"file": file.name, "unit": found.unit, "period": found.period, "seq": found.header["seq"]}
            click.echo(in_thai(HOLDS, **about))
    if not faults:
        faults = [(None, one) for one in verifying.together(files)]
    end_with([f"{file.name}: {say(one)}" if file else say(one) for file, one in faults])


@report.command(cls=InThai)
@OF_REPORTS
@click.option(
    "--with", "beside", multiple=True, type=click.Path(path_type=Path), help="A report that an outsider has, too."
)
def attack(paths, beside):
    """Which values each hidden cell may have; exit code 1 where one can be found out."""
    found = attacking.attack([read(file) for file in paths], [read(file) for file in beside])
    leaks = []
    for one in found:
        about = {
            "unit": one.unit,
            "period": one.period,
            "cell": report_files.called(one.cell),
            "least": one.least,
            "most": one.most or "",
        }
        if one.most is None:
            click.echo(in_thai(FREE, **about))
        elif one.is_leak:
            leaks.append(in_thai(LEAKS, **about))
        else:
            click.echo(in_thai(RANGE, **about, n=one.most - one.least + 1))
    if not found:
        click.echo(in_thai(NOTHING_HIDDEN))
    end_with(leaks)


@report.command(cls=InThai)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
def diff(before, after):
    """What differs between two reports, in words."""
    click.echo("\n".join(map(say, differences.words(read(before), read(after)))))


@report.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Also count again from the rows that were read then.")
def recompute(file, deep):
    """Make the report in FILE again from its workings: the same bytes."""
    found = read(file)
    with opened(config.from_environment()):
        is_same = reports.recompute(found) == found.body
        odd = reports.deep(found) if deep else []
    click.echo(in_thai(SAME if is_same else OTHERWISE, file=file.name), err=not is_same)
    end_with(
        [in_thai(DEEP, figure=figure, told=told, counted=counted) for figure, told, counted in odd] if is_same else [""]
    )


report.add_command(cli_report_keys.key)
report.add_command(cli_report_export.export)


def _about(state, file):
    draft = state.draft
    about = {"unit": draft.unit, "period": draft.period, "file": file}
    return about | ({"seq": state.issue.seq, "sha256": state.issue.sha256} if state.issue else {})


def _pinned():
    with opened(config.from_environment()):
        return keys.trusted()
