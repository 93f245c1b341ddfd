"""What holds of field kits at any time."""

from peewee import JOIN

from db.models import Assignment, AssignmentEnd, KitDownload
from pwa.domain.text.dates import BANGKOK


def kits_were_within_assignments():
    """A kit was brought only from the first day of an assignment through its last, and never after it was ended."""
    query = (
        KitDownload.select(KitDownload, Assignment, AssignmentEnd)
        .join(Assignment)
        .join(AssignmentEnd, JOIN.LEFT_OUTER, attr="ended")
        .order_by(KitDownload.id)
    )
    for row in query:
        assignment, day = row.assignment, row.at.astimezone(BANGKOK).date()
        ended = getattr(assignment, "ended", None)
        if not assignment.starts_on <= day <= assignment.ends_on or (ended and row.at > ended.at):
            yield f"Kit {row.id} was brought outside the days of assignment {assignment.id}."
