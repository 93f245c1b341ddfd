"""What was told of claims: by approved entries, or by the list on which a claim stands. Many are read with the same few queries as one."""

import json

from db.models import ClaimEntry, Entry
from pwa.domain.crypto import sealing
from pwa.domain.custody import clocks, entries, states
from pwa.domain.fund import due_claims
from pwa.domain.text.dates import BANGKOK


def of_sealed(claim):
    """{benefit, subject, nth} of a Claim."""
    return json.loads(sealing.open_value(claim.said, f"claim|{claim.id}"))


def entries_of(claims):
    """{claim id: [Entry] whose approval stands and that tell of this claim, the oldest first}."""
    found = {one.id: [] for one in claims}
    query = Entry.select(Entry, ClaimEntry.claim.alias("tells_of")).join(ClaimEntry)
    rows = list(query.where(ClaimEntry.claim.in_(list(found))).order_by(Entry.id).objects()) if found else []
    stands = states.many(rows)
    for row in rows:
        if stands[row.id] == "approved":
            found[row.tells_of].append(row)
    return found


def of(claims):
    """{claim id: (payload, day of recording, Entry)} that counts: of the newest approved entry, else of the list that it stands on,
    without an Entry. Of what cannot be read any more nothing.
    """
    claims, telling = list(claims), entries_of(claims)
    contents = entries.plaintexts([row for rows in telling.values() for row in rows])
    found = {}
    for claim, rows in telling.items():
        row = next((one for one in reversed(rows) if one.id in contents), None)
        if row is not None:
            content = contents[row.id]
            found[claim] = content["payload"], recorded_on(row, content), row
    listed = due_claims.told([(one, of_sealed(one)) for one in claims if one.id not in found])
    return found | {claim: (*told, None) for claim, told in listed.items()}


def recorded_on(row, content):
    """The day in Thailand on which an entry was recorded."""
    at = clocks.happened(content["recorded_at"], ahead_ms=content.get("clock_ms"), received_at=row.received_at)
    return at.astimezone(BANGKOK).date()
