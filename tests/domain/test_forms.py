"""What a form takes and what it refuses, at the field, in the words that the phone uses too."""

import copy
import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import catalogues
from pwa.domain import kinds
from pwa.domain.kinds import forms
from pwa.domain.text import national_ids

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "forms.json").read_text())
KEYS = ["id", "people", "house", "visit", "outcome", "application", "beneficiaries", "consent", "health"]
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["apply", "absent", "\ud800"])
)
NAMES = st.text(max_size=6) | st.sampled_from(KEYS)
JSON = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=4) | st.dictionaries(NAMES, part, max_size=5), max_leaves=30
)


@pytest.fixture
def example():
    return copy.deepcopy(forms.schema("household@1")["examples"][0])


def keys(payload, **more):
    """{path: key} of the problems, by the names that the golden file uses."""
    names = {sentence: key for key, sentence in forms.SENTENCES.items()}
    return {path: names[sentence] for path, sentence in forms.problems("household@1", payload, **more)}


@pytest.mark.parametrize("form", forms.NAMES)
def test_it_publishes_a_sound_schema_with_good_examples(form):
    schema = forms.schema(form)
    jsonschema_rs.meta.validate(schema)
    assert [forms.problems(form, example) for example in schema["examples"]] == [[] for _ in schema["examples"]]
    assert all("title" in part for part in properties(schema))


def properties(schema):
    for name, part in schema.items():
        if name in ("properties", "$defs") and isinstance(part, dict):
            yield from part.values() if name == "properties" else ()
            for inner in part.values():
                yield from properties(inner)
        elif isinstance(part, dict) and name != "examples":
            yield from properties(part)


def test_its_examples_name_nobody_real(example):
    assert all(national_ids.is_sample(one["id_number"]) for one in example["people"] if "id_number" in one)


def test_labels_say_in_thai_what_the_schema_says():
    thai = {message.id: message.string for message in catalogues.read(catalogues.THAI, "th")}
    for form in forms.NAMES:
        for path, text in forms.labels(form).items():
            assert thai[text] == forms.field(path, form)["title"], path


def test_every_answer_has_its_words():
    for path, words in kinds.RECORD.choices.items():
        rule = forms.field(path, "household@1")
        assert list(words) == rule.get("enum", rule.get("items", {}).get("enum")), path


def test_it_knows_its_forms_only():
    assert forms.known("household@1") and forms.known("correction@1")
    assert not forms.known("household@2") and not forms.known("../secret")
    with pytest.raises(KeyError):
        forms.schema("household@2")


def test_a_replaced_form_is_accepted_for_400_days_more(monkeypatch):
    replaced = forms.schema("household@1") | {"x-replaced-on": "2026-11-22"}
    monkeypatch.setattr(forms, "schema", lambda form: replaced)
    last = date(2026, 11, 22) + timedelta(days=400)
    assert not forms.retired("household@1", last)
    assert forms.retired("household@1", last + timedelta(days=1))


def test_the_newest_form_of_a_kind_is_its_highest_version(monkeypatch):
    monkeypatch.setattr(forms, "NAMES", ["correction@1", "household@10", "household@2", "household@9"])
    assert (forms.newest("household"), forms.newest("correction")) == ("household@10", "correction@1")


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_it_finds_what_the_golden_file_says(case):
    assert keys(case["payload"]) == case["problems"]
    names = {sentence: key for key, sentence in forms.SENTENCES.items()}
    odd = forms.oddities("household@1", case["payload"])
    assert {path: names[sentence] for path, sentence in odd} == case.get("odd", {})


def test_nobody_is_born_after_the_visit(example):
    example["people"][0]["birth_date"] = "2027"
    path = f"people.{example['people'][0]['id']}.birth_date"
    assert keys(example, on=date(2026, 11, 22)) == {path: "ahead"}
    assert keys(example) == {}


def test_it_names_the_field_of_what_the_schema_refuses(example):
    person = example["people"][0]
    at = f"people.{person['id']}."
    person |= {"phone": "12", "first_name": "ก" * 121, "salary": 5, "birth_date": "2500-13-30", "sex": "?"}
    assert keys(example) == {
        f"{at}phone": "phone",
        f"{at}first_name": "long",
        at.rstrip("."): "unknown",
        f"{at}birth_date": "date",
        f"{at}sex": "choice",
    }


def test_it_refuses_days_that_no_calendar_has(example):
    example["notice"]["given_on"] = "2026-02-30"
    assert keys(example) == {"notice.given_on": "date"}


def test_it_refuses_letters_that_no_database_keeps(example):
    example["house"]["lane"] = "a\ud800"
    assert keys(example) == {"house.lane": "letters"}


def test_a_line_break_at_the_end_is_not_a_digit(example):
    example["house"]["code"] = "12345678901\n"
    assert keys(example) == {"house.code": "house_code"}


def test_it_holds_forty_people(example):
    example["people"] += [
        {"id": f"00000000-0000-4000-8000-{n:012d}", "name_unknown": True, "living_here": False} for n in range(36)
    ]
    assert keys(example) == {}
    example["people"].append({"id": "00000000-0000-4000-8000-000000000099", "nickname": "นก", "living_here": True})
    assert keys(example) == {"people": "crowd"}


def test_a_correction_needs_a_sentence():
    assert dict(forms.problems("correction@1", {"path": "house.number", "statement": ""}))["statement"]
    assert forms.problems("correction@1", {"path": "house.number", "statement": "เลขที่ 45/3"}) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", forms.NAMES)
@given(payload=JSON)
def test_it_never_raises(form, payload):
    for path, sentence in forms.problems(form, payload):
        assert isinstance(path, str) and sentence in forms.SENTENCES.values()


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(sorted(kinds.RECORD.labels)), JSON, max_size=6))
def test_it_never_raises_on_damaged_examples(damage):
    payload = copy.deepcopy(forms.schema("household@1")["examples"][0])
    for path, value in damage.items():
        damaged(payload, path.split("."), value)
    forms.problems("household@1", payload)


def damaged(payload, steps, value):
    for step in steps[:-1]:
        payload = payload[0] if step == "*" and isinstance(payload, list) and payload else payload
        payload = payload.get(step) if isinstance(payload, dict) and step != "*" else payload
    if isinstance(payload, dict):
        payload[steps[-1]] = value


def test_a_path_finds_its_label_and_its_rule():
    assert kinds.label("people.5b6f5ad6-3f2e-4b7c-9a51-0c1d2e3f4a5b.birth_date") == "Date of birth"
    assert kinds.label("people.x.application.beneficiaries.y.share") == "Share (%)"
    assert kinds.label("nothing.here") == ""
    assert forms.field("people.x.phone", "household@1")["pattern"].startswith("^0")
