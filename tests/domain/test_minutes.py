"""The minutes: one number for each resolution, whatever it is about, and what was taken back keeps its own."""

import pytest

from db.models import Remark
from pwa.domain import Refusal
from pwa.domain.people import accounts
from pwa.domain.review import admissions, claim_decisions, minutes
from tests.claiming import AT, birth, certified, decided, sitting
from tests.sittings import held


def test_every_resolution_has_its_number_and_keeps_it(app):
    resolution = held()
    one, other = decided(), decided(birth(), accepted=False, reason="ไม่ครบ")
    lines = minutes.of(resolution).lines
    assert [(line.n, line.said, line.satang) for line in lines] == [(1, "grant", 60000), (2, "refuse", 0)]
    claim_decisions.reopen(one.claim, reason="พิมพ์ผิด", by=accounts.named("registrar"), at=AT)
    assert [line.is_undone for line in minutes.of(resolution).lines] == [True, False]
    assert other.last("refuse").resolution == resolution


def test_applicants_stand_in_it(app):
    resolution = held()
    fund = resolution.fund
    waiting = [
        admissions.get(one.id, seen_by=accounts.named("registrar"))
        for one in admissions.waiting(fund)
        if one.kind == "new"
    ][:2]
    if waiting:
        admissions.resolve(fund, waiting, accepted=False, reason="ไม่อยู่ในตำบล", **sitting())
    assert [line.said for line in minutes.of(resolution).lines] == ["not_admit"] * len(waiting)


def test_what_nobody_confirmed_yet_is_counted(app):
    resolution = held()
    claim_decisions.propose(certified().claim, accepted=True, **sitting())
    assert (minutes.of(resolution).lines, minutes.of(resolution).waiting) == ([], 1)


def test_the_last_word_under_an_item_holds(app):
    resolution, by = held(), accounts.named("registrar")
    for text in ("แจ้งข่าว", "แจ้งข่าวสองเรื่อง", "แจ้งข่าวสองเรื่อง"):
        minutes.remark(resolution, 1, text, by=by, at=AT)
    assert (minutes.remarks(resolution), Remark.select().count()) == ({1: "แจ้งข่าวสองเรื่อง"}, 2)
    for item, text in ((6, "x"), (1, "ก" * 4001)):
        with pytest.raises(Refusal):
            minutes.remark(resolution, item, text, by=by, at=AT)
