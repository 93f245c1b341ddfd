"""A sitting is written down with board, meeting and day, and a reason where somebody is not admitted."""

from datetime import UTC, date, datetime

import pytest

from pwa.domain import Refusal
from pwa.domain.review import resolutions

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
TODAY = date(2026, 11, 28)


def test_it_is_kept_in_plain_digits_and_the_day_is_the_one_of_thailand():
    kept = resolutions.sitting(" ๓ ", "๘/๒๕๖๙", TODAY, at=NOW)
    assert kept == {"board": "3", "meeting": "8/2569", "resolved_on": TODAY}


@pytest.mark.parametrize(
    ("board", "meeting", "on", "field"),
    [
        ("", "8", TODAY, "board"),
        (None, "8", TODAY, "board"),
        ("3", "\u200b", TODAY, "meeting"),
        ("3", "x" * 301, TODAY, "meeting"),
        ("3", "8", None, "resolved_on"),
        ("3", "8", date(2026, 11, 29), "resolved_on"),
    ],
)
def test_it_refuses_what_is_missing_or_still_to_come(board, meeting, on, field):
    with pytest.raises(Refusal) as refused:
        resolutions.sitting(board, meeting, on, at=NOW)
    assert refused.value.field == field


def test_a_reason_is_needed_where_somebody_is_not_admitted():
    assert resolutions.reason("", accepted=True) == ""
    assert resolutions.reason(" อยู่นอกเขต ", accepted=False) == "อยู่นอกเขต"
    for text in (" ", None, "x" * 301):
        with pytest.raises(Refusal):
            resolutions.reason(text, accepted=False)
