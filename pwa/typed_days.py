"""Days as people type them into three fields, in Buddhist years."""

from datetime import date

from flask import request

from pwa.domain import Refusal
from pwa.domain.text.dates import SENTENCES, from_buddhist
from pwa.web import today


def typed_day(name, *, ahead=False):
    """The day of the fields `name:day`, `name:month`, `name:year`; None when nothing was entered. Refuses, at the field, what is no day.

    `ahead`: it may still be to come.
    """
    parts = [request.form.get(f"{name}:{part}", "") for part in ("day", "month", "year")]
    if not any(parts[::2]):
        return None
    reading = from_buddhist(*parts, today=today(), may_be_ahead=ahead)
    if not reading.iso or len(reading.iso) < 10:
        raise Refusal(reading.message or SENTENCES["unreadable"], field=name, **reading.values)
    return date.fromisoformat(reading.iso)
