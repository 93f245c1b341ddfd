"""The sittings of a fund's committee: each is a resolution's board, number and day, under an address of its own that nobody can count on.

What was resolved anywhere names its sitting, so that whatever a meeting did is found with it.
"""

import re
import uuid

from db.models import Fund, Resolution
from pwa.domain import NotFound
from pwa.domain.crypto import sealing
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.review import resolutions, urgent_money

TYPISTS = roles.may("propose-claims")
READERS = roles.may("propose-claims", "sign-books")
SHOWN = 24


def id_of(resolution):
    """The id of a sitting in addresses."""
    return uuid.UUID(sealing.keyed_hash(f"{resolution.id}", "sitting")[:32], version=4)


def begin(fund, *, board, meeting, resolved_on, by, at):
    """The sitting with this board, number and day: the one that is there, or a new one. Raises Refusal."""
    said = resolutions.sitting(board, meeting, resolved_on, at=at)
    return resolutions.of(fund, said, by=by, at=at)


def get(sitting_id, *, seen_by, may=TYPISTS):
    """The Resolution of a sitting of a fund within the reach of these roles. Raises NotFound."""
    mine = Fund.select(Fund.id).where(Fund.unit.in_(units.within(seen_by, *may)))
    query = Resolution.select(Resolution, Fund).join(Fund).where(Resolution.fund.in_(mine))
    found = next((one for one in query if id_of(one) == sitting_id), None)
    if found is None:
        raise NotFound
    return found


def of(fund, most=SHOWN):
    """[Resolution] of a fund, the newest sitting first."""
    query = Resolution.select(Resolution, Fund).join(Fund).where(Resolution.fund == fund)
    return list(query.order_by(Resolution.resolved_on.desc(), Resolution.id.desc()).limit(most))


def is_running(resolution):
    """Whether what waits may still be decided at this sitting: none of the fund's was on a later day. What two agreed to without a
    meeting is no sitting.
    """
    met = Resolution.select().where(Resolution.fund == resolution.fund_id, Resolution.board != urgent_money.BOARD)
    later = met.where(Resolution.resolved_on > resolution.resolved_on)
    return resolution.board != urgent_money.BOARD and not later.exists()


def running(fund):
    """[Resolution] of a fund at which what waits may still be decided: those of the last day on which it met."""
    met = [one for one in of(fund) if one.board != urgent_money.BOARD]
    return [one for one in met if one.resolved_on == met[0].resolved_on]


def following(held, *, on):
    """(board, meeting) that most likely comes after the sittings of `of`: the last one's board, the next number of the year; "" where
    nobody can tell. What two agreed to without a meeting is no sitting.
    """
    last = next((one for one in held if one.board != urgent_money.BOARD), None)
    if last is None:
        return "", ""
    number = re.fullmatch(r"(\d{1,4})(?:/(\d{4}))?", last.meeting)
    if number is None:
        return last.board, ""
    year = number[2] and on.year + 543
    is_new = year and int(number[2]) < year
    return last.board, f"{1 if is_new else int(number[1]) + 1}" + (f"/{year}" if year else "")
