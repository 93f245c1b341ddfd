"""A fund's bank accounts: one spelling each, chosen from; what older entries named is still there."""

import pytest

from db.models import Bank
from pwa.domain import Refusal
from pwa.domain.fieldwork import kit_dues
from pwa.domain.fund import banks, holders
from tests.collecting import TODAY
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def write(fund, name="ธ.ก.ส.", digits="4471", since=TODAY):
    return banks.write(fund.fund, name, digits, since=since, by=fund.people["admin"], at=NOW)


def test_an_account_is_named_by_bank_and_last_digits_once(fund):
    assert write(fund).id == write(fund, "  ธ.ก.ส. ", "๔๔๗๑").id
    write(fund, digits="9902")
    assert banks.names(fund.fund) == ["ธ.ก.ส. 4471", "ธ.ก.ส. 9902"] and Bank.select().count() == 2
    assert holders.in_bank(fund.fund, "ธ.ก.ส. 4471").code == "1100-ธ.ก.ส.-4471"
    assert [one["banks"] for one in kit_dues.told([fund.fund], on=TODAY)["collects"]] == [
        ["ธ.ก.ส. 4471", "ธ.ก.ส. 9902"]
    ]


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"name": " "}, "bank_name"),
        ({"name": "ก" * 41}, "bank_name"),
        ({"digits": "12"}, "digits"),
        ({"digits": "1234567"}, "digits"),
        ({"digits": "12x"}, "digits"),
        ({"since": None}, "since"),
    ],
)
def test_what_is_missing_is_said_at_its_field(fund, about, field):
    with pytest.raises(Refusal) as refused:
        write(fund, **about)
    assert (refused.value.field, Bank.select().count()) == (field, 0)


def test_what_older_entries_named_is_listed_once_and_may_be_chosen(fund):
    assert kit_dues.told([fund.fund], on=TODAY)["collects"][0]["banks"] == []
    for place in (holders.in_bank, holders.on_the_way):
        place(fund.fund, "ออมสิน")
        place(fund.fund, "ธ.ก.ส. 4471")
    write(fund)
    assert [(one.name, one.row is not None) for one in banks.of(fund.fund)] == [("ธ.ก.ส. 4471", True), ("ออมสิน", False)]
    assert banks.named(fund.fund, "ออมสิน").name == "ออมสิน" and banks.names(fund.fund) == ["ธ.ก.ส. 4471"]
    with pytest.raises(Refusal):
        banks.named(fund.fund, "กรุงไทย")
