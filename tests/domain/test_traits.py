"""What is compared of a person: names in the wrong field, houses written otherwise, years that may be one later."""

import pytest

from pwa.domain.register import traits


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ({"first_name": "นายอติกานต์ อิทธินันต์"}, "อติกานต์", "อิทธินันต์"),
        ({"last_name": "นายอติกานต์ อิทธินันต์"}, "อติกานต์", "อิทธินันต์"),
        ({"title": "นาย", "first_name": "ชยพล ปาปี", "last_name": "ปาปี"}, "ชยพล", "ปาปี"),
        ({"first_name": "หลวงพ่อบุญยิ้ม"}, "บุญยิ้ม", ""),
        ({"first_name": "คุณสายพิณ", "last_name": "พระทอง"}, "สายพิณ", "พระทอง"),
        ({"title": "นาย"}, "", ""),
    ],
)
def test_it_puts_names_where_they_belong(typed, first, last):
    found = traits.of(typed)
    assert (found.first.key, found.last.key) == (first, last)


@pytest.mark.parametrize("number", ["45/2", "๔๕/๒", "เลขที่ ๔๕/๒", "บ้านเลขที่ 45 / 2", " 45/2 "])
def test_it_knows_a_house_however_its_number_is_written(number):
    assert traits.house("C1", number) == "C1|45/2" != traits.house("C2", number)


def test_a_house_without_a_number_is_none():
    assert traits.house("C1", "") == traits.house("C1", None) == ""


def test_it_is_unsure_of_a_year_that_began_in_april():
    years = {
        birth: traits.of({"birth_date": birth}).unsure for birth in ("1937-02-15", "1937-05", "1937", "1941-01-02")
    }
    assert [birth for birth, unsure in years.items() if unsure] == ["1937-02-15"]


@pytest.mark.parametrize(("one", "other"), [("ประสิทธิพงษ์", "ประสิทพง"), ("รัตนลักษณ์", "รัดนาลักษณ์"), ("วชิรวิทย์", "วชรวทย์")])
def test_it_sees_two_letters(one, other):
    assert traits.two_apart(one, other) or traits.alike("first", traits.name(one), traits.name(other))


@pytest.mark.parametrize(
    ("one", "other"), [("สมชาย", "สมหมาย"), ("วชิรวิทย์", "วัชรพงษ์"), ("", "กก"), ("กขคงจฉชซ", "ขขคงจฉชด")]
)
def test_it_does_not_see_more(one, other):
    assert not traits.two_apart(one, other)
