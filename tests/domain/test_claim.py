"""What a claim must say, and who may record it."""

import copy
from types import SimpleNamespace

import pytest

from pwa.domain import kinds
from pwa.domain.kinds import claim, forms

EXAMPLE = forms.schema("claim@1")["examples"][1]


def keys(**more):
    names = {sentence: key for key, sentence in forms.SENTENCES.items()}
    return {path: names[said] for path, said in forms.problems("claim@1", copy.deepcopy(EXAMPLE) | more)}


def payees(*shares):
    return [{"type": "other", "name": "ใจดี", "share": share, "how": "cash"} for share in shares]


@pytest.mark.parametrize("shares, fits", [((100,), True), ((60, 40), True), ((99,), False), ((61, 40), False)])
def test_parts_come_to_a_hundred(shares, fits):
    assert (keys(payees=payees(*shares)) == {}) is fits


def test_nobody_leaves_a_hospital_before_going_there():
    assert keys(event_on="2026-11-13") == {"event_on": "out_before_in"}
    assert keys(event_on="2026-02-30") == {"event_on": "date"}
    assert keys(event_on="2026-11-14") == {}


def test_a_transfer_needs_its_account():
    assert set(keys(payees=[payees(100)[0] | {"how": "transfer"}]).values()) == {"bank_account_of_payee"}


def test_a_member_records_about_the_own_house_and_others_within_their_reach():
    def of(own_house=None, within=()):
        return SimpleNamespace(named="A", home="H", roles={1}, own_house=own_house, reaches=lambda code: code in within)

    assert claim.KIND.refusal(of(own_house="C")) == ""
    assert claim.KIND.refusal(of(within={"A"})) == ""
    assert claim.KIND.refusal(of()) == "no_right"
    assert claim.KIND.place(of(own_house="C")) == "C"


def test_what_shows_a_paper_of_health_is_of_health():
    assert kinds.of("claim").tells_health({"admit_on": "2026-11-01"})
    assert kinds.of("claim").tells_health({"evidence": [{"paper": "ใบรับรองแพทย์"}]})
    assert not kinds.of("claim").tells_health({"benefit": "birth"})
