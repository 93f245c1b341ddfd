"""`ombun report`: a fund's report to its network, made, signed, verified and taken apart. What needs no database opens none."""

import sys
from pathlib import Path

import click

from pwa import cli_report_keys, config, files, web
from pwa.domain import N_
from pwa.domain.fund import holders
from pwa.domain.fund.sentences import Sentence
from pwa.domain.network import attacking, differences, exports, keys, notes, report_files, reports, signing, verifying
from pwa.domain.people import accounts
from pwa.spoken import speaker
from pwa.terminal import NO_FUND, InThai, Sorry, in_thai, opened

NO_FILE = N_("The file %(file)s cannot be read.")
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
@click.argument("fund")
@click.argument("period")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to write it; UNIT-PERIOD.ombun-report where none is given."
)
@click.option("--restate", default="", help="Why a signed report was wrong: a new draft in its place.")
def make(fund, period, out, restate):
    """Draft the report of FUND for PERIOD (2026-10), or write the signed one."""
    with opened(config.from_environment()):
        found = holders.fund(fund)
        if found is None:
            raise Sorry(NO_FUND, code=fund)
        at = web.system_clock()
        state = reports.make(found, period, at=at, today=at.astimezone(web.BANGKOK).date(), restate=restate)
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
        state = signing.sign(_bytes(file), by=first, agreed=second, at=web.system_clock(), how="terminal")
        file.write_bytes(state.file)
        click.echo(in_thai(SIGNED, **_about(state, file)))


@report.command(cls=InThai)
@OF_REPORTS
@click.option(
    "--key",
    "given",
    multiple=True,
    help="A key (unit+id+…), or a file of them; without one, those that are pinned here.",
)
def verify(paths, given):
    """Whether each report holds, and all of them together."""
    known = [key for text in given for key in _keys(text)] if given else _pinned()
    read, faults = [], []
    for file in paths:
        found = _read(file)
        odd = verifying.faults(found, known)
        faults += [(file, one) for one in odd]
        read.append(found)
        if not odd:
            about = {"file": file.name, "unit": found.unit, "period": found.period, "seq": found.header["seq"]}
            click.echo(in_thai(HOLDS, **about))
    if not faults:
        faults = [(None, one) for one in verifying.together(read)]
    _end_with([f"{file.name}: {_say(one)}" if file else _say(one) for file, one in faults])


@report.command(cls=InThai)
@OF_REPORTS
@click.option(
    "--with", "beside", multiple=True, type=click.Path(path_type=Path), help="A report that an outsider has, too."
)
def attack(paths, beside):
    """Which values each hidden cell may have; exit code 1 where one can be found out."""
    found = attacking.attack([_read(file) for file in paths], [_read(file) for file in beside])
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
    _end_with(leaks)


@report.command(cls=InThai)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
def diff(before, after):
    """What differs between two reports, in words."""
    click.echo("\n".join(map(_say, differences.words(_read(before), _read(after)))))


@report.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Also count again from the rows that were read then.")
def recompute(file, deep):
    """Make the report in FILE again from its workings: the same bytes."""
    found = _read(file)
    with opened(config.from_environment()):
        is_same = reports.recompute(found) == found.body
        odd = reports.deep(found) if deep else []
    click.echo(in_thai(SAME if is_same else OTHERWISE, file=file.name), err=not is_same)
    _end_with(
        [in_thai(DEEP, figure=figure, told=told, counted=counted) for figure, told, counted in odd] if is_same else [""]
    )


@report.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(["csv", "xlsx", "dhis2", "datapackage"]), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into; this one where none is given.")
def export(file, kind, out):
    """Write what the report in FILE tells as CSV, XLSX, DHIS2 data values or a data package."""
    found, out = _read(file), out or Path()
    name = f"{found.unit}-{found.period}"
    table = files.Table(name, name, list(exports.HEADINGS), exports.rows(found))
    written = {}
    if kind in ("csv", "xlsx"):
        written[f"{name}.{kind}"] = files.as_csv(table) if kind == "csv" else files.as_xlsx(table)
    elif kind == "dhis2":
        written[f"{name}.dhis2.json"] = exports.as_json(exports.dhis2(found)).encode()
        written[f"{name}.dhis2-metadata.json"] = exports.as_json(exports.dhis2_metadata(found)).encode()
    else:
        written["cells.csv"] = files.as_csv(table)
        written["datapackage.json"] = exports.as_json(exports.package(found, written["cells.csv"])).encode()
    for one, content in written.items():
        (out / one).write_bytes(content)
        click.echo(out / one)


report.add_command(cli_report_keys.key)


def _about(state, file):
    draft = state.draft
    about = {"unit": draft.fund.code, "period": draft.period, "file": file}
    return about | ({"seq": state.issue.seq, "sha256": state.issue.sha256} if state.issue else {})


def _read(file):
    """The report in a file; one sentence and exit code 2 for what is none."""
    try:
        return report_files.read(_bytes(file))
    except report_files.NotAReport:
        raise Sorry(report_files.NOT_ONE) from None


def _bytes(file):
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(report_files.LARGEST + 1)
    except OSError:
        raise Sorry(NO_FILE, file=file) from None


def _keys(text):
    """The keys of an option: one, or a file with one on each line."""
    path = Path(text)
    try:
        lines = path.read_text().splitlines() if path.is_file() else [text]
        return [notes.read_key(line) for line in lines if line.strip()]
    except (ValueError, OSError):
        raise Sorry(keys.BAD) from None


def _pinned():
    with opened(config.from_environment()):
        return keys.trusted()


def _say(sentence):
    return speaker("th")(sentence if isinstance(sentence, Sentence) else Sentence(sentence))


def _end_with(faults):
    """Say the faults on the error output, a line each, and end with exit code 1 where there are any."""
    for one in filter(None, faults):
        click.echo(one, err=True)
    if faults:
        sys.exit(1)
