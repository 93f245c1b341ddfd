"""Closing a month and a year, drafting a regulation and putting it in force, in processes that are killed with -9 at each step."""

from datetime import date

import pytest

from db.models import (
    BankBalance,
    CloseSignature,
    MonthClose,
    Regulation,
    Resolution,
    RuleDraft,
    RuleDraftSave,
    RuleProposal,
    RuleProposalEnd,
    YearClose,
    YearSignature,
)
from pwa.domain.fund import closes, rule_drafts, rule_proposals, versions, year_closes
from pwa.domain.fund.statement_balances import Said
from pwa.domain.people import accounts
from tests import killing
from tests.closing_books import AT, BANK, OCTOBER, ON, officed, write
from tests.small_fund import NOW

SEPTEMBER = date(2026, 9, 30)
SITTING = {"board": "ประชุมใหญ่", "meeting": "1/2569", "resolved_on": date(2026, 9, 14)}


@pytest.fixture
def fund(kept_fund):
    return officed(kept_fund)


@pytest.fixture
def killed(fund):
    """Do it in processes that die at each step; once it is done, and at least so many died."""
    return lambda act: killing.at_each_step(fund.folder, act)


def count(*tables):
    return [table.select().count() for table in tables]


def by(fund, who):
    return dict(by=fund.people[who], device=fund.phones[who].id, at=AT)


def begin(fund, through, baht):
    return closes.begin(fund.fund, through, {BANK: Said(baht * 100)}, **by(fund, "treasurer"), on=ON)


def test_a_month_is_closed_once_or_not_at_all(fund, killed):
    assert killed(lambda: begin(fund, OCTOBER, 500)) > 4
    assert count(MonthClose, BankBalance, CloseSignature) == [1, 1, 1]
    assert killed(lambda: closes.sign(MonthClose.get(), **by(fund, "auditor"))) > 1
    assert count(MonthClose, BankBalance, CloseSignature) == [1, 1, 2]
    assert closes.state(MonthClose.get()).is_done


def test_a_month_given_back_is_given_back_once_and_closed_anew(fund, killed):
    begin(fund, OCTOBER, 500)
    about = dict(reason="นับเงินก่อน", by=fund.people["auditor"], at=AT)
    assert killed(lambda: closes.decline(MonthClose.get(), **about)) > 1
    assert closes.due(fund.fund, at=AT, on=ON) == OCTOBER


def test_a_year_is_closed_once_or_not_at_all(fund, killed):
    write(fund, "income", 100, date(2026, 9, 3), code="4040", source="bank", bank="ออมสิน 001")
    closes.sign(begin(fund, SEPTEMBER, 100), **by(fund, "auditor"))
    assert killed(lambda: year_closes.begin(fund.fund, SEPTEMBER, **by(fund, "treasurer"))) > 2
    assert killed(lambda: year_closes.sign(YearClose.get(), **by(fund, "auditor"))) > 1
    assert count(YearClose, YearSignature) == [1, 2] and year_closes.state(YearClose.get()).is_done


def test_a_regulation_is_drafted_and_put_in_force_once_or_not_at_all(kept_fund):
    fund, folder = kept_fund.fund, kept_fund.folder
    first = accounts.add("committee", name="committee", unit=kept_fund.units["town"], role="committee", at=NOW)
    second, at = kept_fund.people["registrar"], dict(at=AT)
    assert killing.at_each_step(folder, lambda: rule_drafts.begin(fund, "chamuang-2556", by=first, at=AT)) > 2
    draft = rule_drafts.find(fund, 1)
    typed = [(("benefits", 0, "clauses", 0, "amounts", 0, "satang"), "1200")]
    assert killing.at_each_step(folder, lambda: rule_drafts.save(draft, typed, seen=1, by=first, at=AT)) > 1
    assert count(RuleDraft, RuleDraftSave) == [1, 2]
    draft = rule_drafts.find(fund, 1)
    told = dict(seen=2, starts_on=date(2027, 1, 1), sitting=SITTING, decided_stay=False, by=first, device=None)
    assert killing.at_each_step(folder, lambda: rule_proposals.propose(draft, **told, **at)) > 1
    confirm = dict(by=second, device=None, at=AT)
    assert killing.at_each_step(folder, lambda: rule_proposals.confirm(RuleProposal.get(), **confirm)) > 3
    assert count(RuleProposal, RuleProposalEnd, Regulation, Resolution) == [1, 1, 1, 1]
    assert rule_drafts.is_enforced(RuleDraft.get()) and len(versions.of_fund(fund)) == 1
