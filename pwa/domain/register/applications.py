"""Applications as a page named them, and as they are when something is resolved about them: only what was seen is decided.

An application goes when the approval that it stands on is undone, and its row's number may then be another one's.
"""

from db.models import Application
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.register import memberships

DIGITS = 10


def named(application):
    """How a page names the application that it shows: its row, and the entry that it stands on."""
    return f"{application.id}-{application.entry_id}"


def chosen(fund, names):
    """The fund's applications that a page named so, or by the row alone. One that is not there is not found."""
    asked = {_row(name): name for name in names}
    found = list(Application.select().where(Application.fund == fund, Application.id.in_([*asked])))
    if len(found) != len(asked):
        raise NotFound
    for application in found:
        must_be_seen(application, asked[application.id])
    return found


def must_be_seen(application, name):
    """Refuses when the page showed another one."""
    if "-" in name and name != named(application):
        raise _changed(application)


def must_be_as_read(applications):
    """Inside the transaction: refuses when one went, or stands on another entry now, since it was read."""
    ids = [application.id for application in applications]
    there = dict(Application.select(Application.id, Application.entry).where(Application.id.in_(ids)).tuples())
    for application in applications:
        if there.get(application.id) != application.entry_id:
            raise _changed(application)


def _row(name):
    row = name.partition("-")[0]
    return int(row) if row.isascii() and row.isdigit() and len(row) <= DIGITS else None


def _changed(application):
    name = memberships.name_of(application.person)
    return Refusal(N_("The application of %(name)s has changed meanwhile. Look at it again."), name=name)
