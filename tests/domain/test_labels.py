"""Fields and answers by name: every path of the forms has one."""

from pwa.domain.field import forms, labels


def paths(schema, form, prefix=""):
    for name, rule in schema.get("properties", {}).items():
        rule = forms.schema(form)["$defs"][rule["$ref"].rpartition("/")[2]] | rule if "$ref" in rule else rule
        yield prefix + name
        yield from paths(rule, form, f"{prefix}{name}.")
        items = rule.get("items", {})
        items = forms.schema(form)["$defs"][items["$ref"].rpartition("/")[2]] if "$ref" in items else items
        if items.get("type") == "object":
            yield f"{prefix}{name}.*"
            yield from paths(items, form, f"{prefix}{name}.*.")


def test_every_field_has_a_name():
    for form in forms.NAMES:
        machine = {"id", "lat", "lng", "accuracy_m"}
        asked = {path for path in paths(forms.schema(form), form) if path.rpartition(".")[2] not in machine}
        assert asked == set(labels.LABELS[form.partition("@")[0]])


def test_list_items_share_a_name():
    assert (
        labels.generic("people.a-b.application.beneficiaries.c.share") == "people.*.application.beneficiaries.*.share"
    )
    assert labels.generic("evidence.abc.role") == "evidence.*.role"
    assert labels.generic("house.number") == "house.number"


def test_answers_are_found_by_path():
    assert labels.choices("people.x.sex")["female"] == "Female"
    assert labels.choices("house.number") == {}
