"""What the keeper of a demo village reads in the terminal: the three windows that show most of it, then everybody else's link."""

from db import database
from pwa.config import BadSetting
from pwa.domain.people import enrolments, trials
from pwa.server import loopback

FIRST = {
    "volunteer": "Volunteer: register a household (it works without a signal too)",
    "zone-leader": "Zone leader: check what the volunteer registered",
    "member": "Member: see my rights, and who wrote down what",
}
WINDOWS = (
    "Open each in a window of its own: another browser or profile, or a private window.",
    "Two windows of one browser are one phone, and no phone is two people's.",
)


def greeting(settings, *, at):
    """The lines that are said when the server starts. A demo village, open to whoever sits at this machine, is never served to a network."""
    is_demo = trials.is_demo()
    if is_demo:
        must_be_local(settings)
    if not is_demo or not settings.demo:
        return [f"Ombun is at {settings.origin}"]
    with database.atomic():
        return list(lines(settings.origin, at=at))


def must_be_local(settings):
    if not loopback.is_plain(settings):
        raise BadSetting(
            f"{settings.data} is for the demo village, which people on this machine enter without a key, and which is served at "
            "http://localhost only. For a real fund set OMBUN_DATA to an empty folder, and restore your own backup there."
        )


def lines(origin, *, at):
    """A new link for each account of the village, valid for 24 hours, the first three with what to do there."""
    made = {account.handle: f"{origin}/enrol#t={_token(account, at)}" for account in trials.listed()}
    first = [handle for handle in FIRST if handle in made]
    yield f"Ombun is at {origin}"
    if trials.may_begin():
        yield "No fingerprint reader or screen lock here? The links also lead in without one, to look around."
    yield from ("", *WINDOWS)
    for number, handle in enumerate(first, 1):
        yield from ("", f"{number}. {FIRST[handle]}", f"   {made.pop(handle)}")
    yield from ("", "Everybody else:")
    yield from (f"   {handle:<18} {link}" for handle, link in made.items())


def _token(account, at):
    return enrolments.issue(account, by=None, at=at, reason=enrolments.KEEPER).token
