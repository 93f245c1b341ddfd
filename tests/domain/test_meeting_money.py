"""The money before a meeting, summed another way, and the clause where a pot is short."""

from db.models import LedgerAccount, Posting
from pwa.domain.fund import claim_lists, claim_payments, versions
from pwa.domain.people import accounts
from pwa.domain.review import agendas, meeting_money
from tests.claiming import birth, certified, decided


def test_it_adds_up_by_hand(app):
    decided(birth())
    row = claim_lists.row_of(certified())
    fund = versions.fund_of("F1")
    money = meeting_money.of(fund, agendas.of(fund, accounts.named("committee")).asked)
    held = [
        (one.account.code[:4], one.pot, one.amount_satang)
        for one in Posting.select(Posting, LedgerAccount).join(LedgerAccount)
    ]
    assert money.bank == sum(satang for code, _, satang in held if code in ("1100", "1150"))
    assert money.hands == sum(satang for code, _, satang in held if code == "1000")
    assert sum(one.holds for one in money.pots) == -sum(satang for _, pot, satang in held if pot)
    assert (money.promised, money.asked) == (100000, 60000)
    pot = meeting_money.pot_of(money, fund, row.benefit)
    assert pot.left == pot.holds - 160000 and pot.is_short == (pot.left < 0)
    assert pot.governs and all(clause for _, clause, _ in pot.governs)
    assert claim_payments.promised(fund) == 100000
