"""A committee's sitting and its reasons as they are written down: which board, which meeting, on which day, and why not."""

from pwa.domain import N_, Refusal
from pwa.domain.register.tables import BANGKOK
from pwa.domain.text import thai

LONGEST = 300


def sitting(board, meeting, resolved_on, *, at):
    """{board, meeting, resolved_on}, checked and in plain digits."""
    board, meeting = (thai.clean(thai.digits(text or "")) for text in (board, meeting))
    for name, text in (("board", board), ("meeting", meeting)):
        if not text:
            raise Refusal(N_("Write the number of the board and of the meeting."), field=name)
        if len(text) > LONGEST:
            raise Refusal(N_("This is too long. Shorten it."), field=name)
    if resolved_on is None:
        raise Refusal(N_("Enter the day of the meeting."), field="resolved_on")
    if resolved_on > at.astimezone(BANGKOK).date():
        raise Refusal(N_("The meeting is still to come. Check the date."), field="resolved_on")
    return {"board": board, "meeting": meeting, "resolved_on": resolved_on}


def reason(text, *, accepted):
    """What the applicant will read; needed when they are not admitted."""
    text = thai.clean(text or "")
    if not accepted and not text:
        raise Refusal(N_("Write the reason, the applicant will read it."), field="reason")
    if len(text) > LONGEST:
        raise Refusal(N_("This is too long. Shorten it."), field="reason")
    return text
