"""/ledger/reports: each report counted once more, and every figure opens a list that adds up to it, down to the paper."""

import csv
import gzip
import html
import io
import re
import zipfile
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from tests import slow_reports, two_years

TIMES = {
    "f2025": ("2024-10-01", "2025-09-30"),
    "f2026": ("2025-10-01", "2026-09-30"),
    "f2027": ("2026-10-01", "2026-11-28"),
    "c2026": ("2026-01-01", "2026-11-28"),
    "2026-10": ("2026-10-01", "2026-10-31"),
}
READERS = ("treasurer", "committee", "auditor")
LINK = re.compile(r'href="([^"]*)"[^>]*>\s*(?:<span[^>]*>)?\s*(−?[\d,]+(?:\.\d\d)?)')
REPORTS = ("income", "benefits", "part-10", "pots", "meeting", "year", "exceptions")


@pytest.fixture(scope="module")
def template_data(village_of_two_years):
    return village_of_two_years


@pytest.fixture
def fund(app):
    return two_years.fund()


@pytest.fixture
def treasurer(fund, client_as):
    return client_as("treasurer")


def rows_of(client, path):
    """The rows of a report's file; sums as satang, empty lines between tables left out."""
    answer = client.get(path + ("&" if "?" in path else "?") + "file=csv")
    assert answer.status_code == 200
    return [row for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) if row]


def satang(text):
    whole, _, part = text.replace(",", "").replace("−", "-").partition(".")
    return int(whole) * 100 + (-1 if text.startswith(("-", "−")) else 1) * int(part or 0)


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize("time", TIMES)
def test_income_and_expenses_are_what_the_ledger_says(fund, treasurer, time):
    first, to = TIMES[time]
    rows = {row[0]: row[1] for row in rows_of(treasurer, f"/ledger/reports/income?period={time}") if len(row) > 1}
    for name, code in (("เงินสมทบจากสมาชิก", "4010"), ("อปท.", "4040"), ("เงินบริจาค", "4120")):
        assert satang(rows[name]) == -slow_reports.moved(fund, code, first, to), (name, time)
    for name, code in (("ค่าตอบแทน", "6010"), ("ค่าเอกสารและพิมพ์", "6030"), ("กิจกรรมและประชุม", "6040")):
        assert satang(rows[name]) == slow_reports.moved(fund, code, first, to), (name, time)
    together = [
        satang(row[1]) for row in rows_of(treasurer, f"/ledger/reports/income?period={time}") if "รวม" in row[0]
    ]
    assert together == [-slow_reports.moved(fund, "4", first, to), slow_reports.moved(fund, "6", first, to)]


@pytest.mark.parametrize("time", TIMES)
def test_benefits_are_what_the_ledger_says_and_count_people_once(fund, treasurer, time):
    first, to = TIMES[time]
    rows = rows_of(treasurer, f"/ledger/reports/benefits?period={time}")
    found = {row[0]: (int(row[1]), satang(row[2])) for row in rows[1:] if len(row) > 2 and row[1].isdecimal()}
    assert len(found) == 16, "fifteen categories and all of them together"
    for number, (name, (_, money)) in enumerate(list(found.items())[:15], start=1):
        assert name.startswith(f"{number}. ") and money == slow_reports.moved(fund, f"50{number:02d}", first, to)
    paid = time in ("f2027", "c2026")
    assert found["2. เจ็บป่วยหรือรักษาพยาบาล"] == ((1, 60000) if paid else (0, 0))
    assert found["1. เด็กแรกเกิดหรือคลอดบุตร"] == (0, 0), "the money for the birth came back"
    assert found["รวม"] == ((1, 60000) if paid else (0, 0))


def test_what_is_undone_or_came_back_is_in_the_list_of_who_got_it(treasurer):
    rows = rows_of(treasurer, "/ledger/reports/benefits/1?period=f2027")
    assert [row[2] for row in rows[1:]] == ["0.00", "0.00"] and rows[-1][1].startswith("0")
    rows = rows_of(treasurer, "/ledger/reports/benefits/2?period=f2027")
    assert rows[1][1].startswith("ใบสำคัญ") and (rows[1][2], rows[-1][1], rows[-1][2]) == ("600.00", "1 คน", "600.00")
    assert treasurer.get("/ledger/reports/benefits/16").status_code == 404


def figures(page):
    """[(address, satang)] of the figures of books that a page links."""
    found = [(html.unescape(at), satang(said)) for at, said in LINK.findall(page)]
    return [(at, said) for at, said in found if at.startswith("/ledger/reports/figures")]


def opened(client, at, expected, seen):
    """Open a figure: its head and the sum of each of its lists are the figure; then the same of each part, down to the lines."""
    if at in seen:
        return
    seen.add(at)
    lists, current = {}, None
    for row in csv.reader(io.StringIO(client.get(at + "&file=csv").data.decode("utf-8-sig"))):
        if len(row) == 1:
            current = row[0]
        elif row and re.fullmatch(r"-?\d+\.\d\d", row[-1]):
            lists.setdefault(current, []).append(satang(row[-1]))
    assert lists, at
    for name, sums in lists.items():
        *parts, total = sums
        assert sum(parts) == total and abs(total) == abs(expected), (at, name)  # what is owed is told as less
    page = client.get(at)
    assert page.status_code == 200
    for part, said in figures(page.text.split("<main")[1]):
        opened(client, part, said, seen)
    for paper in re.findall(r'href="(/(?:receipts|vouchers)/[^"]*)"', page.text):
        assert client.get(html.unescape(paper)).status_code == 200, paper


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("time", ["f2025", "c2026", "2026-10"])
def test_every_figure_opens_a_list_that_adds_up_to_it(treasurer, report, time):
    seen, page = set(), treasurer.get(f"/ledger/reports/{report}?period={time}").text
    for at, said in figures(page):
        opened(treasurer, at, said, seen)
    has_none = report == "exceptions"  # its rows are papers themselves
    assert seen or has_none or (report, time) in {("benefits", "f2025"), ("benefits", "2026-10")}


def test_figures_since_the_beginning_go_by_years_then_months_then_lines(treasurer):
    seen = set()
    opened(treasurer, "/ledger/reports/figures?of=4040&to=2026-11-28", 1800000, seen)
    times = [parse_qs(urlsplit(at).query).get("from", [""])[0] for at in seen]
    assert {"", "2025-03-05", "2025-10-01", "2025-11-01"} == {*times} and len(times) == 5


def test_a_late_line_says_its_true_day(treasurer):
    shown = text_of(treasurer.get("/ledger/reports/figures?of=6010&from=2026-10-01&to=2026-10-31"))
    assert "250" in shown and "(ของวันที่ 15 ก.ย. 2569)" in shown


def test_a_closed_year_says_so_with_its_hashes_and_an_open_one_is_a_draft(fund, treasurer):
    closed = text_of(treasurer.get("/ledger/reports/income?period=f2026"))
    assert "ปิดบัญชีช่วงนี้แล้ว" in closed and len(re.findall(r"\b[0-9a-f]{64}\b", closed)) == 12
    draft = text_of(treasurer.get("/ledger/reports/income?period=2026-10"))
    assert "ยังไม่ปิดบัญชี" in draft and not re.search(r"\b[0-9a-f]{64}\b", draft)
    assert "ยังไม่ปิดบัญชี" in text_of(treasurer.get("/ledger/reports/income?period=c2026"))
    assert "ปิดบัญชีช่วงนี้แล้ว" in text_of(treasurer.get("/ledger/reports/income?period=f2025"))


@pytest.mark.parametrize("report", REPORTS)
def test_each_is_on_paper_and_a_spreadsheet_without_formulas(treasurer, report):
    paper = treasurer.get(f"/ledger/reports/{report}?period=c2026&file=print")
    assert "พิมพ์หน้านี้" in text_of(paper)
    with zipfile.ZipFile(io.BytesIO(treasurer.get(f"/ledger/reports/{report}?period=c2026&file=xlsx").data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert sheets and all("<f>" not in sheet for sheet in sheets)


@pytest.mark.parametrize("time", TIMES)
def test_part_ten_is_what_the_ledger_says_on_both_sides(fund, treasurer, time):
    to = TIMES[time][1]
    found = {}
    for row in rows_of(treasurer, f"/ledger/reports/part-10?period={time}"):
        found.setdefault(row[0], []).extend(map(satang, row[1:2]) if re.fullmatch(r"-?\d+\.\d\d", row[-1]) else [])
    left1, left2, right1, right2 = found["รวม (บาท)"]
    assert left1 + left2 == right1 + right2 > 0

    def all_of(prefix):
        return slow_reports.moved(fund, prefix, "0001-01-01", to, without=())

    assert found["เงินสมทบจากสมาชิก"] == [-all_of("4010")] and found["อปท."] == [-all_of("4040")]
    assert found["เงินสดในมือ"] == [all_of("1000")] and found["ในธนาคาร"] == [all_of("1100") + all_of("1150")]
    assert found["จ่ายสวัสดิการให้สมาชิก"] == [all_of("50")]
    assert right1 == all_of("1") + all_of("50") and right2 == all_of("6")


@pytest.mark.parametrize("time", TIMES)
def test_pots_are_what_the_ledger_says_and_lie_where_the_money_is(fund, treasurer, time):
    first, to = TIMES[time]
    names = {"กองบริหาร": "admin", "กองสวัสดิการ": "benefit", "กองสำรอง": "reserve"}
    rows = rows_of(treasurer, f"/ledger/reports/pots?period={time}")
    for row in rows[1:8]:
        if row[0] in names and len(row) == 7:
            before, came, given, benefits, spent, after = map(satang, row[1:])
            assert before + came + given - benefits - spent == after
            assert after == -slow_reports.moved(fund, "", "0001-01-01", to, pots=(names[row[0]],))
            assert came == -slow_reports.moved(fund, "4", first, to, pots=(names[row[0]],))
            assert given == -slow_reports.moved(fund, "7", first, to, pots=(names[row[0]],))
    sums = [row for row in rows if row[0] == "รวม (บาท)"]
    assert sums[0][-1] == sums[1][-1], "what all pots hold is what is there less what is owed"


@pytest.mark.parametrize("path", ["", "/income", "/benefits", "/benefits/2", "/part-10", "/pots", "/figures?of=4010"])
def test_only_who_reads_the_books_reads_reports(app, client_as, path):
    for handle in READERS:
        assert client_as(handle).get(f"/ledger/reports{path}").status_code == 200
    for handle in ("volunteer", "zone-leader", "registrar", "admin", "network", "member"):
        assert client_as(handle).get(f"/ledger/reports{path}").status_code == 404, handle


@pytest.mark.parametrize("asked", ["x", "2026-13", "f99999", "c0", "f2099", "9999-12", "2569-11", ""])
def test_a_time_that_is_none_is_this_month(treasurer, asked):
    assert "พฤศจิกายน 2569" in text_of(treasurer.get(f"/ledger/reports/income?period={asked}"))


@pytest.mark.parametrize("of", ["", "x", "1000-nobody", "9999", "40"])
def test_a_figure_that_is_none_is_not_found(treasurer, of):
    assert treasurer.get(f"/ledger/reports/figures?of={of}").status_code == 404


def test_the_lists_of_people_are_as_long_as_their_figures(treasurer):
    page = treasurer.get("/ledger/reports/meeting?period=2026-11").text
    lists = re.findall(r'href="(/ledger/reports/(?:members|behind)[^"]*)"[^>]*>\s*([\d,]+)\s*<', page)
    assert len(lists) >= 2
    for at, said in lists[:6]:
        rows = rows_of(treasurer, html.unescape(at))
        many = len(rows) - 2  # without headings and the sum
        owed = sum(satang(row[-1]) for row in rows[1:-1]) // 100 if "/behind" in at else many
        assert abs(int(said.replace(",", ""))) in (many, owed), at
    behind = rows_of(treasurer, "/ledger/reports/behind?period=2026-11")
    assert sum(satang(row[-1]) for row in behind[1:-1]) == satang(behind[-1][-1])


def test_books_of_receipts_name_what_is_missing(treasurer):
    rows = rows_of(treasurer, "/ledger/reports/receipt-books?period=2026-11")
    assert rows[1][:1] + rows[1][2:] == [two_years.BOOK, "1–7", "5", "2", "1", "2", "280.00"]
    shown = text_of(treasurer.get(f"/ledger/reports/receipt-books/{two_years.BOOK}"))
    assert "5–6" in shown and "ขาด ยังไม่ส่งเข้ามา" in shown
    assert treasurer.get("/ledger/reports/receipt-books/x").status_code == 404


def test_the_year_is_drawn_small_without_scripts_and_with_words(treasurer):
    main = treasurer.get("/ledger/reports/year?period=c2026").text.split("<main", 1)[1].split("</main>")[0]
    drawn = re.findall(r'<svg class="chart__picture".*?</svg>', main, re.S)
    assert len(drawn) == 4 and "<script" not in main
    for one in drawn:
        picture = ElementTree.fromstring(one)
        assert picture.find("title").text and picture.find("desc").text
        assert len(gzip.compress(one.encode())) <= 4096
