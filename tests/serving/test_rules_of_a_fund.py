"""`ombun rules enforce` from a terminal: two named officers, and one Thai sentence for whatever is odd."""

import json

import pytest

from db.models import Fund, Regulation
from pwa.domain.fund import documents
from pwa.domain.people import accounts
from tests import terminal
from tests.small_fund import NOW


@pytest.fixture
def enforce(settled_fund, tmp_path):
    town = settled_fund.units["town"]
    accounts.grant(accounts.add("committee", name="ประสิทธิ์ แก้วดี", unit=town, at=NOW), "committee", town, at=NOW)
    file = tmp_path / "regulation.json"
    file.write_text(json.dumps(documents.schema()["examples"][0]), "utf-8")
    asked = {"from": "2026-10-01", "resolution": "3/9/2569/2026-09-14"}
    asked |= {"drafted-by": "registrar", "enforced-by": "committee"}
    code = Fund.get(Fund.unit == town).code

    def run(fund=code, **more):
        options = asked | {name.replace("_", "-"): value for name, value in more.items()}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return terminal.ombun(settled_fund.folder, "rules", "enforce", fund, file, *words)

    return run


def test_it_puts_a_regulation_in_force(enforce):
    told = enforce()
    assert (told.code, told.complained) == (0, "")
    [kept] = Regulation.select()
    assert (kept.version, kept.resolution.board, kept.resolution.meeting) == (1, "3", "9/2569")
    assert enforce().code == 0, "the same twice"
    assert Regulation.select().count() == 1


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"from": "2569-10-01"}, "ปี 2569 ดูเหมือน พ.ศ. หมายถึง 2026-10-01 ใช่หรือไม่"),
        ({"resolution": "3/2026-09-14"}, "กรุณาเขียนมติเป็น ชุดที่/ครั้งที่/วันที่"),
        ({"enforced_by": "registrar"}, "ต้องมีสองคน"),
    ],
)
def test_it_says_in_one_sentence_what_is_odd(enforce, odd, sentence):
    told = enforce(**odd)
    assert (told.code, told.said) == (2, "")
    [line] = told.complained.splitlines()
    assert sentence in line
    assert not Regulation.select().exists()


def test_a_funds_code_is_asked_before_a_templates_name(enforce, settled_fund, monkeypatch):
    """By the version that the event's day picks; the template of that name is only asked where no fund has it."""
    asked = ("birth", "--joined", "2010-01-01", "--json")
    Fund.update(code="sadao-2568").execute()
    assert enforce(fund="sadao-2568").code == 0
    told = terminal.ombun(
        settled_fund.folder, "explain", "sadao-2568", "death", "--joined", "2010-01-01", "--event", "2027-01-01"
    )
    assert (told.code, told.said) == (2, "") and "death" in told.complained, "the fund's own document knows no death"
    told = terminal.ombun(settled_fund.folder, "explain", "sadao-2568", *asked, "--event", "2026-10-01")
    assert told.code == 0, told.complained
    example = documents.schema()["examples"][0]
    assert (json.loads(told.said)["regulation"], json.loads(told.said)["version"]) == (example["code"], 1)
    early = terminal.ombun(settled_fund.folder, "explain", "sadao-2568", *asked, "--event", "2026-09-30")
    assert (early.code, early.said) == (2, "") and len(early.complained.splitlines()) == 1
    assert "วันที่ 30 ก.ย. 2569 ยังไม่มีระเบียบฉบับใดใช้อยู่" in early.complained.replace("\u00a0", " ")


def test_a_fund_without_a_regulation_says_so(settled_fund):
    code = Fund.select().first().code
    told = terminal.ombun(
        settled_fund.folder, "explain", code, "birth", "--joined", "2010-01-01", "--event", "2027-01-01"
    )
    assert (told.code, told.said) == (2, "")
    assert f"กองทุน {code} ยังไม่มีระเบียบ" in told.complained
