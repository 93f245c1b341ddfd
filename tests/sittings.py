"""A sitting of the demo village's committee, with three of it present."""

from pwa.domain.fund import versions
from pwa.domain.people import accounts
from pwa.domain.review import attendance, sittings
from tests.claiming import AT, sitting

THREE = ("registrar", "committee", "committee-2")


def held(*handles, **more):
    """The Resolution of the sitting of the day, with these present."""
    said = sitting(**more)
    said = {name: said[name] for name in ("board", "meeting", "resolved_on", "by", "at")}
    one = sittings.begin(versions.fund_of("F1"), **said)
    there = {str(accounts.named(handle).id): "" for handle in handles or THREE}
    attendance.record(one, there, {}, by=accounts.named("registrar"), at=AT)
    return one
