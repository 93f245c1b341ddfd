"""A fund's month as a report: drafted, signed by two, read by somebody else's reader, and made again whatever was changed since."""

from datetime import date, timedelta

import pytest

import db
from db.fields import InstantField
from db.models import Fund, Posting, ReportDraft, ReportIssue
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import holders, membership_acts
from pwa.domain.network import keys, month_members, reports, signing, verifying
from pwa.domain.network.report_files import read
from pwa.domain.people import accounts
from tests import report_reader, signed_months
from tests.claiming import AT, TODAY, member, owner, visited
from tests.collecting import gift, told
from tests.domain.test_reopenings import restored
from tests.signed_months import LAST, OCTOBER, close, income, make, sign


@pytest.fixture
def fund(app):
    return signed_months.tell()


def refused(call, *given, **more):
    with pytest.raises(Refusal) as found:
        call(*given, **more)
    return found.value.message


def admitted(fund, before, kind=""):
    """Whose admission was decided before a moment and stands, counted by the database alone."""
    [(n,)] = db.database.execute_sql(
        "SELECT COUNT(*) FROM membership m JOIN admission a ON a.id = m.admission_id"
        f" WHERE m.fund_id = {fund.id} AND a.at < {before} AND '{kind}' IN ('', a.kind)"
        " AND NOT EXISTS (SELECT 1 FROM taking_back t WHERE t.kind = 'admission' AND t.\"row\" = a.id)"
    ).fetchall()
    return n


def test_a_signed_month_holds_for_a_reader_that_shares_no_code(fund):
    close(fund)
    issued = sign(make(fund))
    header, cells, body, lines = report_reader.opened(issued.file)
    assert report_reader.adds_up(header, cells) and report_reader.is_signed(header, body, lines, keys.own("F1").vkey)
    assert (header["seq"], header["prev"], header["agreed"]) == (1, "", ["treasurer", "auditor"])
    told = {name: report_reader.number(cells, name) for name in ("other_income", "cash_and_bank", "contributed")}
    assert told == {"other_income": 100000, "cash_and_bank": 100000, "contributed": 0}
    assert verifying.faults(read(issued.file), keys.trusted()) == []


def test_members_are_those_whom_the_rows_tell_of(fund):
    """Nobody has left this village yet; then one dies in November, and it was somebody else."""
    start, end = (InstantField().db_value(month_members.ends(month)) for month in ("2026-09", OCTOBER))
    report = read(make(fund).file)
    assert report.number("members") == admitted(fund, end) and report.number("left") == 0
    assert report.number("joined") == admitted(fund, end, "new") - admitted(fund, start, "new")
    whole = make(fund, "2026-11", today=date(2026, 12, 1))
    about = dict(by=accounts.named("registrar"), at=AT)
    left = membership_acts.end(member(), why="deceased", first=TODAY, reason="ย้าย", **about)
    now = read(make(fund, "2026-11", today=date(2026, 12, 1)).file)
    assert now.number("left") == 1 and now.number("members") == read(whole.file).number("members") - 1
    membership_acts.undo(left, reason="จดผิดคน", on=TODAY, **about)
    again = read(make(fund, "2026-11", today=date(2026, 12, 1)).file)
    assert again.cells == read(whole.file).cells


def test_a_draft_is_the_same_bytes_until_something_of_it_changes(fund):
    first = make(fund, at=AT)
    assert make(fund, at=AT + timedelta(hours=9)).file == first.file and ReportDraft.select().count() == 1
    assert read(first.file).cell("contributed") == {
        "by": {},
        "figure": "contributed",
        "s": "missing",
        "w": "not_closed",
    }
    close(fund)
    assert make(fund).file != first.file and refused(sign, first) == signing.ANEW


def test_figures_that_change_and_change_back_within_a_second_make_drafts_apart(fund):
    first = make(fund)
    Fund.update(name="กองทุนอื่น").where(Fund.id == fund.id).execute()
    second = make(holders.fund("F1"))
    Fund.update(name=fund.name).where(Fund.id == fund.id).execute()
    third = make(fund)
    assert make(fund).draft == third.draft and len({one.draft.sha256 for one in (first, second, third)}) == 3
    assert read(third.file).cells == read(first.file).cells
    assert [read(one.file).header["made_at"][-3:] for one in (first, second, third)] == ["00Z", "01Z", "02Z"]
    for state in (first, second):
        assert reports.recompute(read(state.file)) == read(state.file).body


def test_an_open_month_waits_until_the_20th_and_is_completed_after_its_close(fund):
    early = AT.replace(day=19)
    about = dict(at=early, today=early.date())
    assert refused(sign, make(fund, **about), at=early) == signing.OPEN
    people = sign(make(fund))
    assert people.issue.seq == 1 and read(people.file).number("other_income") is None
    close(fund)
    whole = sign(make(fund))
    assert (whole.issue.seq, whole.issue.prev) == (2, people.issue.sha256)
    assert read(whole.file).header["restates"] == "" and read(whole.file).number("other_income") == 100000
    assert report_reader.chained([people.file, whole.file])
    assert make(fund).file == whole.file == sign(whole).file


def test_two_officers_agree_and_neither_is_somebody_else(fund):
    close(fund)
    draft = make(fund)
    assert refused(sign, draft, "treasurer", "treasurer") == signing.ONE_PERSON
    assert refused(sign, draft, "treasurer", "volunteer") == signing.NOT_AN_OFFICER
    assert ReportIssue.select().count() == 0 and reports.state(draft.draft).agreed == []
    for _ in range(2):
        assert sign(draft).issue.seq == 1
    assert ReportIssue.select().count() == 1


def test_a_month_to_come_and_a_month_that_is_none_are_refused(fund):
    assert refused(make, fund, "2026-11") == reports.NOT_OVER
    assert refused(make, fund, "2569-13") == reports.NO_PERIOD
    assert refused(make, fund, restate="ผิด") == reports.NOTHING_WRONG


def test_what_was_wrong_is_restated_with_a_reason(fund):
    close(fund)
    first = sign(make(fund))
    again = sign(make(fund, restate="นับสมาชิกผิด"))
    assert read(again.file).header["restates"] == first.issue.sha256 and again.draft.reason == "นับสมาชิกผิด"
    assert (again.issue.seq, again.issue.prev) == (2, first.issue.sha256)


def test_it_is_made_again_byte_by_byte_whatever_happens_after(fund):
    close(fund)
    issued = sign(make(fund))
    report = read(issued.file)
    visited(owner(gone="moved", gone_on=TODAY.isoformat()))
    income(fund, 70, LAST)
    income(fund, 40, TODAY)
    membership_acts.end(member(), why="deceased", first=TODAY, by=accounts.named("registrar"), at=AT, reason="ย้าย")
    assert reports.recompute(report) == report.body and reports.deep(report) == []


def test_rows_that_were_changed_below_the_app_are_named(fund):
    close(fund)
    report = read(sign(make(fund)).file)
    db.append_only.thaw(db.database.obj, "posting")
    Posting.update(amount_satang=Posting.amount_satang * 2).where(Posting.pot != "").execute()
    assert reports.recompute(report) == report.body
    assert ("other_income", 100000, 200000) in reports.deep(report)
    Posting.update(amount_satang=Posting.amount_satang / 2).where(Posting.pot != "").execute()
    db.append_only.freeze(db.database.obj, "posting")


def test_after_a_restore_nothing_is_signed_until_there_is_a_new_key(fund):
    close(fund)
    first = sign(make(fund))
    restored()
    again = make(fund, restate="ทำใหม่")
    assert refused(sign, again) == keys.LOST
    assert refused(keys.new, "F1", last=None, at=AT) == keys.LAST
    row = keys.new("F1", last=(7, "ab" * 32), at=AT)
    assert row.from_seq == 7 + keys.GAP
    issued = sign(make(fund, restate="ทำใหม่"))
    assert (issued.issue.seq, issued.issue.prev) == (1007, "ab" * 32)
    assert verifying.faults(read(first.file), [keys.read(row.vkey)])[0].msgid == verifying.STRANGE


def test_a_pinned_key_stays_the_only_one_until_it_is_revoked(fund):
    mine = keys.own("F1").vkey
    other = keys.new("F2", last=None, at=AT).vkey
    assert refused(keys.pin, "F1", other, at=AT) == keys.OTHER
    assert refused(keys.pin, "F1", "x", at=AT) == keys.BAD
    assert keys.pin("F1", mine, at=AT) == keys.own("F1")
    for _ in range(2):
        keys.revoke("F2", other, at=AT)
    assert [key.unit for key in keys.trusted()] == ["F1"] and keys.trusted("F2") == []


def stock(fund, stems, through):
    """What stands on accounts at the end of a day, added up by the database alone."""
    codes = " OR ".join(f"SUBSTR(a.code, 1, {len(stem)}) = '{stem}'" for stem in stems)
    [(satang,)] = db.database.execute_sql(
        "SELECT COALESCE(SUM(p.amount_satang), 0) FROM posting p JOIN ledger_account a ON a.id = p.account_id"
        " JOIN ledger_transaction t ON t.id = p.transaction_id"
        f" WHERE t.fund_id = {fund.id} AND t.posted_on <= '{through}' AND ({codes})"
    ).fetchall()
    return int(satang)


def test_what_is_held_for_others_goes_on_from_month_to_month(fund):
    """A receipt of September that nobody has checked in October."""
    told(Phone(accounts.named("treasurer"), at=AT), gift(1, fund="F1", book="ก", paid_on="2026-09-19"), AT)
    close(fund, date(2026, 9, 30), 0)
    close(fund)
    files = [read(sign(make(fund, period)).file) for period in ("2026-09", OCTOBER)]
    for report, through in zip(files, ("2026-09-30", "2026-10-31"), strict=True):
        assert report.number("held") == -stock(fund, ("2",), through) > 0
        assert report.number("cash_and_bank") == stock(fund, ("1000", "1100", "1150"), through)
    assert verifying.together(files) == [] and files[1].number("held_before") == files[0].number("held")
