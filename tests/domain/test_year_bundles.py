"""The one file of a year: nobody is named, each number can be made again from it, and a restored server gives the same bytes."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pytest

import db
from db.models import Admission, YearClose
from pwa import create_app, year_bundles
from pwa.config import from_environment
from pwa.domain.fund import audit_words, audits, year_closes
from pwa.domain.fund import year_bundles as parts
from pwa.domain.operations import backups, folders, restores
from tests import databases, small_fund
from tests.claiming import TODAY, granted
from tests.closing_books import AT, officed, write
from tests.domain.test_year_closes import begin, close_month, sign

SECRET = "ข้าวเหนียว มะม่วง 2569"
pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    """A fund whose first year is closed, with a sample of a month, one of the year, and a finding."""
    made = officed(bare_fund)
    for day in (date(2026, 8, 20), date(2026, 9, 3)):
        write(made, "income", 100, day, code="4040", source="bank", bank="ออมสิน 001")
    for _ in range(2):
        close_month(made)
    sign(made, begin(made))
    sizes = {"receipt": 0, "voucher": 5, "claim": 0}
    for period in audits.periods(made.fund)[:2]:
        about = dict(by=made.people["auditor"], at=AT)
        drawn = audits.draw(made.fund, period.name, "4 1 6 2", sizes, **about)
    audit_words.write(audit_words.of(drawn)[0].item, "finding", "ไม่มีลายเซ็น", seen=0, **about)
    yield made
    folders.release()


def bundle(fund):
    """The bytes as the app of this data folder gives them."""
    address = databases.address(fund.folder)
    app = create_app(from_environment({}, data=fund.folder, database_url=address))
    with app.test_request_context():
        return year_bundles.of(year_closes.state(YearClose.get()))


def read(data):
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_every_number_in_it_is_made_again_from_it(fund):
    found = read(bundle(fund))
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums.keys() == found.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(found[name]).hexdigest() == sha256 for name, sha256 in sums.items())
    year = json.loads(found["year.json"])
    assert hashlib.sha256(found["months.txt"]).hexdigest() == year["set_hash"] == YearClose.get().set_hash
    kept = db.database.execute_sql("SELECT through, report, set_hash FROM month_close ORDER BY through").fetchall()
    assert [line.split()[0] for line in found["months.txt"].decode().splitlines()] == ["2026-08", "2026-09"]
    for through, report, sha256 in kept:
        assert found[f"months/{str(through)[:7]}.json"].decode() == f"{report}\n"
        assert sha256 in found["months.txt"].decode()
    assert year["set_hash"] in found["README.txt"].decode() and "ไม่มีชื่อคน" in found["README.txt"].decode()


def test_samples_and_findings_stand_in_it_and_nobody_is_named(fund):
    found = read(bundle(fund))
    lines = found["samples.csv"].decode().splitlines()
    assert len(lines) == 1 + 2 + 1 and all("4 1 6 2" in line for line in lines[1:])
    assert "ไม่มีลายเซ็น" in found["findings.csv"].decode()
    names = ("-treasurer", "volunteer", "zone-leader", "registrar", "1000-")
    assert not [(name, file) for file, data in found.items() for name in names if name.encode() in data]
    assert json.loads(found["year.json"])["signed"].keys() == {"treasurer", "auditor"}


def test_it_is_the_same_to_the_byte_each_time_and_after_a_restore(fund, tmp_path):
    before = bundle(fund)
    assert bundle(fund) == before
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=AT)
    db.database.close()
    about = {"passphrase": SECRET, **databases.place(tmp_path / "other"), "at": AT + timedelta(hours=5)}
    restores.restore(tmp_path / "fund.backup", **about)
    small_fund.recall(tmp_path / "other")
    fund.folder = tmp_path / "other"
    assert bundle(fund) == before


def test_a_zip_tells_not_when_it_was_made():
    assert parts.packed({"b": b"2", "a": b"1"}) == parts.packed({"a": b"1", "b": b"2"})
    assert zipfile.ZipFile(io.BytesIO(parts.packed({"a": b"1"}))).infolist()[0].date_time == parts.NEVER


def test_decisions_are_told_by_category_and_without_names(app):
    one = granted()
    fund = one.claim.fund
    found = parts.decided(fund, TODAY - timedelta(days=400), TODAY)
    [claim] = [each for each in found if each.kind == "claim"]
    assert (claim.said, claim.category, claim.satang) == ("grant", 2, one.last("grant").amount_satang)
    admitted = [each for each in found if each.kind == "admission"]
    assert len(admitted) == Admission.select().where(Admission.fund == fund).count() > 0
    assert {each.said for each in admitted} <= {"admit", "not_admit"}
    assert parts.decided(fund, TODAY + timedelta(days=1), TODAY + timedelta(days=2)) == []
    assert {each.said for each in found} | {each.kind for each in found} <= year_bundles.WORDS.keys()
