"""Many claims are read as one is; of what was erased nothing is told."""

from db import database
from db.models import Claim, EntryKey, Fund
from pwa.domain.custody import entries
from pwa.domain.fund import claim_cases, claim_tellings, claims
from tests.claiming import TODAY, birth, certified, stay
from tests.listing import FIRST, elder, written


def every():
    return list(Claim.select(Claim, Fund).join(Fund))


def test_many_are_told_as_each_is_told_alone(app):
    certified(), certified(birth(), recorder="volunteer-2"), certified(stay(note="จดอีกเครื่อง"), recorder="volunteer-2")
    elder(1), written()
    found = claim_tellings.of(every())
    assert len(found) == 3 and found == {one.id: claims.told(one) for one in every()}
    assert sorted(filed for _, filed, _ in found.values()) == [TODAY, TODAY, TODAY]
    listed = next(payload for payload, _, row in found.values() if row is None)
    assert (listed["benefit"], listed["event_on"]) == ("elderly", FIRST.isoformat())
    told = [(payload, filed) for payload, filed, _ in found.values()]
    together = claim_cases.proposals(told)
    assert together == [claim_cases.proposal(payload, filed_on=filed) for payload, filed in told]
    assert {one.answer.amount_satang for one in together} == {60_000, 100_000, 20_000}


def test_what_was_erased_tells_nothing(app):
    first, second = certified(), certified(birth())
    rows = [row for one in (first, second) for row in claims.telling(one.claim)]
    assert {row: said["payload"]["benefit"] for row, said in entries.plaintexts(rows).items()} == {
        rows[0].id: "illness",
        rows[1].id: "birth",
    }
    with database.atomic() as tried:
        EntryKey.delete().where(EntryKey.entry == rows[0]).execute()
        assert set(claim_tellings.of(every())) == {second.claim.id}
        tried.rollback()
