"""The promises about what stands beside a sealed line: who wrote it, on which phone, at which number and about what, as the line itself says."""

import json

from pwa.domain.custody import envelopes

FACTS = {"id": "entry_id", "device": "device", "seq": "seq", "author": "author", "prev": "prev", "kid": "kid"}
"""What a line says in clear, and the column that repeats it."""


def differences(row, line):
    """Sentences about each column of an Entry that says something else than its line."""
    try:
        told = envelopes.read(line)
    except envelopes.NotAnEnvelope:
        yield f"The line of {row.entry_id} is no envelope."
        return
    for name, column in FACTS.items():
        if getattr(told, name) != getattr(row, column):
            yield f"The entry {row.entry_id} (row {row.id}) has another {name} than its line."


def differences_of_payload(row, opening, plaintext):
    """Sentences about each column of an Opening that says something else than what was opened."""
    told = json.loads(plaintext)
    held = {
        "kind": opening.kind,
        "form": opening.form,
        "subject": str(opening.subject),
        "recorded_at": opening.recorded_at,
        "replaces": str(opening.replaces) if opening.replaces else None,
    }
    for name, value in held.items():
        if (told.get(name) or None) != value:
            yield f"The opening of {row.entry_id} (row {opening.id}) has another {name} than its payload."
