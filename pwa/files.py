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
    """`rows` hold texts, days, counts and `Satang`; None for an empty cell. `name` is the file's, without its ending."""

    name: str
    title: str
    headings: list
    rows: list


def of(table, kind):
    """The answer that carries a table as a file: `csv`, else XLSX."""
    return many([table], kind)


def many(tables, kind):
    """The same for several tables, under the name of the first: sheets of one XLSX, or one under the other in a CSV."""
    name = f"{tables[0].name}.{'csv' if kind == 'csv' else 'xlsx'}"
    return plain(name, as_csv(*tables), "text/csv") if kind == "csv" else plain(name, as_xlsx(*tables), XLSX)


def plain(name, data, mimetype):
    """The answer that carries these bytes as a file."""
    return Response(data, mimetype=mimetype, headers={"Content-Disposition": f"attachment; filename={name}"})


def as_csv(*tables):
    """UTF-8 with a byte order mark, for spreadsheets that would guess otherwise. Of several each begins with its title."""
    text = io.StringIO()
    rows = csv.writer(text)
    for number, table in enumerate(tables):
        rows.writerows([[]] if number else [])
        rows.writerows([[harmless(table.title)]] if len(tables) > 1 else [])
        rows.writerow([harmless(one) for one in table.headings])
        rows.writerows([[_plain(cell) for cell in row] for row in table.rows])
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(*tables):
    """A sheet a table, its headings bold and kept in sight; sums are numbers with two decimals, days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        strong = book.add_format({"bold": True, "text_wrap": True})
        money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(_sheet_name(table.title, number if len(tables) > 1 else 0))
            sheet.write_row(0, 0, table.headings, strong)
            for row_number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    _write(sheet, row_number, column, cell, money, day)
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
    return cell if isinstance(cell, int) else harmless(cell or "")


def _sheet_name(title, number):
    """A name that spreadsheets take, its number before it where there are several: no two may be called the same."""
    named = f"{number} {title}" if number else title
    return named[:31].translate(str.maketrans("[]:*?/\\", "       "))


def _write(sheet, row, column, cell, money, day):
    if isinstance(cell, Satang):
        sheet.write_number(row, column, cell / 100, money)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif cell:
        sheet.write_string(row, column, cell)
