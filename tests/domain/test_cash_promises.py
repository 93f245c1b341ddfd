"""The promise about cash, broken on purpose below the app."""

import pytest

import db
from db import append_only
from pwa.domain.custody.phones import Phone
from pwa.domain.operations import promises
from tests.collecting import collector, gift, offer, taking, told
from tests.small_fund import NOW

BROKEN = {
    "cash that left a hand by nobody's word": (
        "UPDATE posting SET account_id = (SELECT id FROM ledger_account WHERE code = '1000-volunteer') "
        "WHERE account_id = (SELECT id FROM ledger_account WHERE code = '2000')",
        "volunteer holds",
    ),
    "a count that was changed": ("UPDATE taking SET counted_satang = 9000", "zone-leader holds"),
    "a difference that is hidden": (
        "UPDATE posting SET account_id = (SELECT id FROM ledger_account WHERE code = '2000') "
        "WHERE account_id = (SELECT id FROM ledger_account WHERE code = '1200-volunteer')",
        "is 2000 satang, and 0 are named.",
    ),
    "a receipt that went on twice": ("UPDATE handed_on SET amount_satang = 20000", "satang, and names 20000."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_sees(name, bare_fund):
    giver = collector(bare_fund)
    told(giver, gift())
    made = told(giver, offer(), kind="handover")
    told(Phone(bare_fund.people["zone-leader"], at=NOW), taking(made, 80), kind="handover_receipt")
    assert promises.check() == []
    statement, sentence = BROKEN[name]
    with append_only.lifted(db.database.obj):
        db.database.execute_sql(statement)
    found = promises.check()
    assert any(sentence in one for one in found), found
