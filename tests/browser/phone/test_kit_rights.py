"""What a phone picks from the rows of a kit on a day: the last that has begun, and from when it gives what it does not give yet."""

import pytest

ROWS = [
    [0, "", 0, 0],
    [0, "2027-03-01", 100_000, 1],
    [1, "", 150_000, 2],
    [1, "2026-12-01", 300_000, 3],
    [2, "", 0, 0],
    [2, "2027-08", 20_000, 4],
]
TOLD = {
    "rows": [ROWS],
    "benefits": ["เกิด", "ตาย", "แก่"],
    "sentences": ["ยังไม่ได้", "1,000 บาท", "1,500 บาท", "3,000 บาท", "200 บาท"],
}
PICK = """async ([told, today]) => {
  const { rightsOf, rowsIn } = await import(moduleOf("kit-rights"));
  return rightsOf({ rights: rowsIn(told)[0] }, today);
}"""


@pytest.mark.parametrize(
    "today, says, later",
    [
        ("2026-11-30", ["ยังไม่ได้", "1,500 บาท", "ยังไม่ได้"], ["2027-03-01", None, "2027-09"]),
        ("2026-12-01", ["ยังไม่ได้", "3,000 บาท", "ยังไม่ได้"], ["2027-03-01", None, "2027-09"]),
        ("2027-03-01", ["1,000 บาท", "3,000 บาท", "ยังไม่ได้"], [None, None, "2027-09"]),
        ("2027-08-31", ["1,000 บาท", "3,000 บาท", "ยังไม่ได้"], [None, None, "2027-09"]),
        ("2027-09-01", ["1,000 บาท", "3,000 บาท", "200 บาท"], [None, None, None]),
    ],
)
def test_the_phone_picks_by_the_day_and_says_from_when(page, today, says, later):
    shown = page.evaluate(PICK, [TOLD, today])
    assert [one["says"] for one in shown] == says
    assert [one["later"] and one["later"]["from"] for one in shown] == later
    assert [one["title"] for one in shown] == TOLD["benefits"]
