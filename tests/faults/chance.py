"""Chance that comes of a seed and of nothing else.

Hypothesis likes to draw numbers that stand in the source of whatever is loaded: a new constant anywhere would make other days of the
same seed, and a fault that the seed was chosen for would not happen any more.
"""

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

NAME = "fair"


class Fair(HypothesisProvider):
    """Every whole number between two bounds is as likely as the others."""

    def draw_integer(self, min_value=None, max_value=None, **about):
        if min_value is None or max_value is None:
            return super().draw_integer(min_value, max_value, **about)
        return self._random.randint(min_value, max_value)


AVAILABLE_PROVIDERS[NAME] = Fair
