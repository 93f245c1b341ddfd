"""Who stands on a list, by the first day that counts for each."""

from pwa.domain.fund import due_people
from tests.listing import candidates, elder


def test_the_first_day_of_the_period_counts(app):
    """Sixty on the second of January is too late for this year, on the first it is not; three years likewise."""
    elder(1, born="1966-01-01"), elder(2, born="1966-01-02")
    elder(3, joined="2023-01-01"), elder(4, joined="2023-01-02")
    assert [number for number, one in candidates().items() if one.is_on] == ["ป1", "ป3"]


def test_every_reason_is_said_of_somebody_in_words():
    assert all(len(words) > 5 for words in due_people.REASONS.values()) and "" not in due_people.REASONS
