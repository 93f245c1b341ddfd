"""Cash that stays in a hand and was counted, for the close of the month. It moves nothing; a difference is only told."""

from db import database
from db.models import HandCount
from pwa.domain.fund import ledger


def write(hand, satang, *, by, at, on):
    """Note what somebody counted in a hand that they answer for; the same sum again on a day is the same row."""
    with database.atomic():
        booked = ledger.balance(hand)
        last = (
            HandCount.select().where(HandCount.hand == hand, HandCount.on == on).order_by(HandCount.id.desc()).first()
        )
        if last and (last.counted_satang, last.booked_satang, last.account) == (satang, booked, by):
            return last
        return HandCount.create(hand=hand, on=on, counted_satang=satang, booked_satang=booked, account=by, at=at)
