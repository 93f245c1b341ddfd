"""`ombun explain` and `ombun rules check` from a terminal: every argument, and one Thai sentence for whatever is odd."""

import json
import re

import pytest
from click.testing import CliRunner

from pwa import cli_check, cli_explain
from tests import terminal
from tests.rules_at_hand import CLAUSE, document, rule

MEMBER = ("--joined", "2020-01-01")


def run(*words, command=cli_explain.explain):
    done = CliRunner().invoke(command, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def explain(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def failed(told):
    return [one["code"] for one in told["conditions"] if one["passed"] is False]


def sadao(*words):
    return explain("sadao-2568", "death", *MEMBER, *words)


def test_it_opens_and_makes_no_data_folder_for_a_template_or_a_file(tmp_path):
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(document()), "utf-8")
    for source, benefit in (("sadao-2568", "death"), (file, "gift")):
        told = terminal.ombun(tmp_path / "none", "explain", source, benefit, *MEMBER, "--event", "2025-01-01", "--json")
        assert (told.code, told.complained) == (0, "")
        assert json.loads(told.said)["outcome"] == "entitled"
    assert terminal.ombun(tmp_path / "none", "rules", "check", file).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rules.json"]


def test_odd_words_are_one_thai_line_also_from_outside(tmp_path):
    told = terminal.ombun(tmp_path / "none", "explain", "sadao-2568", "cow", *MEMBER, "--event", "2025-01-01")
    assert (told.code, told.said, len(told.complained.splitlines())) == (2, "", 1)
    assert "ระเบียบไม่มีสวัสดิการ “cow”" in told.complained


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--event", "2568-01-01"), "ดูเหมือน พ.ศ. หมายถึง 2025-01-01"),
        (("--event", "2025-02-31"), "ไม่ใช่วันที่"),
        (("--event", "2025-02-29"), "ไม่ใช่วันที่"),
        (("--event", "1/2/2025"), "ไม่ใช่วันที่"),
        (("--event", "๒๕๖๘-๐๑-๐๑"), "ดูเหมือน พ.ศ. หมายถึง 2025-01-01"),
        (("--joined", "2562-01-01"), "ดูเหมือน พ.ศ. หมายถึง 2019-01-01"),
        (("--tenure-from", "2019-02-31"), "ไม่ใช่วันที่"),
        (("--paid-through", "2568-01-01"), "ดูเหมือน พ.ศ."),
        (("--admit", "2568-01-01"), "ดูเหมือน พ.ศ."),
        (("--event", "2019-12-31"), "อยู่ก่อนวันเข้าเป็นสมาชิก"),
        ((), "ต้องบอกวันเกิดเหตุ"),
        (("--quantity", "1e9"), "ไม่ใช่จำนวนเต็ม"),
        (("--quantity", "-1"), "ไม่ใช่จำนวนเต็ม"),
        (("--quantity", "0.5"), "ไม่ใช่จำนวนเต็ม"),
        (("--times-before", "หนึ่ง"), "ไม่ใช่จำนวนเต็ม"),
        (("--used-units", "99999999"), "ไม่ใช่จำนวนเต็ม"),
        (("--pot", "0.005"), "ไม่ใช่จำนวนเงิน"),
        (("--pot", "-1"), "ไม่ใช่จำนวนเงิน"),
        (("--used-baht", "1e9"), "ไม่ใช่จำนวนเงิน"),
        (("--household-used-baht", "NaN"), "ไม่ใช่จำนวนเงิน"),
        (("--used", "2025-01-01"), "ต้องเขียนแบบ DAY:BAHT"),
        (("--used", "2025-01-01:5:x:death"), "ไม่ใช่จำนวนเต็ม"),
        (("--used", "2025-01-01:5:cow"), "ซึ่งระเบียบไม่มี"),
        (("--used", "2568-01-01:5"), "ดูเหมือน พ.ศ."),
        (("--admit", "2025-01-05", "--discharge", "2025-01-02"), "อยู่ก่อนวันเข้า"),
        (("--born", "2026"), "อยู่หลังวันเกิดเหตุ"),
        (("--born", "2025-01-02"), "อยู่หลังวันเกิดเหตุ"),
        (("--born", "2500"), "ดูเหมือน พ.ศ. หมายถึง 1957"),
        (("--born", "2500-02-03"), "ดูเหมือน พ.ศ. หมายถึง 1957-02-03"),
        (("--born", "68"), "ไม่ใช่ปีเกิด"),
        (("--born", "1950-13"), "ไม่ใช่วันที่"),
        (("--sex", "x"), "ไม่ใช่เพศ"),
        (("--standing", "odd"), "ไม่ใช่สถานะ"),
        (("--filed", "2024-12-31"), "ก่อนวันเกิดเหตุ"),
        (("--filed", "2025-02-01", "--today", "2025-01-31"), "ยังมาไม่ถึง"),
        (("--paid", "2025-01-01:2025-02-01"), "ต้องเขียนแบบ PAID_ON:FROM:TO"),
        (("--paid", "2025-01-01:2025-02-01:2025-01-01"), "วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
        (("--paid-through", "2025-01-01", "--paid", "2025-01-01:2025-01-01:2025-02-01"), "อย่างใดอย่างหนึ่ง"),
        (("--period", "2021-01-01:2020-01-01"), "วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
        (("--period", "2020-01-01:2022-01-01", "--period", "2021-01-01:"), "ซ้อนกัน"),
        (("--fact", "gpa"), "NAME=VALUE"),
        (("--fact", "gpa=3.50"), "ไม่มีข้อเท็จจริง “gpa”"),
        (("--gpa", "3"), "ไม่มีตัวเลือก --gpa"),
        (("--event",), "ดู --help"),
        (("extra",), "ดู --help"),
    ],
)
def test_what_is_odd_is_one_thai_sentence(words, said):
    event = () if "--event" in words or not words else ("--event", "2025-01-01")
    told = run("sadao-2568", "death", *MEMBER, *event, *words)
    assert told.exit_code == 2
    [line] = told.output.splitlines()
    assert said in line, line


def test_sources_that_are_not_there(tmp_path):
    assert "ไม่มีกองทุน แม่แบบ หรือไฟล์" in run("nothing", "death", "--event", "2025-01-01").output
    assert run(tmp_path / "none.json", "death", "--event", "2025-01-01").exit_code == 2
    (tmp_path / "odd.json").write_bytes(b"\xff")
    assert "อ่านเอกสารเป็น JSON ไม่ได้" in run(tmp_path / "odd.json", "death", "--event", "2025-01-01").output
    assert "ต้องบอกว่าสวัสดิการใด" in run("sadao-2568").output
    assert "ยังไม่ได้บอก SOURCE" in run().output


def test_thai_digits_are_digits():
    assert sadao("--event", "๒๐๒๑-๐๑-๐๑")["amount_satang"] == 300_000
    nights = explain(
        "chamuang-2556", "illness", *MEMBER, "--event", "2025-01-05", "--quantity", "๓", "--used-baht", "๙๐๐"
    )
    assert nights["amount_satang"] == 10_000


def test_defaults_say_that_they_are_assumed():
    told = sadao("--event", "2025-01-01")
    sources = {one["code"]: one["source"] for one in told["conditions"]}
    assert "ถือว่าส่งเงินสมทบครบ" in sources["lapse"]
    assert "ถือว่าสถานะปกติ" in sources["standing"]
    stay = explain("chamuang-2556", "illness", *MEMBER, "--event", "2025-01-05", "--quantity", 1)
    assert "ถือว่ายังไม่เคยใช้สิทธิ" in next(one["source"] for one in stay["conditions"] if one["code"] == "cap_period")


def test_coverage_as_told():
    assert failed(sadao("--event", "2025-04-01", "--paid-through", "2024-12-31")) == ["lapse"]
    assert failed(sadao("--event", "2025-03-31", "--paid-through", "2024-12-31")) == []
    late = ("--paid", "2020-01-01:2020-01-01:2024-12-31", "--paid", "2025-04-02:2025-01-01:2025-12-31")
    assert failed(sadao("--event", "2025-04-01", *late)) == ["lapse"], "paid a day after the event"
    assert failed(sadao("--event", "2025-04-02", *late)) == []
    gap = ("--paid", "2020-01-01:2021-01-01:2026-12-31")
    assert failed(sadao("--event", "2025-04-02", *gap)) == ["lapse"], "the year before is not paid"


def test_memberships_as_told():
    twice = ("--period", "2010-01-01:2014-12-31", "--period", "2024-01-01:")
    gap = explain("sadao-2568", "death", *twice, "--event", "2020-01-01")
    assert failed(gap)[0] == "member"
    assert explain("sadao-2568", "death", *twice, "--event", "2025-01-01")["amount_satang"] == 300_000
    tenure = ("--tenure-from", "2019-01-01")
    assert explain("sadao-2568", "death", *twice, *tenure, "--event", "2024-06-01")["amount_satang"] == 1_000_000
    outside = explain("sadao-2568", "death", "--non-member", "--event", "2025-01-01")
    assert (outside["outcome"], failed(outside)[0]) == ("not_entitled", "member")
    unknown = explain("sadao-2568", "death", "--event", "2025-01-01")
    assert (unknown["outcome"], unknown["missing"]) == ("undecided", ["joined"])


def test_a_stay_is_governed_by_its_discharge(tmp_path):
    first = document({"code": "ill", "event": "stay", "amounts": [night(100)]}, in_force_from="2020-01-01")
    second = document({"code": "ill", "event": "stay", "amounts": [night(200)]}, version=2, in_force_from="2025-10-01")
    file = tmp_path / "two.json"
    file.write_text(json.dumps([first, second]), "utf-8")
    days = ("--admit", "2025-09-29", "--discharge", "2025-10-02")
    for event in ((), ("--event", "2025-10-02"), ("--event", "2025-09-29")):
        told = explain(file, "ill", *MEMBER, *days, *event)
        assert (told["version"], told["units"], told["amount_satang"]) == (2, 3, 600)
    assert explain(file, "ill", *MEMBER, "--event", "2025-09-30", "--admit", "2025-09-29")["amount_satang"] == 100
    assert "เป็น 3 คืน ไม่ใช่ 4 คืน" in run(file, "ill", *MEMBER, *days, "--quantity", 4).output
    assert "ยังไม่มีระเบียบฉบับใดใช้อยู่" in run(file, "ill", "--joined", "2019-01-01", "--event", "2019-12-31").output


def test_an_event_that_is_still_to_come_is_answered_by_what_is_known_today():
    """Nobody can claim it yet, but "and if it were tomorrow?" is what people ask."""
    told = sadao("--event", "2025-01-02", "--today", "2025-01-01")
    assert (told["outcome"], told["amount_satang"]) == ("entitled", sadao("--event", "2025-01-02")["amount_satang"])


def test_a_benefit_that_a_later_version_drops_is_given_for_events_before_it(tmp_path):
    file = tmp_path / "two.json"
    both = [document({"code": "gift"}, {"code": "rest"}, in_force_from="2020-01-01")]
    both.append(document({"code": "rest"}, version=2, in_force_from="2025-10-01"))
    file.write_text(json.dumps(both), "utf-8")
    before = explain(file, "gift", *MEMBER, "--event", "2025-09-30")
    assert (before["version"], before["outcome"]) == (1, "entitled")
    after = run(file, "gift", *MEMBER, "--event", "2025-10-01")
    assert after.exit_code == 2 and "gift" in after.output and len(after.output.splitlines()) == 1


def test_two_deliveries_in_a_year_share_its_cap_and_the_next_year_begins_anew(tmp_path):
    """Twins are one delivery of two; the second delivery of the year gets what is left of it, and no more."""
    each = {"code": "gift", "per": "child", "event": "birth", "period": "calendar"}
    each["caps"] = [{"scope": "period", "satang": 250, "clause": CLAUSE}]
    file = tmp_path / "births.json"
    file.write_text(json.dumps(document(each)), "utf-8")
    first = explain(file, "gift", *MEMBER, "--event", "2025-03-01", "--quantity", 2)
    assert first["amount_satang"] == 200
    second = ("--used", "2025-03-01:2:2", "--quantity", 1)
    assert explain(file, "gift", *MEMBER, "--event", "2025-12-31", *second)["amount_satang"] == 50
    full = explain(file, "gift", *MEMBER, "--event", "2025-12-31", "--used", "2025-03-01:2.50", "--quantity", 1)
    assert (full["outcome"], full["amount_satang"], failed(full)) == ("not_entitled", 0, ["cap_period"])
    assert explain(file, "gift", *MEMBER, "--event", "2026-01-01", *second)["amount_satang"] == 100


def night(satang):
    return {"code": "n", "type": "per_unit", "unit": "night", "satang": satang}


def test_facts_are_listed_and_told():
    assert "gpa: เกรดเฉลี่ย" in run("chamuang-2556", "--facts").output
    assert set(json.loads(run("chamuang-2556", "--facts", "--json").output)) == {"gpa", "level"}
    told = explain(
        "chamuang-2556", "scholarship", *MEMBER, "--event", "2025-05-01", "--fact", "gpa=๓.๕", "--fact", "level=p6"
    )
    assert (told["outcome"], told["amount_satang"]) == ("entitled", 50_000)
    lacking = sadao("--event", "2025-01-01", "--fact", "evidence=no")
    assert failed(lacking) == ["evidence"]
    assert run("chamuang-2556", "scholarship", *MEMBER, "--event", "2025-05-01", "--fact", "gpa=3.555").exit_code == 2


def test_without_json_it_is_a_tree_to_read():
    told = run("sadao-2568", "death", *MEMBER, "--event", "2020-06-28").output
    assert re.search("✗ เป็นสมาชิกครบ 180 วัน — ได้ตั้งแต่ 29.มิ.ย..2563", told)
    assert "ระเบียบไม่ได้กล่าวถึง" in told
    assert "กรรมการเป็นผู้อนุมัติ" in told
    assert "มีสิทธิ: 1,500 บาท" in run("sadao-2568", "death", *MEMBER, "--event", "2020-06-29").output


def test_a_document_is_checked(tmp_path):
    file = tmp_path / "rules.json"
    tiers = [{"n": 6, "unit": "month", "satang": 1}, {"n": 180, "unit": "day", "satang": 2}]
    file.write_text(
        json.dumps(document({"clause": "-", "amounts": [{"code": "a", "type": "tiers", "rows": tiers}]})), "utf-8"
    )
    told = run(file, command=cli_check.check)
    assert (told.exit_code, len(told.output.splitlines())) == (2, 2)
    file.write_text(json.dumps(document({"waiting": rule(6, "month")})), "utf-8")
    assert run(file, command=cli_check.check).exit_code == 0
    assert run(tmp_path / "none.json", command=cli_check.check).exit_code == 2
