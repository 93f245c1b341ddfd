"""What somebody writes in their own words, such as a reason: clean, there where it must be, and no longer than anybody reads."""

from pwa.domain import N_, Refusal
from pwa.domain.text import thai

LONGEST = 1000
"""Characters of a reason, when its field names no other."""


def said(text: str | None, *, asked: str = "", field: str = "reason", longest: int = LONGEST) -> str:
    """The text as it is kept. Raises Refusal at `field`: with the sentence `asked` when nothing is written, or when it is too long.

    Without `asked` it may stay empty.
    """
    text = thai.clean(text or "")
    if asked and not text:
        raise Refusal(asked, field=field)
    if len(text) > longest:
        raise Refusal(N_("This is too long. Shorten it."), field=field)
    return text
