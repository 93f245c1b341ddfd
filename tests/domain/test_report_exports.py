"""What other systems get of a report: only what the file tells, in the words that each of them wants."""

import csv
import hashlib
import io
import json
import re

from pwa import files
from pwa.domain.network import differences, exports
from tests import reporting

HIDDEN = {"f": 30, "m": None, "unknown": None}


def test_a_row_a_cell_and_nothing_of_what_is_hidden():
    report = reporting.report(sex=HIDDEN)
    rows = [dict(zip(exports.HEADINGS, row, strict=True)) for row in exports.rows(report)]
    assert len(rows) == len(report.cells)
    [hidden] = [row for row in rows if row["group"] == "m"]
    assert (hidden["state"], hidden["n"]) == ("hidden", "")
    [zero] = [row for row in rows if row["figure"] == "restated"]
    assert (zero["state"], zero["n"]) == ("zero", 0)
    text = files.as_csv(files.Table("x", "x", list(exports.HEADINGS), exports.rows(report))).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))
    assert {row["figure"]: row["n"] for row in read if not row["cut"]} == {
        k: str(n) for k, n in reporting.NUMBERS.items()
    }


def test_dhis2_deletes_what_is_no_number_and_keeps_a_zero():
    report = reporting.report(sex=HIDDEN)
    told = exports.dhis2(report)
    assert (told["dataSet"], told["period"], told["orgUnit"]) == ("OMBUN", "202610", "F1")
    values = {(one["dataElement"], one["categoryOptionCombo"]): one for one in told["dataValues"]}
    assert values["MEMBERS", "default"]["value"] == "42" and values["RESTATED", "default"]["value"] == "0"
    assert values["MEMBERS", "SEX_F"]["value"] == "30" and "deleted" not in values["MEMBERS", "SEX_F"]
    hidden = values["MEMBERS", "SEX_M"]
    assert (hidden["value"], hidden["deleted"], hidden["comment"]) == ("", True, "hidden")
    assert all(re.fullmatch("[A-Z0-9_]+", one["dataElement"]) for one in told["dataValues"])
    known = exports.dhis2_metadata(report)
    assert {one["code"] for one in known["dataElements"]} == {element for element, _ in values}
    assert {one["code"] for one in known["categoryOptionCombos"]} == {combo for _, combo in values} - {"default"}


def test_a_data_package_names_its_table_by_hash():
    report = reporting.report()
    table = files.as_csv(files.Table("x", "x", list(exports.HEADINGS), exports.rows(report)))
    [resource] = json.loads(exports.as_json(exports.package(report, table)))["resources"]
    assert resource["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}" and resource["bytes"] == len(table)
    assert [field["name"] for field in resource["schema"]["fields"]] == list(exports.HEADINGS)


def test_a_difference_says_no_small_number_of_a_group():
    before, after = reporting.report(), reporting.report(changed={"members": 45}, sex={"f": 33, "m": 12, "unknown": 0})
    said = {str(one) for one in differences.words(before, after)}
    assert said == {"Members: 42 → 45 (+3)", "Members, women: a few more or fewer"}
    assert [str(one) for one in differences.words(before, before)] == [differences.SAME]
    hidden = [str(one) for one in differences.words(before, reporting.report(sex=HIDDEN))]
    assert "Members, men: told otherwise (value → hidden)" in hidden
