"""The treasurer's office goes over with an empty hand, a list of the banks, and three signatures of three people."""

import uuid

import pytest

from db.models import Account, OfficeChange, OfficeSignature
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import banks, branches, office_changes, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.collecting import TODAY, collector, gift, told
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    for handle, role in (("old", "treasurer"), ("new", "treasurer"), ("auditor", "auditor")):
        kept_fund.people[handle] = accounts.add(handle, name=handle, unit=kept_fund.units["town"], role=role, at=NOW)
    banks.write(kept_fund.fund, "ออมสิน", "001", since=TODAY, by=kept_fund.people["old"], at=NOW)
    return kept_fund


def write(fund, kind, baht, **about):
    asked = Asked(kind, TODAY, baht * 100, payee="อบต.", ground="สมทบ", **about)
    vouchers.write(fund.fund, asked, command_id=uuid.uuid4(), by=fund.people["old"], at=NOW, on=TODAY)


def begin(fund, coming="new", by="old"):
    one = fund.people.get(coming)
    said = str(one.id) if one else coming
    return office_changes.begin(fund.fund, said, by=fund.people[by], at=NOW, on=TODAY)


def sign(fund, change, who):
    return office_changes.sign(change, by=Account.get_by_id(fund.people[who].id), at=NOW)


def test_three_sign_what_lies_in_the_bank(fund):
    write(fund, "income", 500, code="4040", source="bank", bank="ออมสิน 001")
    change = begin(fund)
    assert [(line.ledger_account.code, line.amount_satang) for line in change.lines] == [("1100-ออมสิน-001", 50000)]
    assert [len(office_changes.waiting(fund.people[who])) for who in ("old", "new", "auditor")] == [0, 1, 1]
    for who in ("new", "auditor", "auditor", "old"):
        sign(fund, change, who)
    assert office_changes.state(change).is_done and OfficeSignature.select().count() == 3
    assert office_changes.waiting(fund.people["auditor"]) == []


def test_cash_in_the_hand_goes_first(fund):
    write(fund, "income", 500, code="4040", source="1000-old")
    with pytest.raises(Refusal) as refused:
        begin(fund)
    assert refused.value.message == office_changes.STILL_CASH and not OfficeChange.select().exists()


def test_cash_of_a_branch_for_which_the_leaver_answers_goes_first_too(fund):
    """It is named; another branch, and what lies in another fund, hinders nobody."""
    keepers = [str(fund.people[who].id) for who in ("old", "volunteer")]
    mine = branches.make(fund.fund, "ตลาดเช้า", *keepers, by=fund.people["old"], at=NOW)
    others = [str(fund.people[who].id) for who in ("new", "volunteer")]
    theirs = branches.make(fund.fund, "วัดเหนือ", *others, by=fund.people["old"], at=NOW)
    for no, branch in ((1, mine), (2, theirs)):
        told(collector(fund), gift(no, collector=branch.code))
    with pytest.raises(Refusal) as refused:
        begin(fund)
    assert (refused.value.message, refused.value.values) == (office_changes.IN_BRANCH, {"name": "ตลาดเช้า"})
    held = office_changes.inside(fund.fund, fund.people["old"])
    assert [(one.name, one.satang, one.is_branch) for one in held] == [("ตลาดเช้า", 10000, True)]
    assert [one.name for one in office_changes.kept_by(fund.fund, fund.people["old"])] == ["ตลาดเช้า"]


def test_who_signs_asks_anew_whether_a_branch_is_empty(fund):
    keepers = [str(fund.people[who].id) for who in ("old", "volunteer")]
    branch = branches.make(fund.fund, "ตลาดเช้า", *keepers, by=fund.people["old"], at=NOW)
    change = begin(fund)
    told(collector(fund), gift(1, collector=branch.code))
    with pytest.raises(Refusal) as refused:
        sign(fund, change, "new")
    assert refused.value.message == office_changes.CHANGED


@pytest.mark.parametrize("coming", ["", "x", "auditor", "old", "volunteer"])
def test_only_another_treasurer_takes_over(fund, coming):
    with pytest.raises(Refusal) as refused:
        begin(fund, coming)
    assert refused.value.message == office_changes.CHOOSE


def test_nobody_signs_for_two_and_a_stranger_does_not(fund):
    change = begin(fund)
    person = uuid.UUID(int=9)
    Account.update(person=person).where(Account.id.in_([fund.people[who].id for who in ("new", "auditor")])).execute()
    change = OfficeChange.get_by_id(change.id)
    for who in ("auditor", "zone-leader"):
        with pytest.raises(Refusal) as refused:
            sign(fund, change, who)
        assert refused.value.message == office_changes.NOT_YOURS
    with pytest.raises(NotFound):
        office_changes.find(change.id, seen_by=fund.people["other-zone-leader"])


def test_the_same_list_again_is_one_and_a_newer_one_takes_its_place(fund):
    first = begin(fund)
    assert begin(fund).id == first.id
    newer = begin(fund, "old", by="new")
    with pytest.raises(Refusal) as refused:
        sign(fund, first, "new")
    assert refused.value.message == office_changes.CHANGED
    assert [one.change for one in office_changes.waiting(fund.people["old"])] == [newer]


def test_a_list_that_is_not_true_any_more_is_not_signed(fund):
    write(fund, "income", 500, code="4040", source="bank", bank="ออมสิน 001")
    change = begin(fund)
    write(fund, "withdrawal", 100, bank="ออมสิน 001")
    with pytest.raises(Refusal) as refused:
        sign(fund, change, "new")
    assert refused.value.message == office_changes.CHANGED
