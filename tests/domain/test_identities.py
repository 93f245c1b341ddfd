"""What an id names: the first line that somebody vouched for."""

from db.models import Entry
from pwa.domain.custody import entries, envelopes, identities
from pwa.domain.people import devices
from tests import small_fund
from tests.small_fund import NOW


def test_junk_under_an_id_does_not_keep_it(settled_fund):
    phone, junk = small_fund.phone(settled_fund), devices.register(at=NOW)
    [line] = [phone.line("household", small_fund.household(), at=NOW, place="canal")]
    other = line.replace(b'"v": 2', b'"v": 2, "x": 1').replace(b'"sig": "', b'"sig": "AAAA')
    entries.receive([other], sender=junk.id, at=NOW)
    entry_id = envelopes.read(line).id
    mine = Entry.select().where(Entry.entry_id == entry_id)
    assert identities.named(entry_id).transport == "unproved"
    assert identities.held(mine) == set()
    [row] = phone.deliver([line], at=NOW)
    assert (row.outcome, row.reason) == ("received", "")
    assert entries.find(entry_id).id == row.id
    assert identities.held(mine.clone()) == {entry_id}
