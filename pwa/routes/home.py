"""The front door: what Ombun is for a stranger, today's work for those who work here, and /me for those who are members only."""

from flask import Blueprint, abort, current_app, redirect, request
from flask_babel import gettext as _

from pwa.access import current_account, my_roles, public
from pwa.domain import N_
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.desk import cases, tasks
from pwa.domain.fieldwork import assignments
from pwa.domain.operations import health, schedule
from pwa.domain.people import second_officers
from pwa.domain.places import units
from pwa.domain.register import members
from pwa.domain.review import samples
from pwa.i18n import ROLE_NAMES, role_name
from pwa.web import now, render

bp = Blueprint("home", __name__)

ROOMS = {
    "second_looks": ("/second-looks", "review", N_("Second looks, drawn by lot")),
    "role_starts": ("/role-starts", "person", N_("Roles that need a second officer")),
    "accesses": ("/accesses", "passkey", N_("Ask whether this access is theirs")),
    "reissues": ("/reissues", "passkey", N_("New access that needs your word")),
    "review": ("/review", "review", N_("Entries to check")),
    "admissions": ("/admissions", "person", N_("Applicants for the committee")),
    "board": ("/board", "board", N_("Phones with missing entries")),
    "quarantine": ("/quarantine", "problem", N_("Entries that need a look")),
    "notices": ("/notices", "comment", N_("People to be told that their data is kept")),
}
ALARMS = {
    "missing-key": N_("A key is missing from the data folder. Put it back, or restore a backup."),
    "database": N_("Nothing can be written to the database."),
    "phones-sent-away": N_(
        "Phones are being sent away: what they send cannot be kept just now. They keep it and come again."
    ),
    "disk-nearly-full": N_("The disk is nearly full. Make room."),
    "broken-promises": N_("The nightly check found something wrong. Run “ombun check”."),
    "backup-late": N_("There was no backup for more than a day. See “Backups”."),
    "backup-passphrase-missing": N_("Backups have no passphrase yet, so none is made. See “Backups”."),
    "backup-passphrase-weak": N_(
        "The passphrase for backups is easy to guess, and the files hold every key. Change it for a longer one."
    ),
    "restore-failed": N_("The last backup could not be restored when it was tried. See “Backups”."),
}
TO_COME = {
    "treasurer": N_(
        "Receipts of contributions, the cash in each hand, hand-overs counted by two, payments, and the cash book."
    ),
    "committee": N_("Claims for the meeting, each with its reason, its sum and who may not decide it, and the rules."),
    "auditor": N_("The books with the paper behind each line, the closes of the months, and who changed what."),
    "network": N_("Each fund's report: members, money, what is late, and whom to ask."),
    "province": N_("The figures of all funds of the province, as a whole and without names."),
}
"""What will be on the home page of a role that has little or nothing there yet."""
LINKS = (
    ({"member"}, "/me", "rights", N_("My rights")),
    (set(samples.READERS) - set(samples.LOOKERS), "/second-looks", "review", N_("Second looks, drawn by lot")),
    (set(FIELD_ROLES), "/households", "household", N_("Households")),
    (set(assignments.GIVERS), "/assignments", "person", N_("Assignments of volunteers")),
    (set(cases.ROLES), "/custody", "sent", N_("What came in")),
    ({"admin"}, "/accounts", "person", N_("People who work here")),
    (set(second_officers.OFFICERS), "/accesses", "passkey", N_("Accesses to confirm")),
    ({"admin"}, "/devices", "phone", N_("Phones")),
    (set(schedule.ROLES), "/backups", "safe", N_("Backups")),
    (set(ROLE_NAMES), "/dictionary", "board", N_("What data is kept, and why")),
)


@bp.get("/")
@public
def index():
    account, shell = current_account(), "Ombun-Shell" in request.headers
    if account is None:
        return abort(401) if shell else render("home/public.html")
    if my_roles() <= {"member"} and not shell:
        return redirect("/me", 303)
    return render(
        "home/index.html",
        "home/_tasks.html",
        shell=shell,
        volunteers="volunteer" in my_roles(),
        records=bool(my_roles() & set(FIELD_ROLES)),
        place=place(account),
        tasks=None if shell else waiting(account),
        alarms=alarms() if "admin" in my_roles() and not shell else [],
        to_come=[(role_name(role), words) for role, words in TO_COME.items() if role in my_roles()],
        by_paper=bool(my_roles() & TO_COME.keys() & set(members.LOOKERS)),
        links=[link for roles, *link in LINKS if roles & my_roles()],
    )


def alarms():
    return [ALARMS[name] for name in health.alarms(at=now(), passphrase=current_app.config["OMBUN"].passphrase)]


def waiting(account):
    """(address, icon, words, count, since) for each room that this account decides in."""
    return [(*ROOMS[task.room], task.count, task.since) for task in tasks.waiting(account, at=now())]


def place(account):
    """What the account is here for: role and unit, or the roles alone when there are several."""
    grants = [grant for grant in units.grants(account) if grant.role != "member"]
    if len(grants) == 1:
        return _("%(role)s · %(unit)s", role=role_name(grants[0].role), unit=grants[0].unit.name)
    return " · ".join(dict.fromkeys(role_name(grant.role) for grant in grants))
