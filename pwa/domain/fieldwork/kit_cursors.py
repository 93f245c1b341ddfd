"""What a phone says it has of a kit: a short name for each household, as one text that it gives back and need not understand."""

import base64
import uuid

MARK = 6
ROW = 16 + MARK


def written(marks):
    """{household: mark} as a text that the phone gives back and need not understand."""
    rows = b"".join(uuid.UUID(one).bytes + marks[one] for one in sorted(marks))
    return base64.urlsafe_b64encode(rows).decode().rstrip("=")


def read(text):
    """{household: mark}, or None for what is no cursor."""
    if not isinstance(text, str):
        return None
    try:
        rows = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(rows) % ROW:
        return None
    starts = range(0, len(rows), ROW)
    return {str(uuid.UUID(bytes=rows[at : at + 16])): rows[at + 16 : at + ROW] for at in starts}
