"""What is written in own words is kept clean, asked for where it must be, and refused when nobody would read it to its end."""

import pytest

from pwa.domain import Refusal
from pwa.domain.text import wording


def test_it_is_kept_clean_and_may_be_empty_unless_it_is_asked_for():
    assert wording.said("  ย้าย   บ้าน\n") == "ย้าย บ้าน"
    assert wording.said(None) == wording.said(" \t") == ""
    with pytest.raises(Refusal, match="Write why") as refused:
        wording.said(" ", asked="Write why.", field="why")
    assert refused.value.field == "why"


@pytest.mark.parametrize(("longest", "length"), [(3, 3), (1000, 1000)])
def test_the_longest_is_taken_and_one_sign_more_is_not(longest, length):
    assert wording.said("ก" * length, longest=longest) == "ก" * length
    with pytest.raises(Refusal, match="too long"):
        wording.said("ก" * (length + 1), longest=longest)
