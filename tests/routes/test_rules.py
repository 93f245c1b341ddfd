"""/rules: every fund's regulation for anybody to read, each version by its number, and nothing where there is none."""

import jsonschema_rs

from db.models import Fund, Regulation
from pwa.domain.fund import regulation
from tests.routes.test_me import text_of


def test_anybody_reads_what_each_fund_gives(page, client):
    assert "กองทุนออมบุญบ้านเหนือ" in text_of(page("/rules", client))
    shown = text_of(page("/rules/F1", client))
    for words in ("200 บาท ต่อคืน", "ครั้งละไม่เกิน 600 บาท", "ได้ 600 บาท", "ระเบียบไม่ได้กล่าวถึง", "ประชุมใหญ่", "ข้อ 17.6"):
        assert words in shown


def test_what_changed_against_the_version_before_is_told(page, client):
    illness = page("/rules/F1", client).find(".//details[@id='illness']")
    assert "ครั้งละไม่เกิน 500 บาทครั้งละไม่เกิน 600 บาท" in text_of(illness)


def test_an_earlier_version_says_that_it_is_not_the_one_of_today(page, client):
    shown = text_of(page("/rules/F1?version=1", client))
    assert "ฉบับนี้ไม่ใช่ฉบับที่ใช้วันนี้" in shown and "ครั้งละไม่เกิน 500 บาท" in shown
    assert "ฉบับนี้ไม่ใช่ฉบับที่ใช้วันนี้" not in text_of(page("/rules/F1?version=2", client))


def test_what_is_not_there_is_not_found(client):
    for path in ("/rules/F9", "/rules/F1?version=9", "/rules/F1?version=" + "1" * 300, "/rules/F1?version=-1"):
        assert client.get(path).status_code == 404, path


def test_a_fund_without_a_regulation_says_so(page, client, app):
    Fund.create(code="F7", name="กองทุนใหม่", unit=Fund.get(Fund.code == "F1").unit, number_pattern="{n}")
    assert Regulation.select().where(Regulation.fund == Fund.get(Fund.code == "F7")).count() == 0
    assert "กองทุนนี้ยังไม่มีระเบียบในระบบ" in text_of(page("/rules/F7", client))
    assert "ยังไม่มีระเบียบในระบบ" in text_of(page("/rules", client))


def test_the_schema_is_public_thai_and_has_an_example_that_can_be_published(client):
    schema = client.get("/rules/regulation@1.json").get_json()
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(
        any("ก" <= letter <= "๙" for letter in part["title"]) for part in properties(schema) if "$ref" not in part
    )
    for example in schema["examples"]:
        assert regulation.check(regulation.load(example)) == []
    assert client.get("/rules/household@1.json").status_code == 404


def properties(schema):
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "properties":
                yield from part.values()
            yield from properties(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from properties(part)
