"""Tables as files to keep: CSV that every spreadsheet opens in Thai, XLSX with sums as numbers. What a person typed is never a formula."""

import csv
import io
from datetime import date
from typing import NamedTuple

import xlsxwriter
from flask import Response

from pwa.domain.fund.sentences import Satang

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
KINDS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Table(NamedTuple):
    """`rows` hold texts, days and `Satang`; None for an empty cell. `name` is the file's, without its ending."""

    name: str
    title: str
    headings: list
    rows: list


def of(table, kind):
    """The answer that carries a table as a file: `csv`, else XLSX."""
    data, mimetype = (as_csv(table), "text/csv") if kind == "csv" else (as_xlsx(table), XLSX)
    about = {"Content-Disposition": f"attachment; filename={table.name}.{'csv' if kind == 'csv' else 'xlsx'}"}
    return Response(data, mimetype=mimetype, headers=about)


def as_csv(table):
    """UTF-8 with a byte order mark, for spreadsheets that would guess otherwise."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([harmless(one) for one in table.headings])
    rows.writerows([[_plain(cell) for cell in row] for row in table.rows])
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(table):
    """One sheet, its headings bold and kept in sight; sums are numbers with two decimals, days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(table.title[:31].translate(str.maketrans("[]:*?/\\", "       ")))
        strong = book.add_format({"bold": True, "text_wrap": True})
        money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, table.headings, strong)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, money, day)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def harmless(text):
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def _plain(cell):
    if isinstance(cell, Satang):
        whole, part = divmod(abs(cell), 100)
        return f"{'-' if cell < 0 else ''}{whole}.{part:02d}"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell or "")


def _write(sheet, row, column, cell, money, day):
    if isinstance(cell, Satang):
        sheet.write_number(row, column, cell / 100, money)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif cell:
        sheet.write_string(row, column, cell)
