"""`ombun report export`: what a report tells, as other systems read it."""

from pathlib import Path

import click

from pwa import files
from pwa.cli_report_files import read
from pwa.domain.network import exports
from pwa.terminal import InThai


@click.command(cls=InThai)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(["csv", "xlsx", "dhis2", "datapackage"]), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into; this one where none is given.")
def export(file, kind, out):
    """Write what the report in FILE tells as CSV, XLSX, DHIS2 data values or a data package."""
    found, out = read(file), out or Path()
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
