"""/rules/<fund>/drafts: begun from a template or the version in force, typed in forms, saved as typed, with every fault at its field."""

import json

import pytest

from db.models import Fund, RuleDraft, RuleDraftSave
from pwa.domain.fund import documents, rule_drafts, typed_rules
from tests.routes.test_me import text_of

TEMPLATES = [name for name, _ in rule_drafts.templates()]
PARTS = ("general", "settings", "plans", "splits", "urgent", "facts")


def fields_of(tree, which="part"):
    """{name: [values]} of what a browser would send of the form."""
    form = tree.find(f".//form[@id='{which}']")
    told = {}
    for one in (one for one in form.iter() if one.tag in ("input", "select", "textarea")):
        name, kind = one.get("name"), one.get("type")
        if not name or (kind in ("checkbox", "radio") and one.get("checked") is None):
            continue
        if one.tag == "select":
            options = list(one.iter("option"))
            value = next((o.get("value") for o in options if o.get("selected") is not None), options[0].get("value"))
        else:
            value = one.text or "" if one.tag == "textarea" else one.get("value") or ""
        told.setdefault(name, []).append(value)
    return told


def begin(client, source, fund="F1"):
    answer = client.post(f"/rules/{fund}/drafts", data={"source": source})
    assert answer.status_code == 303, answer.text
    return answer.location


def draft_at(address):
    return rule_drafts.find(Fund.get(Fund.code == address.split("/")[2]), int(address.rpartition("/")[2]))


def typed_in(page, client, address, part, query="", **more):
    """Type into the form of a part, what else stands there staying, and save it."""
    told = fields_of(page(f"{address}/parts/{part}{query}", client)) | more
    return client.post(f"{address}/parts/{part}", data=told)


@pytest.mark.parametrize("source", ["", *TEMPLATES])
@pytest.mark.parametrize("query", ["", "?all=yes"])
def test_every_template_goes_through_the_forms_and_is_the_same_document(page, client_as, source, query):
    client = client_as("committee")
    address = begin(client, source)
    before = draft_at(address)
    for part in (*PARTS, *(f"benefit-{at}" for at in range(len(before.tree["benefits"])))):
        assert typed_in(page, client, address, part, query).status_code == 303
    after = draft_at(address)
    document, problems = typed_rules.read(after.tree)
    assert problems == {} and document == typed_rules.read(before.tree)[0]
    assert after.save.n == 1, "nothing was changed, so nothing new is kept"
    if source:
        told = json.loads((documents.FOLDER / f"{source}.json").read_bytes())
        own = {name: document[name] for name in ("code", "version", "replaces")}
        assert document == told | own


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_typed_into_an_empty_draft_is_the_same_document(page, client_as, source):
    """Every field emptied and typed anew: what the form sends makes the document, not what stood there before."""
    client = client_as("committee")
    address = begin(client, source)
    whole = draft_at(address)
    for at, one in enumerate(whole.tree["benefits"]):
        part = f"benefit-{at}"
        told = fields_of(page(f"{address}/parts/{part}?all=yes", client))
        blank = draft_at(address)
        rule_drafts.save(
            blank, [(("benefits", at), {"code": "x"})], seen=blank.save.n, by=blank.save.account, at=blank.save.at
        )
        told["seen"] = [str(blank.save.n + 1)]
        assert client.post(f"{address}/parts/{part}", data=told).status_code == 303
        assert (
            typed_rules.read(draft_at(address).tree)[0]["benefits"][at]
            == typed_rules.read(whole.tree)[0]["benefits"][at]
        ), one


def test_what_is_wrong_is_kept_and_named_at_its_field(page, client_as):
    client = client_as("committee")
    address = begin(client, "example-all-shapes")
    name = "benefits.0.clauses.0.amounts.0.satang"
    assert typed_in(page, client, address, "benefit-0", **{name: ["ห้าร้อย"]}).status_code == 303
    tree = page(f"{address}/parts/benefit-0", client)
    field = tree.find(f".//div[@data-field='{name}']")
    assert field.find("input").get("value") == "ห้าร้อย"
    assert "ตัวเลข" in text_of(field.find("p[@class='field__message']"))
    shown = text_of(page(address, client))
    assert "ต้องแก้ 1 แห่ง" in shown and "คนทั่วไปจะอ่านได้ว่า" not in shown
    assert typed_in(page, client, address, "benefit-0", **{name: ["๕๕๐"]}).status_code == 303
    shown = text_of(page(address, client))
    assert "ต้องแก้ 1" not in shown and "550 บาท" in shown


def test_shares_that_do_not_make_a_whole_say_what_they_make(page, client_as):
    client = client_as("registrar")
    address = begin(client, "example-all-shapes")
    typed_in(page, client, address, "splits", **{"splits.0.pots.0.share": ["49.99"]})
    assert "รวมกันได้ร้อยละ 99.99 ไม่ใช่ 100" in text_of(page(f"{address}/parts/splits", client))


def test_a_clause_is_tried_out_as_it_is_typed_and_nothing_is_saved(page, client_as):
    client = client_as("committee")
    address = begin(client, "")
    told = fields_of(page(f"{address}/parts/benefit-0", client))
    at = next(at for at, one in enumerate(draft_at(address).tree["benefits"]) if one["code"] == "illness")
    told = fields_of(page(f"{address}/parts/benefit-{at}", client))
    told[f"benefits.{at}.caps.0.satang"] = ["800"]
    answer = client.post(f"{address}/parts/benefit-{at}/trials", data=told, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text
    assert "800 บาท" in answer.text and "600 บาท" in answer.text
    told[f"benefits.{at}.caps.0.satang"] = ["แปดร้อย"]
    answer = client.post(f"{address}/parts/benefit-{at}/trials", data=told, headers={"HX-Request": "true"})
    assert "แก้ที่บอกไว้ข้างบนก่อน" in answer.text
    assert draft_at(address).save.n == 1


def test_the_cases_beside_a_template_are_asked_of_the_draft(page, client_as):
    client = client_as("committee")
    address = begin(client, "chamuang-2556")
    shown = text_of(page(f"{address}/parts/benefit-0", client))
    cases = json.loads((documents.FOLDER / "chamuang-2556.cases.json").read_bytes())
    own = sum(one["benefit"] == "birth" for one in cases)
    assert f"ได้ผลตามที่เขียนไว้ {own} จาก {own} กรณี" in shown
    typed_in(page, client, address, "benefit-0", **{"benefits.0.clauses.0.amounts.0.satang": ["1,500"]})
    assert "ในแม่แบบ 1,000 บาท ในร่างนี้ 1,500 บาท" in text_of(page(f"{address}/parts/benefit-0", client))


def test_steps_and_benefits_come_and_go(page, client_as):
    client = client_as("committee")
    address = begin(client, "sadao-2568")
    rows = "benefits.0.clauses.0.amounts.0.rows"
    assert len(rule_drafts.part_at(draft_at(address).tree, ("benefits", 0, "clauses", 0, "amounts", 0, "rows"))) == 6
    typed_in(page, client, address, "benefit-0", add=[rows])
    typed_in(
        page,
        client,
        address,
        "benefit-0",
        **{f"{rows}.6.n": ["20"], f"{rows}.6.unit": ["year"], f"{rows}.6.satang": ["30,000"]},
    )
    assert draft_at(address).checked().document["benefits"][0]["clauses"][0]["amounts"][0]["rows"][6] == {
        "n": 20, "unit": "year", "satang": 3_000_000,
    }  # fmt: skip
    typed_in(page, client, address, "benefit-0", remove=[f"{rows}.6"])
    assert len(draft_at(address).checked().document["benefits"][0]["clauses"][0]["amounts"][0]["rows"]) == 6
    count = len(draft_at(address).tree["benefits"])
    made = client.post(f"{address}/benefits", data={"shape": "nights", "seen": draft_at(address).save.n})
    assert made.location == f"{address}/parts/benefit-{count}"
    assert not draft_at(address).checked().is_whole
    gone = client.post(f"{made.location}/removal", data={"seen": draft_at(address).save.n})
    assert gone.location == address and len(draft_at(address).tree["benefits"]) == count
    assert client.get(f"{made.location}").status_code == 404


@pytest.mark.parametrize(("shape", "fields"), [
    ("fixed", {"event": "birth", "category": "1", "clauses.0.amounts.0.satang": "1000"}),
    ("nights", {"clauses.0.amounts.0.satang": "200"}),
    ("tiers", {"clauses.0.amounts.0.rows.0.satang": "1,500"}),
    ("once", {"event": "custom", "category": "9", "clauses.0.amounts.0.satang": "500"}),
    ("discretionary", {"event": "disaster", "category": "11", "clauses.0.amounts.0.max_satang": "5000"}),
])  # fmt: skip
def test_each_of_the_five_shapes_is_typed_into_its_own_form_alone(page, client_as, shape, fields):
    client = client_as("committee")
    address = begin(client, "sadao-2568")
    at = len(draft_at(address).tree["benefits"])
    client.post(f"{address}/benefits", data={"shape": shape, "seen": 1})
    told = {"name": "สวัสดิการใหม่", "clause": "ข้อ 30"} | fields
    typed_in(page, client, address, f"benefit-{at}", **{f"benefits.{at}.{name}": [text] for name, text in told.items()})
    checked = draft_at(address).checked()
    assert checked.faults == {}
    assert checked.document["benefits"][at]["clauses"][0]["clause"] == "ข้อ 30"


def test_conditions_go_two_deep(page, client_as):
    client = client_as("committee")
    address = begin(client, "sadao-2568")
    conditions = "benefits.2.conditions"
    typed_in(page, client, address, "benefit-2", add=[conditions], **{f"{conditions}:said": ["said"]})
    typed_in(page, client, address, "benefit-2", **{f"{conditions}.0.what": ["any"]})
    inner = f"{conditions}.0.any"
    typed_in(page, client, address, "benefit-2", add=[inner], **{f"{conditions}.0.clause": ["ข้อ 5"]})
    for at, (fact, value) in enumerate((("sex", "f"), ("age", "60"))):
        typed_in(page, client, address, "benefit-2", **{f"{inner}.{at}.fact": [fact]})
        typed_in(
            page, client, address, "benefit-2",
            **{f"{inner}.{at}.is": ["is" if fact == "sex" else "at_least"], f"{inner}.{at}.value": [value], f"{inner}.{at}.clause": ["ข้อ 5"]},
        )  # fmt: skip
    checked = draft_at(address).checked()
    assert checked.faults == {}
    assert checked.document["benefits"][2]["conditions"] == [
        {
            "any": [
                {"fact": "sex", "is": "is", "value": "f", "clause": "ข้อ 5"},
                {"fact": "age", "is": "at_least", "value": 60, "clause": "ข้อ 5"},
            ],
            "clause": "ข้อ 5",
            "name": "some",
        }
    ]
    offered = [
        one.get("value")
        for one in page(f"{address}/parts/benefit-2", client).findall(f".//select[@name='{inner}.0.what']/option")
    ]
    assert offered == ["fact", "see"]


def test_the_public_page_leads_officers_to_the_drafts(page, client_as, client):
    assert "ร่างระเบียบ" in text_of(page("/rules/F1", client_as("committee")))
    assert "ร่างระเบียบ" not in text_of(page("/rules/F1", client))
    assert "ร่างระเบียบ" not in text_of(page("/rules/F1", client_as("treasurer")))


def test_what_is_not_there_is_not_found(client_as):
    client = client_as("committee")
    address = begin(client, "")
    for path in ("parts/benefit-99", "parts/benefit--1", "parts/x", "parts/benefit-x"):
        assert client.get(f"{address}/{path}").status_code == 404, path
        assert client.post(f"{address}/{path}/trials").status_code == 404, path
    assert client.get("/rules/F1/drafts/9").status_code == 404
    assert RuleDraft.select().count() == RuleDraftSave.select().count() == 1
