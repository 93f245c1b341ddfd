"""What an earlier form let through and today's does not: received, and shown to the checker."""

import pytest

from pwa.domain.kinds import forms
from pwa.domain.register import register, submissions
from pwa.domain.review import findings, machine_checks, oddities
from pwa.domain.review.surroundings import Surroundings
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def told(entry):
    one = submissions.of(entry)
    return dict(oddities.of_visit(one, register.record_of(one.opening.subject)))


def test_it_finds_nothing_in_a_good_entry(hamlet):
    assert told(hamlet.visit(form(bunma()))) == {}


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("first_name", "ไม่ทราบ", "no_name"),
        ("phone", "0000000000", "no_number"),
        ("relation", "child", "head"),
        ("birth_date", "2501", "era"),
    ],
)
def test_it_says_what_is_odd_and_where(hamlet, path, value, key):
    recorded_at = MORNING.replace(year=2569) if key == "era" else MORNING
    about = {"at": recorded_at, "received_at": MORNING, "place": "V1A"}
    entry = hamlet.phone.record("household", form(bunma(**{path: value})), **about)
    assert told(entry) == {f"people.{BUNMA}.{path}": forms.SENTENCES[key]}
    one = submissions.of(entry)
    record = register.record_of(one.opening.subject)
    [check] = [check for check in findings.of(one, record, Surroundings([one])) if check.name == "form"]
    assert (check.kind, check.path) == ("wait", f"people.{BUNMA}.{path}")
    assert "form" in machine_checks.signs(one)


def test_a_visit_that_began_from_a_kit_names_only_some(hamlet):
    first = hamlet.approved(form(bunma(), mali()))
    subject = submissions.of(first).opening.subject
    base = {"version": 1, "shown": []}
    again = hamlet.visit(form(mali()), subject=subject, base=base)
    assert told(again) == {}
    gone = hamlet.visit(form(bunma(gone="died")), subject=subject, base=base)
    assert told(gone) == {"people": forms.SENTENCES["head"]}


def test_what_has_happened_is_not_to_come(hamlet):
    visit = form(bunma(gone="moved", gone_on="2026-12-24"), notice={"how": "paper", "given_on": "2026-12-24"})
    visit["visit"] |= {"revisit_on": "2026-12-24"}
    entry = hamlet.visit(visit)
    assert entry.outcome == "received"
    ahead = forms.SENTENCES["ahead"]
    assert told(entry) == {f"people.{BUNMA}.gone_on": ahead, "notice.given_on": ahead}
