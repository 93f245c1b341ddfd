"""Other bytes that say the same are the same line: one row, one number, a receipt for what was sent."""

import json

from db.models import Entry, Twin
from pwa.domain.custody import chains, entries, envelopes
from pwa.domain.operations import promises
from pwa.domain.privacy import erasure
from pwa.domain.review import review
from tests import small_fund
from tests.faults.phones import verifies
from tests.small_fund import NOW


def spaced(line, space=b" "):
    return line.replace(b'"v": 2', b'"v":' + space + b" 2")


def lines(phone, count):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def rows_of(phone):
    return Entry.select().where(Entry.device == phone.device.id).count()


def test_spaces_make_no_other_line(settled_fund):
    phone = small_fund.phone(settled_fund)
    [line] = lines(phone, 1)
    [first] = phone.send([line], at=NOW)
    for times in range(2):
        [again] = phone.send([spaced(line)], at=NOW)
        assert (again["outcome"], again["number"], again["received_at"]) == (
            "replayed",
            first["number"],
            first["received_at"],
        )
        assert again["sha256"] == envelopes.read(spaced(line)).sha256 != first["sha256"]
        assert verifies(again), times
    assert (rows_of(phone), Twin.select().count()) == (1, 1)
    assert not [*promises.twins_verify(), *promises.seats_are_taken_once()]


def test_a_carried_twin_with_its_signature_stripped_is_that_line(settled_fund):
    phone, other = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    [line] = lines(phone, 1)
    phone.send([line], at=NOW)
    outer = json.loads(line)
    outer.pop("sig")
    [told] = other.send([json.dumps({**outer, "v": 1}).encode()], at=NOW)
    assert told["outcome"] == "replayed" and rows_of(phone) == 1


def test_the_next_line_may_name_either(settled_fund):
    phone = small_fund.phone(settled_fund)
    [line] = lines(phone, 1)
    phone.prev = envelopes.read(spaced(line)).sha256
    [after] = lines(phone, 1)
    phone.send([line], at=NOW)
    phone.send([spaced(line)], at=NOW)
    phone.send([after], at=NOW)
    assert chains.breaks() == []
    assert not [*promises.breaks_are_on_the_board()]


def test_what_is_sealed_otherwise_is_a_conflict_and_what_was_erased_too(settled_fund):
    phone = small_fund.phone(settled_fund)
    [line] = lines(phone, 1)
    [row] = phone.deliver([line], at=NOW)
    phone.seq, phone.prev = 0, ""
    other = phone.line("household", small_fund.household("46"), at=NOW, place="canal", entry_id=row.entry_id)
    assert phone.send([other], at=NOW)[0]["outcome"] == "quarantined"
    review.reject(row, by=settled_fund.people["zone-leader"], at=NOW, reason="x")
    erasure.erase(
        row, by=settled_fund.people["admin"], at=NOW, reason="ขอให้ลบ", legal_ground=next(iter(erasure.GROUNDS))
    )
    phone.send([spaced(line)], at=NOW)
    assert Entry.get(Entry.sha256 == envelopes.read(spaced(line)).sha256).reason == "conflict"
    assert entries.find(row.entry_id).id == row.id
