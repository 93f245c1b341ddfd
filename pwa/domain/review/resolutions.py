"""A committee's sitting and its reasons as they are written down: which board, which meeting, on which day, and why not."""

from db.models import Resolution
from pwa.domain import N_, Refusal
from pwa.domain.register.tables import BANGKOK
from pwa.domain.text import thai, wording

LONGEST = 300


def sitting(board, meeting, resolved_on, *, at):
    """{board, meeting, resolved_on}, checked and in plain digits."""
    asked = N_("Write the number of the board and of the meeting.")
    board = wording.said(thai.digits(board or ""), asked=asked, field="board", longest=LONGEST)
    meeting = wording.said(thai.digits(meeting or ""), asked=asked, field="meeting", longest=LONGEST)
    if resolved_on is None:
        raise Refusal(N_("Enter the day of the meeting."), field="resolved_on")
    if resolved_on > at.astimezone(BANGKOK).date():
        raise Refusal(N_("The meeting is still to come. Check the date."), field="resolved_on")
    return {"board": board, "meeting": meeting, "resolved_on": resolved_on}


def reason(text, *, accepted):
    """What the applicant will read; needed when they are not admitted."""
    asked = "" if accepted else N_("Write the reason, the applicant will read it.")
    return wording.said(text, asked=asked, longest=LONGEST)


def of(fund, sitting, *, by, at):
    """The Resolution of a sitting, written down when it is named first."""
    return Resolution.get_or_create(fund=fund, **sitting, defaults={"account": by, "at": at})[0]
