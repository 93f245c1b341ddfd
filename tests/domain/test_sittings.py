"""The sittings of a committee: begun once, found under an address of their own, and which of them may still decide."""

import uuid
from datetime import date

import pytest

from pwa.domain import NotFound
from pwa.domain.fund import versions
from pwa.domain.people import accounts
from pwa.domain.review import agendas, sittings
from tests.claiming import TODAY, urged
from tests.sittings import held


def test_the_same_sitting_is_one_and_is_found_by_its_id(app):
    one = held()
    assert held() == one
    found = sittings.get(sittings.id_of(one), seen_by=accounts.named("committee"))
    assert (found, found.fund.code) == (one, "F1")


@pytest.mark.parametrize("handle", ["registrar-2", "treasurer", "zone-leader", "volunteer", "member", "admin"])
def test_nobody_else_finds_it(app, handle):
    one = held()
    for wanted, account in ((sittings.id_of(one), accounts.named(handle)), (uuid.uuid4(), accounts.named("registrar"))):
        with pytest.raises(NotFound):
            sittings.get(wanted, seen_by=account)


def test_an_auditor_reads_and_does_not_type(app):
    wanted, auditor = sittings.id_of(held()), accounts.named("auditor")
    assert sittings.get(wanted, seen_by=auditor, may=sittings.READERS)
    with pytest.raises(NotFound):
        sittings.get(wanted, seen_by=auditor)


def test_what_waits_is_decided_at_the_last_one(app):
    old, new = held(meeting="11/2569", resolved_on=TODAY.replace(day=27)), held()
    assert (sittings.is_running(old), sittings.is_running(new)) == (False, True)
    assert sittings.of(versions.fund_of("F1"))[:1] == [new]


def test_what_two_agreed_to_meanwhile_is_no_sitting(app):
    """Death money of the next day closes no sitting, and nothing else is taken up where it was agreed to."""
    one = held(resolved_on=TODAY.replace(day=27))
    agreed = urged().last("urge").resolution
    assert agreed.resolved_on == TODAY
    assert (sittings.is_running(one), sittings.is_running(agreed)) == (True, False)
    assert sittings.running(one.fund) == [one]
    assert agendas.of(one.fund, accounts.named("committee-2"), resolution=one).to_confirm == []
    [item] = agendas.of(one.fund, accounts.named("committee-2"), resolution=agreed).to_confirm
    assert (item.satang, item.objection) == (1_000_000, None)


@pytest.mark.parametrize(
    ("last", "on", "wanted"),
    [
        ("12/2569", date(2026, 12, 28), ("4", "13/2569")),
        ("12/2569", date(2027, 1, 28), ("4", "1/2570")),
        ("7", date(2027, 1, 28), ("4", "8")),
        ("ใหญ่สามัญ", date(2027, 1, 28), ("4", "")),
    ],
)
def test_the_next_number_is_guessed(app, last, on, wanted):
    assert sittings.following([held(meeting=last)], on=on) == wanted
    assert sittings.following([], on=on) == ("", "")


def test_what_was_agreed_to_without_a_meeting_gives_the_next_one_no_number(app):
    one, agreed = held(meeting="12/2569"), urged().last("urge").resolution
    found = sittings.of(one.fund)
    assert found[0] == agreed
    assert sittings.following(found, on=date(2026, 12, 28)) == ("4", "13/2569")
