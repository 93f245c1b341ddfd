"""Drafts of regulations: kept save by save, refused where somebody else saved the same place, faults named at their places."""

import json
from datetime import timedelta

import pytest

from db.models import Fund, RuleDraft, RuleDraftSave
from pwa import web
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import (
    benefits,
    documents,
    publishing,
    regulation,
    rule_drafts,
    rule_faults,
    rule_parts,
    rule_shapes,
    rule_trials,
    typed_rules,
)
from pwa.domain.fund.sentences import Span
from pwa.domain.people import accounts
from pwa.domain.text.dates import complete_on

SHARE, SUM = ("splits", 0, "pots", 0, "share"), ("benefits", 0, "clauses", 0, "amounts", 0, "satang")


@pytest.fixture
def fund(app):
    return Fund.get(Fund.code == "F1")


def begun(fund, source="", by="committee"):
    return rule_drafts.begin(fund, source, by=accounts.named(by), at=web.system_clock())


def saved(draft, *changes, by="committee", seen=None):
    about = dict(by=accounts.named(by), at=web.system_clock(), seen=seen or draft.save.n)
    return rule_drafts.save(draft, list(changes), **about)


def template(name):
    return json.loads((documents.FOLDER / f"{name}.json").read_text())


@pytest.mark.parametrize("name", [name for name, _ in rule_drafts.templates()])
def test_what_is_typed_of_a_template_reads_as_the_same_document(name):
    tree = typed_rules.typed(template(name))
    assert all(isinstance(leaf, str) or leaf is None for leaf in leaves(tree))
    assert typed_rules.read(json.loads(json.dumps(tree))) == (template(name), {})
    assert rule_faults.check(tree).is_whole


def leaves(tree):
    if isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(one)
    else:
        yield tree


def test_a_draft_names_the_version_that_it_replaces_and_is_numbered_in_its_fund(fund):
    first, second = begun(fund), begun(fund, "sadao-2568", by="registrar")
    assert (first.row.number, second.row.number) == (1, 2)
    assert first.row.base_id == second.row.base_id == rule_drafts.last_version(fund)
    assert [one.row.number for one in rule_drafts.of(fund)] == [2, 1]
    other = begun(Fund.get(Fund.code == "F2"))
    assert other.row.number == 1
    version = second.checked().version
    assert version.replaces == rule_drafts.base_version(second.row).version == version.version - 1


def test_each_save_is_a_row_and_the_last_one_counts_wrong_or_not(fund):
    draft = begun(fund, "example-all-shapes")
    later = saved(draft, (SUM, "ห้าร้อย"))
    assert later.save.n == 2 and rule_drafts.part_at(rule_drafts.find(fund, 1).tree, SUM) == "ห้าร้อย"
    assert saved(later, (SUM, "ห้าร้อย")).save.n == 2, "the same again is nothing new"
    assert [row.n for row in RuleDraftSave.select().order_by(RuleDraftSave.n)] == [1, 2]
    assert RuleDraft.select().count() == 1
    first = RuleDraftSave.get(RuleDraftSave.n == 1)
    assert json.loads(first.typed) == draft.tree


def test_whoever_typed_without_seeing_the_others_save_is_told_and_overwrites_nothing(fund):
    draft = begun(fund, "example-all-shapes")
    saved(draft, (SUM, "700"), by="registrar")
    with pytest.raises(Refusal) as no:
        saved(draft, (SUM, "900"))
    assert no.value.values == {"name": accounts.named("registrar").name}
    assert rule_drafts.part_at(rule_drafts.find(fund, 1).tree, SUM) == "700"
    assert saved(draft, (SHARE, "40")).save.n == 3, "another place is nobody's business"
    assert rule_drafts.part_at(rule_drafts.find(fund, 1).tree, SUM) == "700"


def test_faults_stand_at_their_places_all_of_them(fund):
    rows = ("benefits", 5, "clauses", 0, "amounts", 0, "rows")
    draft = saved(
        begun(fund, "example-all-shapes"),
        (SUM, "ห้าร้อย"),
        (SHARE, "49.99"),
        ((*rows, 0, "n"), "7"),
        ((*rows, 0, "unit"), "year"),
    )
    faults = draft.checked().faults
    assert faults.keys() == {SUM, ("splits", 0, "pots"), rows}
    assert faults["splits", 0, "pots"][0].values == {"sum": "99.99"}
    assert faults[rows][0].msgid == publishing.TIERS and faults[rows][0].values["benefit"] == "เงินจัดการศพ"
    assert draft.checked().count("benefits", 5) == 1 and draft.checked().count("benefits", 1) == 0


def test_the_same_faults_refuse_a_file_at_publishing(fund):
    """The form says what `regulation.check` says, no less."""
    draft = saved(begun(fund, "example-all-shapes"), (SHARE, "49.99"))
    told = regulation.check(regulation.load(draft.checked().document))
    assert [one.values["sum"] for one in told] == [9999]


def test_a_template_that_an_update_changed_is_told_and_the_draft_stays(fund, monkeypatch, tmp_path):
    draft = begun(fund, "sadao-2568")
    assert not rule_drafts.is_template_changed(draft.row)
    (tmp_path / "sadao-2568.json").write_text(json.dumps(template("sadao-2568") | {"name": "ฉบับแก้"}))
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    assert rule_drafts.is_template_changed(draft.row)
    assert rule_drafts.find(fund, 1).tree["name"] == template_name(draft)
    (tmp_path / "sadao-2568.json").unlink()
    assert rule_drafts.is_template_changed(draft.row)


def template_name(draft):
    return draft.tree["name"]


def test_only_officers_of_the_fund_find_its_drafts(fund):
    assert rule_drafts.fund("F1", seen_by=accounts.named("registrar")) == fund
    for handle in ("treasurer", "auditor", "volunteer", "admin"):
        with pytest.raises(NotFound):
            rule_drafts.fund("F1", seen_by=accounts.named(handle))


def test_bad_beginnings_are_refused(fund):
    for source in ("regulation@1", "example-all-shapes.cases", "../secrets", "x"):
        with pytest.raises(Refusal):
            begun(fund, source)
    empty = Fund.create(code="F7", name="ใหม่", unit=fund.unit, number_pattern="{n}")
    with pytest.raises(Refusal):
        begun(empty)
    assert begun(empty, "sadao-2568").row.base is None


def test_each_shape_begins_whole_but_for_what_is_asked(fund):
    draft = begun(fund, "chamuang-2556")
    for shape in ("fixed", "nights", "tiers", "once", "discretionary", ""):
        made = rule_shapes.begun(shape, draft.tree)
        assert rule_shapes.of(made) == shape
        assert made["code"] not in {one["code"] for one in draft.tree["benefits"]}


def test_places_are_of_the_kind_that_the_schema_says():
    paths = {
        ("settings", "waiting"): "group",
        ("settings", "entry_fee_satang"): "money",
        ("settings", "administration_ceiling"): "share",
        ("facts",): "map",
        ("benefits", 0, "conditions", 0): "condition",
        ("benefits", 0, "conditions", 0, "value"): "value",
        ("benefits", 0, "ends_membership"): "yes_no",
        ("cut_over_on",): "day",
    }
    assert {path: rule_parts.kind(rule_parts.at(path), path[-1]) for path in paths} == paths


@pytest.mark.parametrize("span", [Span(180, "day"), Span(6, "month"), Span(1, "year"), Span(15, "year")])
def test_a_trial_stands_on_the_very_day(span):
    from datetime import date

    for on in (date(2026, 3, 1), date(2028, 2, 29), date(2026, 8, 31)):
        start = rule_trials.begun(span, on)
        assert complete_on(start, span.n, span.unit) <= on < complete_on(start + timedelta(days=1), span.n, span.unit)


def test_trials_show_both_versions_at_the_days_and_values_of_both(fund):
    """A limit raised from 600 to 800: at four nights the version of before gives 600, the draft 800."""
    draft = begun(fund, "example-all-shapes")
    before = draft.checked().version
    raised = saved(draft, (("benefits", 2, "caps", 0, "satang"), "800")).checked().version
    told = rule_trials.of(raised, "illness", before)
    by_nights = {
        one.case.quantity.value: (one.before.amount_satang, one.now.amount_satang)
        for one in told
        if one.case.quantity.value
    }
    assert by_nights[4] == (60000, 80000) and by_nights[1] == (20000, 20000)
    assert all(one.now == benefits.answer(raised, "illness", one.case) for one in told)
    short = next(one for one in told if one.says.msgid == rule_trials.SHORT)
    assert short.now.amount_satang == 0
