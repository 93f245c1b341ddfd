"""A document is read strictly or not at all; what contradicts itself is not published; the event's day picks the version."""

import json

import pytest

from pwa import spoken
from pwa.domain.fund import building, document_parts, documents, nodes, publishing, regulation, silences, terms
from tests.rules_at_hand import CLAUSE, benefit, day, document, rule, version

THAI = spoken.speaker()


def faults_of(raw):
    with pytest.raises(documents.Faulty) as refused:
        regulation.load(raw if isinstance(raw, bytes | str) else json.dumps(raw))
    return [THAI(fault) for fault in refused.value.faults]


def broken(change):
    told = document({"caps": [{"scope": "event", "satang": 100, "clause": CLAUSE}], "waiting": rule(6, "month")})
    change(told)
    return faults_of(told)


def at_amount(told, **more):
    told["benefits"][0]["clauses"][0]["amounts"][0] |= more


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda it: at_amount(it, satang=100.0),
            "สวัสดิการ gift › ข้อที่ให้ 1 › ให้ gift › จำนวนเงิน (สตางค์): ตัวเลขต้องเป็นจำนวนเต็ม",
        ),
        (lambda it: at_amount(it, satang=float("nan")), "ตัวเลขต้องเป็นจำนวนเต็ม"),
        (lambda it: at_amount(it, satang=-1), "ตัวเลขน้อยเกินไป"),
        (lambda it: at_amount(it, satang=10**20), "ตัวเลขมากเกินไป"),
        (lambda it: at_amount(it, satang=True), "คำตอบตรงนี้ผิดชนิด"),
        (lambda it: at_amount(it, bonus=1), "ให้ gift: ไม่รู้จักช่อง “bonus”"),
        (lambda it: at_amount(it, type="tombola"), "“tombola” ไม่ใช่คำตอบที่ใช้ได้ตรงนี้"),
        (lambda it: at_amount(it, type="per_unit"), "ต้องมีช่อง “unit”"),
        (lambda it: at_amount(it, counts_toward="nothing"), "ไม่มี “nothing” ในเอกสารนี้"),
        (lambda it: at_amount(it, type="percent", of="cost", share=5000, max_satang=1), "“cost” ไม่ใช่ข้อเท็จจริงที่เป็นเงิน"),
        (lambda it: it.pop("name"), "ไม่มีช่อง “name”"),
        (lambda it: it.update(in_force_from="2568-01-01"), "ดูเหมือนปี พ.ศ. ให้เขียนเป็น ค.ศ. คือ 2025-01-01"),
        (lambda it: it.update(in_force_from="2025-02-31"), "มีผลตั้งแต่: ไม่มีวันที่ 2025-02-31"),
        (lambda it: it["benefits"].append(benefit()), "มี “gift” ซ้ำสองครั้ง"),
        (lambda it: it["benefits"][0].update(pot="welfare"), "ไม่มี “welfare” ในเอกสารนี้"),
        (lambda it: it["benefits"][0].update(conditions=[{"see": "poor"}]), "ไม่มีเงื่อนไขที่ชื่อ “poor”"),
        (lambda it: it["benefits"][0].update(conditions=[fact("gpa", 3)]), "ไม่ได้บอกว่าข้อเท็จจริง “gpa” คืออะไร"),
        (lambda it: it["benefits"][0].update(conditions=[fact("age", "60")]), "ไม่ใช่ค่าของข้อเท็จจริง “age”"),
        (lambda it: it["benefits"][0].update(conditions=[fact("sex", "f", "at_least")]), "เทียบมากกว่าหรือน้อยกว่าไม่ได้"),
        (lambda it: it["benefits"][0].update(conditions=[{"fact": "age"}]), "ไม่มีช่อง “is”"),
        (lambda it: it["benefits"][0].update(period="rolling", across_periods="by_night"), "แยกคืนตามปีได้เฉพาะ"),
        (lambda it: it["benefits"][0].update(name="\x00"), "มีตัวอักษรที่เก็บไม่ได้"),
        (lambda it: it["benefits"][0]["waiting"].update(n=1e9), "ตัวเลขต้องเป็นจำนวนเต็ม"),
        (lambda it: it["benefits"][0].update(waiting="soon"), "“soon” เขียนไม่ตรงกับแบบ"),
        (lambda it: it.update(shared={"a": {"see": "b"}, "b": {"see": "a"}}), "วนกลับมาที่เดิม (a → b → a)"),
    ],
)
def test_it_refuses_with_the_place(change, said):
    assert any(said in one for one in broken(change)), broken(change)


def fact(name, value, op="is"):
    return {"fact": name, "is": op, "value": value, "clause": CLAUSE}


def test_it_refuses_what_is_too_large_no_json_or_says_something_twice():
    assert "เอกสารใหญ่เกิน" in faults_of(b" " * 3_000_000)[0]
    assert "อ่านเอกสารเป็น JSON ไม่ได้ (บรรทัดที่ 2)" in faults_of(b"{\n,}")[0]
    assert "อ่านเอกสารเป็น JSON ไม่ได้" in faults_of(b"\xff\xfe")[0]
    assert "อ่านเอกสารเป็น JSON ไม่ได้" in faults_of("[" * 100_000)[0]
    assert "มี “name” ซ้ำสองครั้ง" in faults_of(json.dumps(document()).replace('"name"', '"name": "ก", "name"', 1))[0]
    assert "ไม่มีระเบียบแม้แต่ฉบับเดียว" in faults_of("[]")[0]
    assert faults_of("3")
    assert faults_of('{"form": NaN}')


def test_what_counts_toward_another_benefit_never_leads_back():
    def toward(code, other):
        return {"code": code, "amounts": [{"code": code, "type": "fixed", "satang": 1, "counts_toward": other}]}

    assert "วนกลับมาที่เดิม (a → b → c → a)" in faults_of(document(toward("a", "b"), toward("b", "c"), toward("c", "a")))[0]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (document({"clause": "-"}), "ต้องบอกว่าอยู่ข้อไหนของระเบียบ"),
        (
            document(
                pots=[{"code": "a", "name": "ก"}],
                splits=[{"income": "member", "pots": [{"pot": "a", "share": 9_999}], "remainder_pot": "a"}],
            ),
            "ส่วนแบ่งรวมกันได้ 9999",
        ),
        (document({"once": "level"}), "ต้องมีข้อเท็จจริง “level”"),
        (
            document(settings={"urgent": {"benefits": ["death"], "max_satang": 1, "clause": CLAUSE}}),
            "ไม่มีสวัสดิการ “death”",
        ),
    ],
)
def test_it_is_not_published(told, said):
    [fault] = regulation.check(regulation.load(json.dumps(told)))
    assert said in THAI(fault)


@pytest.mark.parametrize(
    ("rows", "fine"),
    [
        ([(180, "day"), (1, "year")], True),
        ([(180, "day"), (6, "month")], True),
        ([(6, "month"), (180, "day")], False),
        ([(365, "day"), (1, "year")], True),
        ([(366, "day"), (1, "year")], False),
        ([(1, "year"), (366, "day")], True),
        ([(1, "year"), (1, "year")], False),
        ([(2, "year"), (1, "year")], False),
        ([(12, "month"), (1, "year")], True),
    ],
)
def test_a_later_row_is_never_complete_earlier(rows, fine):
    tiers = [{"n": n, "unit": unit, "satang": 100} for n, unit in rows]
    made = version({"amounts": [{"code": "a", "type": "tiers", "rows": tiers}]})
    assert (not list(publishing.faults(made))) is fine


def clauses(*whens, **more):
    amounts = [{"code": "a", "type": "fixed", "satang": 100}]
    told = [{"clause": f"ข้อ 1 ({at})", "when": when, "amounts": amounts} for at, when in enumerate(whens, 1)]
    facts = {"gpa": {"title": "เกรด", "type": "number", "decimals": 2}, "card": {"title": "บัตร", "type": "yes_no"}}
    return [THAI(one) for one in publishing.faults(version({"clauses": told, **more}, facts=facts))]


def test_two_clauses_that_give_for_one_case_need_an_order():
    high, low = [fact("gpa", "3.50", "at_least")], [fact("gpa", "3.50", "at_most")]
    [said] = clauses(high, low)
    assert "“ข้อ 1 (1)” และ “ข้อ 1 (2)” ให้พร้อมกันเมื่อ เกรด: 3.50" in said
    assert clauses(high, [fact("gpa", "3.49", "at_most")]) == []
    assert clauses(high, low, order="first") == []
    assert clauses(high, [fact("card", True)]), "told apart by nothing"
    assert clauses([fact("age", 60, "at_least")], [fact("age", 60, "at_most")])
    assert clauses([fact("age", 60, "at_least")], [fact("age", 59, "at_most")]) == []
    year, days = {"n": 1, "unit": "year"}, {"n": 366, "unit": "day"}
    assert clauses([fact("tenure", year, "at_least")], [fact("tenure", year, "at_most")]) == []
    assert clauses([fact("tenure", year, "at_least")], [fact("tenure", days, "at_most")]), (
        "day 365 of a year without 29 February"
    )
    either = [{"any": [fact("card", True), fact("age", 60, "at_least")], "name": "poor", "clause": CLAUSE}]
    assert clauses(either, [fact("card", False), fact("age", 59, "at_most")]) == []
    assert clauses(either, [fact("card", False)])


def test_a_clause_that_nobody_can_meet_or_reach_is_refused():
    assert "ไม่มีใครเข้าเงื่อนไข" in clauses([fact("age", 60, "at_least"), fact("age", 50, "at_most")])[0]
    assert "ไม่มีกรณีใดไปถึง “ข้อ 1 (2)”" in clauses([], [fact("card", True)], order="first")[0]
    wide, narrow = [fact("gpa", "2.00", "at_least")], [fact("gpa", "3.00", "at_least")]
    assert "ไม่มีกรณีใดไปถึง “ข้อ 1 (2)”" in clauses(wide, narrow, order="first")[0]
    assert clauses(narrow, wide, order="first") == []
    many = {"any": [fact("gpa", f"{n}.00") for n in range(20)], "name": "many", "clause": CLAUSE}
    assert "ซ้อนกันมากเกิน" in clauses([many, many])[0]


def test_the_days_event_picks_the_version():
    first, second = document(), document(version=2, in_force_from="2025-10-01", replaces=1)
    both = regulation.load([second, first])
    assert [both.version_for(day(on)).version for on in ("2025-09-30", "2025-10-01")] == [1, 2]
    only = regulation.load([second | {"version": 1}])
    assert only.version_for(day("2025-09-30")) is None


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"version": 2}, "ไม่ได้บอกว่าใช้ตั้งแต่วันใด"),
        ({"version": 1, "in_force_from": "2025-10-01"}, "ใช้เลขฉบับที่ 1"),
        ({"version": 2, "in_force_from": "2025-01-01"}, "เริ่มใช้วันเดียวกัน"),
        ({"version": 2, "in_force_from": "2024-01-01"}, "เริ่มใช้ก่อน"),
        ({"version": 2, "code": "other", "in_force_from": "2026-01-01"}, "คนละระเบียบ"),
    ],
)
def test_versions_that_contradict_each_other_are_refused(second, said):
    first = document(in_force_from="2025-01-01")
    assert any(said in one for one in faults_of([first, document() | second]))


def test_a_typed_fact_is_read_in_its_own_kind():
    facts = {"gpa": {"title": "เกรด", "type": "number", "decimals": 2}, "cost": {"title": "ค่าใช้จ่าย", "type": "money"}}
    made = version({}, facts=facts | {"card": {"title": "บัตร", "type": "yes_no"}})
    read = [regulation.read_fact(made, *one) for one in (("gpa", "3.5"), ("cost", "500.50"), ("card", "yes"))]
    assert read == [350, 50_050, True]
    for name, odd in (("gpa", "3.555"), ("gpa", "-1"), ("cost", "1e9"), ("cost", "0.005"), ("card", "maybe")):
        with pytest.raises(regulation.Refusal):
            regulation.read_fact(made, name, odd)


def test_the_parts_are_what_the_document_says():
    assert document_parts.rule("none") == terms.NONE
    assert document_parts.rule(None) is None
    assert document_parts.cap({"scope": "life", "clause": CLAUSE}).satang == terms.UNPUBLISHED
    assert nodes.scaled("3.50", 1) == 35
    assert nodes.scaled("3.55", 1) is None
    assert set(silences.of(benefit(), {})) <= silences.SPOKEN.keys()
    assert building.Builder(document()).version().benefits["gift"].unsaid
