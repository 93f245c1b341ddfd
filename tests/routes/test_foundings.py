"""/funds/new: an administrator founds a fund in six steps; what is typed is kept, faults stand at their fields, and the end is all or nothing."""

import json
from datetime import timedelta

import pytest

from db.models import Account, Fund, FundDraft, RoleGrant, Unit
from pwa import web
from pwa.domain.fund import founding, founding_steps, rule_drafts, typed_rules, ways
from pwa.domain.people import accounts, role_starts
from pwa.domain.places import units

STEPS = {
    "basics": {"name": "กองทุนสวัสดิการชุมชนตำบลทดสอบ", "code": "t1", "slogan": "ออมวันละบาท", "contact": "ศาลากลางบ้าน"},
    "places": {
        "subdistrict": "520403", "home": "municipality", "home_name": "เทศบาลตำบลทดสอบ", "network": "NET", "zone": "โซน",
        "place": "หมู่", "place_kind": "village", "zones": "๑: 1-3, บ้านดอน\nโซนใต้: 7\n\n", "existing": "",
    },
    "counting": {
        "number_pattern": "{fund}-{n:04d}", "cut_over_on": "๑/๑/๒๕๗๐", "tenure_starts_on": "application", "waiting_n": "6",
        "waiting_unit": "month",
    },
    "regulation": {
        "template": "sadao-2568", "plan.0.name": "วันละบาท", "plan.0.amount": "1", "plan.0.unit": "day",
        "plan.1.name": "ปีละ 365 บาท", "plan.1.amount": "฿365", "plan.1.unit": "year",
    },
    "officers": {
        "officer.0.name": "สมปอง เก็บเงิน", "officer.0.role": "treasurer",
        "officer.1.name": "มาลี มีมติ", "officer.1.role": "committee",
        "officer.2.name": "มานะ มีมติ", "officer.2.role": "committee",
        "officer.3.name": "มาลี มีมติ", "officer.3.role": "registrar",
        "officer.5.name": "บุญช่วย ดูโซน", "officer.5.role": "zone_leader", "officer.5.zone": "1",
    },
}  # fmt: skip


def begin(client, way="songkhla"):
    answer = client.post("/funds/new", data={"way": way})
    assert answer.status_code == 303
    return answer.location.rpartition("/")[0]


def walk(client, address, **changed):
    """Type every step; {step: answer}."""
    return {
        step: client.post(f"{address}/{step}", data={**said, **changed.get(step, {})}) for step, said in STEPS.items()
    }


def tables():
    return [model.select().count() for model in (Unit, Fund, Account, RoleGrant)]


@pytest.mark.parametrize("way", ways.known())
def test_a_way_of_working_fills_the_fields_and_decides_nothing(client_as, way):
    client = client_as("admin")
    before = tables()
    address = begin(client, way)
    told = json.loads((ways.FOLDER / f"{way}.json").read_bytes())
    assert f'value="{told["slogan"]}"' in client.get(f"{address}/basics").text
    assert told["plans"][0]["name"] in client.get(f"{address}/regulation").text
    assert tables() == before


def test_six_steps_make_units_fund_people_and_the_first_draft_of_its_regulation(client_as):
    client = client_as("admin")
    address = begin(client)
    answers = walk(client, address)
    assert [answer.status_code for answer in answers.values()] == [303] * 5, [a.text for a in answers.values()]
    assert "กองทุนสวัสดิการชุมชนตำบลทดสอบ" in client.get(f"{address}/look").text
    assert client.post(f"{address}/look").status_code == 303
    fund = Fund.get(Fund.code == "T1")
    assert (fund.waiting_n, fund.waiting_unit, fund.tenure_starts_on) == (6, "month", "application")
    home = fund.unit
    assert (home.kind, home.name, home.admin_parent.code, home.network_parent.code) == (
        "municipality", "เทศบาลตำบลทดสอบ", "520403", "NET",
    )  # fmt: skip
    places = {unit.name: unit for unit in Unit.select().where(Unit.code.startswith("T1-"))}
    assert {*places} == {"เทศบาลตำบลทดสอบ", "โซน 1", "โซนใต้", "หมู่ 1", "หมู่ 2", "หมู่ 3", "บ้านดอน", "หมู่ 7"}
    assert places["หมู่ 7"].network_parent == places["โซนใต้"] and places["หมู่ 7"].admin_parent == home
    assert all(unit.id in units.below([home.id]) for unit in places.values())
    held = {(g.account.name, g.role, g.unit.name) for g in RoleGrant.select().where(RoleGrant.reason == founding.WHY)}
    assert held == {
        ("สมปอง เก็บเงิน", "treasurer", home.name), ("มาลี มีมติ", "committee", home.name),
        ("มานะ มีมติ", "committee", home.name), ("มาลี มีมติ", "registrar", home.name),
        ("บุญช่วย ดูโซน", "zone_leader", "โซนใต้"),
    }  # fmt: skip
    drafts = rule_drafts.of(fund)
    document, problems = typed_rules.read(drafts[0].tree)
    assert len(drafts) == 1 and not problems
    assert document["cut_over_on"] == "2027-01-01"
    assert [(p["name"], p["amount_satang"], p["unit"]) for p in document["settings"]["plans"]] == [
        ("วันละบาท", 100, "day"), ("ปีละ 365 บาท", 36500, "year"),
    ]  # fmt: skip


def test_a_fund_from_nothing_opens_on_every_page_of_its_officers(app, client_as):
    client = client_as("admin")
    address = begin(client)
    walk(client, address)
    client.post(f"{address}/look")
    given = founding.employed(FundDraft.get())
    shown = client.get(f"{address}/look").text
    assert all(f"/enrolments/new?account={one.account_id}" in shown for one in given)
    later = web.system_clock() + timedelta(days=2)
    app.config["CLOCK"] = lambda: later
    role_starts.begin_due(at=later)
    pages = {
        "treasurer": [
            "/",
            "/cash",
            "/ledger?fund=T1",
            "/vouchers",
            "/ledger/opening?fund=T1",
            "/ledger/closes",
            "/ledger/reports",
        ],
        "committee": ["/", "/meetings", "/rules/T1/drafts", "/rules/T1/drafts/1", "/admissions", "/rights"],
        "zone-leader": ["/", "/review", "/board", "/assignments", "/collections"],
    }
    for role, addresses in pages.items():
        officer = client_as(f"t1-{role}-1")
        for page in addresses:
            assert officer.get(page).status_code == 200, (role, page)
    assert client.get("/funds/T1").status_code == client.get("/rules/T1").status_code == 200


def test_the_end_said_twice_makes_one_fund_and_nothing_is_changed_after_it(client_as):
    client = client_as("admin")
    address = begin(client)
    walk(client, address)
    client.post(f"{address}/look")
    before = tables()
    assert client.post(f"{address}/look").status_code == 303
    refused = client.post(f"{address}/basics", data=STEPS["basics"] | {"name": "อื่น"})
    assert refused.status_code == 422 and tables() == before
    assert Fund.get(Fund.code == "T1").name == STEPS["basics"]["name"]


FAULTS = [
    ("basics", {"name": " "}, "name"), ("basics", {"code": "f1"}, "code"), ("basics", {"code": "กท"}, "code"),
    ("basics", {"code": "new"}, "code"), ("basics", {"name": "ก" * 301}, "name"),
    ("places", {"subdistrict": ""}, "subdistrict"), ("places", {"subdistrict": "999999"}, "subdistrict"),
    ("places", {"subdistrict": "900101", "network": ""}, "subdistrict"), ("places", {"home": "castle"}, "home"),
    ("places", {"home_name": ""}, "home_name"), ("places", {"zones": ""}, "zones"), ("places", {"network": "X"}, "network"),
    ("places", {"zones": "1: วัดใหม่, วัดใหม่"}, "zones"), ("places", {"zones": "1: 1-201"}, "zones"),
    ("places", {"zones": "1: " + "ก" * 130}, "zones"), ("places", {"existing": "X"}, "existing"),
    ("counting", {"number_pattern": "สมาชิก"}, "number_pattern"), ("counting", {"number_pattern": "{n"}, "number_pattern"),
    ("counting", {"number_pattern": "{n.__class__}"}, "number_pattern"),
    ("counting", {"number_pattern": "{x}{n}"}, "number_pattern"),
    ("counting", {"number_pattern": "{n:0999999d}"}, "number_pattern"), ("counting", {"cut_over_on": "31/2/2570"}, "cut_over_on"),
    ("counting", {"cut_over_on": "1/1/2027"}, "cut_over_on"), ("counting", {"waiting_n": "-1"}, "waiting_n"),
    ("counting", {"waiting_n": "1e3"}, "waiting_n"), ("counting", {"waiting_unit": "week"}, "waiting_unit"),
    ("counting", {"tenure_starts_on": ""}, "tenure_starts_on"), ("regulation", {"template": "x"}, "template"),
    ("regulation", {"plan.0.amount": "0"}, "plan.0.amount"), ("regulation", {"plan.0.amount": "0.005"}, "plan.0.amount"),
    ("regulation", {"plan.0.name": ""}, "plan.0.name"), ("regulation", {"plan.0.unit": "week"}, "plan.0.unit"),
    ("officers", {"officer.0.role": "admin"}, "officer.0.role"), ("officers", {"officer.5.zone": "9"}, "officer.5.zone"),
    ("officers", {f"officer.{n}.name": "" for n in range(8)}, "officer.0.name"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "said", "field"), FAULTS)
def test_what_cannot_be_stands_at_its_field_what_was_typed_stays_and_nothing_is_founded(client_as, step, said, field):
    client = client_as("admin")
    address, before = begin(client), tables()
    answers = walk(client, address, **{step: said})
    assert answers[step].status_code == 422
    assert f'field--problem" data-field="{field}"' in answers[step].text
    kept = founding.typed(FundDraft.get())
    assert all(kept[name] == text for name, text in said.items())
    assert client.post(f"{address}/look").status_code == 422 and tables() == before


def test_a_fund_on_a_place_that_is_here_already_makes_no_unit(client_as):
    client = client_as("admin")
    address = begin(client)
    walk(client, address, places={"existing": "G1", "zones": ""}, officers={"officer.5.zone": ""})
    before = Unit.select().count()
    assert client.post(f"{address}/look").status_code == 303
    assert Fund.get(Fund.code == "T1").unit.code == "G1" and Unit.select().count() == before


def test_what_cannot_be_made_whole_is_not_made_at_all(client_as):
    client = client_as("admin")
    address = begin(client)
    walk(client, address)
    Unit.create(code="T1-C05", kind="community", name="อื่น")
    before = tables()
    assert client.post(f"{address}/look").status_code == 422
    assert (
        tables() == before
        and not rule_drafts.RuleDraft.select().where(rule_drafts.RuleDraft.template == "sadao-2568").exists()
    )


def test_a_draft_is_its_writers_alone_and_the_page_needs_a_key(client_as):
    client = client_as("admin")
    address = begin(client)
    accounts.add("admin-2", name="อีกคน", unit=units.get("NET"), role="admin", at=FundDraft.get().at)
    other = client_as("admin-2")
    assert other.get(f"{address}/basics").status_code == 404
    assert other.post(f"{address}/look").status_code == 404
    assert client_as("committee").get("/funds/new").status_code == 404


def test_what_is_missing_is_said_and_hinders_nobody(client_as):
    client = client_as("admin")
    address = begin(client)
    walk(client, address, officers={"officer.1.name": "", "officer.3.name": ""})
    text = client.get(f"{address}/look").text
    assert all(
        founding_steps.lacking([founding_steps.Officer("a", "treasurer", None)])[n] and word in text
        for n, word in enumerate(("กรรมการไม่ถึงสองคน", "ยังไม่มีฝ่ายทะเบียน", "ยังไม่มีผู้ตรวจสอบ"))
    )
    assert client.post(f"{address}/look").status_code == 303


def test_subdistricts_are_found_by_name_and_finding_is_not_going_on(client_as):
    client = client_as("admin")
    address = begin(client)
    answer = client.post(f"{address}/places", data={"q": "คอหงส์", "stay": "yes", "zones": "1: 1-2"})
    assert answer.status_code == 200 and "ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา" in answer.text and "1: 1-2" in answer.text
    assert "field--problem" not in answer.text


def test_who_looks_after_a_subdistrict_founds_the_first_fund_there_without_a_network(client_as):
    place = units.known_or_national("901101")
    accounts.add("admin-9", name="ผู้เริ่ม", unit=place, role="admin", at=web.system_clock())
    client = client_as("admin-9")
    address = begin(client)
    alone = {"subdistrict": place.code, "network": "", "home": "subdistrict", "home_name": ""}
    answers = walk(client, address, places=alone)
    assert [answer.status_code for answer in answers.values()] == [303] * 5
    assert client.post(f"{address}/look").status_code == 303
    assert Fund.get(Fund.code == "T1").unit == place
    below = Unit.select().where(Unit.id.in_(units.below([place.id])), Unit.kind == "village")
    assert {unit.name for unit in below} == {"บ้านดอน", "หมู่ 1", "หมู่ 2", "หมู่ 3", "หมู่ 7"}
