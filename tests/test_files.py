"""Files to keep: no cell becomes a formula, sums are exact."""

from datetime import date

import pytest

from pwa import files
from pwa.domain.fund.sentences import Satang


@pytest.mark.parametrize("typed", ["=1+1", "+66", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_somebody_typed_is_no_formula(typed):
    table = files.Table("x", "x", [typed], [[typed]])
    assert files.as_csv(table).decode("utf-8-sig").replace('"', "").startswith(f"'{typed}"[:2])
    assert files.harmless(typed) == f"'{typed}"


def test_sums_are_exact_and_days_are_days():
    cells = [Satang(-5), Satang(99_999_999_999), Satang(100), date(2026, 11, 22), None, "กองทุน"]
    assert (
        files.as_csv(files.Table("x", "x", ["a"], [cells])).decode().splitlines()[1]
        == "-0.05,999999999.99,1.00,2026-11-22,,กองทุน"
    )
    assert files.as_xlsx(files.Table("x", "a/b" * 20, ["=a"], [cells]))[:2] == b"PK"
