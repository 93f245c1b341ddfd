"""Money that cannot wait for a meeting, as death money at the funeral: two of the committee agree, within what the regulation lets them.

It is paid at once and stands on the next agenda; a meeting that does not confirm it has it brought back (claim_reviews).
"""

from db.models import Resolution
from pwa.domain import N_, Refusal
from pwa.domain.fund import after_restore
from pwa.domain.fund.terms import Urgent
from pwa.domain.review import resolutions

BOARD = "เร่งด่วน"
"""What stands in place of the board's number: a resolution of this kind."""
REST = "จ่ายเร่งด่วนเท่าที่ระเบียบให้จ่ายก่อนประชุม ส่วนที่เหลือให้ที่ประชุมพิจารณา"
"""The reason of a sum that the regulation's limit alone has cut."""
NOT_URGENT = N_("The regulation does not let this be paid before a meeting. It waits for the next one.")
TOO_MUCH = N_("Before a meeting the regulation lets at most %(baht)s baht be paid. The meeting decides on the rest.")


def rule(known):
    """The Urgent of the regulation that is in force on the event's day, if this benefit is among them; else None."""
    setting: Urgent | None = known.version.settings.urgent if known and known.version else None
    return setting if setting and known.benefit and known.benefit.code in setting.benefits else None


def as_much(known, reason):
    """(satang, reason): what the rules give, as far as may be given before a meeting. Call where the rules give a sum."""
    setting, satang = rule(known), known.answer.amount_satang
    most = setting.max_satang if setting else None
    if most is None or satang <= most:
        return satang, reason
    return most, reason or REST


def must_be_within(known, satang):
    """Refuses what the regulation does not let two decide."""
    setting = rule(known)
    if setting is None:
        raise Refusal(NOT_URGENT)
    if setting.max_satang is not None and satang > setting.max_satang:
        raise Refusal(TOO_MUCH, field="amount", baht=f"{setting.max_satang // 100:,}")


def resolution(fund, *, by, at, on):
    """The next resolution of this kind, numbered through the year: 1/2569."""
    year = on.year + 543
    written = Resolution.select().where(Resolution.fund == fund, Resolution.board == BOARD).order_by(Resolution.id)
    numbered = [(int(n), one) for one in written for n, of in [one.meeting.split("/")] if of == str(year)]
    number, last = max(numbered, key=lambda each: each[0], default=(0, None))
    sitting = {"board": BOARD, "meeting": f"{number + 1 + after_restore.gap(last)}/{year}", "resolved_on": on}
    return resolutions.of(fund, sitting, by=by, at=at)


def is_urgent(standing):
    """Whether what was granted was agreed to by two and no meeting has said anything about it yet."""
    last = standing.decision
    before = [one for one in standing.acts if last and one.n < last.n]
    return bool(last) and last.kind == "grant" and bool(before) and before[-1].kind == "urge"
