"""Households as their volunteers see them, the form as a shell, and the forms as published."""

import json
import re
from pathlib import Path

import pytest

from pwa.domain.kinds import forms
from pwa.domain.register import households
from pwa.domain.text import dates
from pwa.server import assets


@pytest.fixture
def volunteer(client_as):
    return client_as("volunteer")


@pytest.fixture
def house(volunteer):
    rows = households.listed(seen_by=volunteer.account)
    return next(row for row in rows if row.people_count > 1)


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_lists_the_households_of_the_place(page, volunteer, house):
    tree = page("/households", volunteer)
    assert f"/households/{house.id}" in {link.get("href") for link in tree.iter("a")}


def test_it_finds_by_name_and_says_when_nothing_fits(page, volunteer, house):
    assert str(house.id) in volunteer.get("/households", query_string={"q": house.head.first_name}).text
    assert "ไม่พบ" in words(page("/households?q=ไม่มีใครชื่อนี้", volunteer))


def test_it_gives_the_list_alone_to_a_search(volunteer):
    answer = volunteer.get("/households?q=45", headers={"HX-Request": "true"})
    assert answer.text.strip().startswith('<section class="section" id="household-list"')


def test_it_shows_a_household_with_its_three_names(page, volunteer, house):
    seen = words(page(f"/households/{house.id}", volunteer))
    assert house.head.first_name in seen
    assert all(role in seen for role in ("ผู้ให้ข้อมูล", "ผู้เก็บข้อมูล", "ผู้ตรวจสอบข้อมูล"))


def test_health_is_on_no_household_page(volunteer, house):
    for address in ("/households", f"/households/{house.id}"):
        assert "ติดบ้าน" not in volunteer.get(address).text


def test_a_household_elsewhere_is_not_found(client_as, house):
    other = client_as("other-zone-leader")
    assert other.get(f"/households/{house.id}").status_code == 404
    assert other.get(f"/households/{house.id}/visit").status_code == 404


def test_the_form_is_a_shell_of_the_accounts_places(page, volunteer):
    tree = page("/households/new", volunteer)
    places = tree.find(".//select[@name='_place']")
    assert [option.get("value") for option in places if option.get("value")] == ["C03", "C01", "C02"]
    text = volunteer.get("/households/new", headers={"Ombun-Shell": "1"}).text
    assert "สมหญิง" not in text and str(volunteer.account.id) not in text


def test_a_revisit_carries_the_record_and_its_version(page, volunteer, house):
    form = page(f"/households/{house.id}/visit", volunteer).find(".//form[@id='household']")
    record = json.loads(form.get("data-record"))
    assert (form.get("data-subject"), form.get("data-base-version")) == (str(house.id), str(house.version))
    assert len(record["people"]) == house.people_count
    assert not any({"id_number", "health", "consent"} & person.keys() for person in record["people"])


def test_every_sentence_of_the_checks_lies_in_the_page(page, volunteer):
    texts = {one.get("data-text") for one in page("/households/new", volunteer).iter("template")}
    checks = "".join(
        (Path(assets.STATIC) / f"js/{name}.js").read_text() for name in ("form/form-checks", "kinds/household-checks")
    )
    keys = set(re.findall(r'(?:say|problem)\([^"\n]*"[^"]*", "(\w+)"|problem\("(\w+)"', checks))
    keys = {key for pair in keys for key in pair if key} | set(forms.PATTERNS.values()) | dates.SENTENCES.keys()
    assert {"house", "living", "long", "no_year", "phone"} <= keys
    assert {f"problem-{key}" for key in keys} <= texts


def test_fields_carry_the_limits_of_the_schema(page, volunteer):
    tree = page("/households/new", volunteer)
    number = tree.find(".//input[@name='house.number']")
    assert number.get("data-long") == str(forms.field("house.number", "household@1")["maxLength"])
    asked = {one.get("name").split(":")[0] for one in tree.iter() if one.get("name") and one.tag != "meta"}
    asked = {name.replace("{person}", "x").replace("{beneficiary}", "y").replace("{photo}", "z") for name in asked}
    for path in forms.labels("household@1"):
        plain = (
            path.replace("people.*", "people.x")
            .replace("beneficiaries.*", "beneficiaries.y")
            .replace("evidence.*", "evidence.z")
        )
        within = any(name.startswith(f"{plain}.") for name in asked)
        assert plain in asked or within, f"the form does not ask {path}"


@pytest.mark.parametrize("form", forms.NAMES)
def test_the_forms_are_published(client, form):
    answer = client.get(f"/forms/{form}.json")
    assert answer.status_code == 200 and answer.json == forms.schema(form)
    assert "public" in answer.headers["Cache-Control"]


def test_an_unknown_form_is_not_found(client):
    assert client.get("/forms/household@9.json").status_code == 404
