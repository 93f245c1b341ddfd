"""A sample that nobody can choose and anybody can repeat, findings that are answered, and not a word that is edited."""

import hashlib
import uuid
from datetime import date, timedelta

import pytest

import db
from db import append_only
from db.models import Account, Audit, AuditItem, AuditWord, Claim, ClaimAct
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import audit_words, audits, closes
from pwa.domain.fund.statement_balances import Said
from pwa.domain.operations import audit_promises
from pwa.domain.people import accounts
from tests.closing_books import AT, BANK, ON, officed, write
from tests.collecting import collector, gift, told
from tests.small_fund import NOW

SIZES = {"receipt": 3, "voucher": 2, "claim": 2}


@pytest.fixture
def fund(bare_fund):
    """November, closed, has five receipts, four vouchers and three decided claims."""
    made = officed(bare_fund)
    phone = collector(made)
    for no in range(1, 6):
        told(phone, gift(no))
    for _ in range(3):
        write(made, "income", 7, date(2026, 11, 9), code="4120", source="1000-treasurer")
    by = made.people["registrar"]
    for n in range(4):
        claim = Claim.create(id=uuid.UUID(int=n + 1), fund=made.fund, person=by.id, event_on=ON, said=b"", at=NOW)
        ClaimAct.create(claim=claim, n=1, kind="certify", account=made.people["zone-leader"], at=NOW)
        at = NOW + timedelta(days=20) if n == 3 else NOW
        ClaimAct.create(claim=claim, n=2, kind=("grant", "refuse")[n % 2], amount_satang=0, account=by, at=at)
    for baht in (500, 500):
        close(made, baht)
    return made


def close(fund, baht):
    through = closes.due(fund.fund, at=AT, on=ON)
    about = dict(by=fund.people["treasurer"], device=None, at=AT, on=ON)
    made = closes.begin(fund.fund, through, {BANK: Said(baht * 100)}, **about)
    closes.sign(made, by=fund.people["auditor"], device=None, at=AT)


def draw(fund, seed="4 1 6 2", sizes=SIZES, by="auditor", period=0):
    name = audits.periods(fund.fund)[period].name
    return audits.draw(fund.fund, name, seed, sizes, by=fund.people[by], at=AT)


def say(fund, seen, kind, words="", by="auditor", read=None):
    many = len(audit_words.of_item(seen.item).words) if read is None else read
    return audit_words.write(seen.item, kind, words, seen=many, by=fund.people[by], at=AT)


def refused(call, *given, **more):
    with pytest.raises(Refusal) as found:
        call(*given, **more)
    return found.value


def kept():
    """Whether the promises about the desk hold."""
    found = [*audit_promises.samples_of_the_books_repeat(), *audit_promises.words_of_auditors_follow_each_other()]
    return found == []


def state(seen):
    return audit_words.of_item(seen.item).state


def test_anybody_draws_the_same_from_seed_and_hash(fund):
    """Counted from the tables alone, by other code."""
    made = draw(fund)
    ask = lambda sql: [row[0] for row in db.database.execute_sql(sql).fetchall()]  # noqa: E731
    names = {
        "receipt": ask("SELECT book || '/' || no FROM receipt WHERE paid_on BETWEEN '2026-11-01' AND '2026-11-30'"),
        "voucher": ask("SELECT CAST(n AS TEXT) FROM voucher WHERE \"on\" BETWEEN '2026-11-01' AND '2026-11-30'"),
        "claim": [str(uuid.UUID(int=n)) for n in (1, 2, 3)],
    }
    [sha256] = ask("SELECT set_hash FROM month_close WHERE through = '2026-11-30'")
    assert {kind: len(found) for kind, found in names.items()} == {"receipt": 5, "voucher": 4, "claim": 3}
    assert (made.receipts_of, made.vouchers_of, made.claims_of) == (5, 4, 3)
    for number, (kind, size) in enumerate(SIZES.items(), 1):
        marks = {hashlib.sha256(f"4 1 6 2|{sha256}|{number}|{name}".encode()).hexdigest(): name for name in names[kind]}
        expected = [marks[one] for one in sorted(marks)][:size]
        rows = AuditItem.select().where(AuditItem.audit == made, AuditItem.kind == kind).order_by(AuditItem.place)
        assert [audits.name_of(one) for one in rows] == expected
    assert kept()


def test_the_same_draw_twice_is_one_and_another_seed_another(fund):
    assert draw(fund) == draw(fund, "  4 ๑ 6  2 ") and Audit.select().count() == 1
    assert draw(fund, "9 9 9 9") != draw(fund) and [one.seed for one in audits.of(fund.fund)] == ["9 9 9 9", "4 1 6 2"]
    assert len(audit_words.of(draw(fund, sizes={"receipt": 100, "voucher": 0, "claim": 0}))) == 5


@pytest.mark.parametrize(
    ("about", "field"),
    [
        (dict(seed=""), "seed"),
        (dict(seed="1 2 3"), "seed"),
        (dict(seed="1" * 61), "seed"),
        (dict(sizes={"receipt": 0, "voucher": 0, "claim": 0}), "receipts"),
        (dict(sizes={"receipt": 101, "voucher": 0, "claim": 0}), "receipts"),
        (dict(sizes={"receipt": 1, "voucher": None, "claim": 0}), "receipts"),
    ],
)
def test_what_is_no_draw_is_told_at_its_field(fund, about, field):
    assert refused(draw, fund, **about).field == field and not Audit.select().exists()


def test_only_what_both_have_signed_is_drawn_from(fund):
    about = dict(by=fund.people["auditor"], at=AT)
    assert refused(audits.draw, fund.fund, "month-99", "1 2 3 4", SIZES, **about).message == audits.WHICH
    assert [one.through.month for one in audits.periods(fund.fund)] == [11, 10]


def test_a_keeper_of_the_books_neither_draws_nor_marks(fund):
    with pytest.raises(NotFound):
        draw(fund, by="treasurer")
    seen = audit_words.of(draw(fund))[0]
    with pytest.raises(NotFound):
        say(fund, seen, "right", by="treasurer")
    accounts.grant(fund.people["auditor"], "treasurer", fund.fund.unit, at=NOW - timedelta(days=2))
    assert refused(draw, fund, "5 5 5 5").message == audits.KEEPER
    assert refused(say, fund, seen, "right").message == audits.KEEPER


def test_the_same_person_under_another_account_is_a_keeper_too(fund):
    people = [fund.people[who].id for who in ("treasurer", "auditor")]
    Account.update(person=uuid.UUID(int=9)).where(Account.id.in_(people)).execute()
    fund.people["auditor"] = Account.get_by_id(fund.people["auditor"].id)
    assert refused(draw, fund).message == audits.KEEPER


def test_a_finding_is_answered_and_settled_and_every_word_stays(fund):
    [seen, *_] = audit_words.of(draw(fund))
    assert refused(say, fund, seen, "finding", " ").field == "words"
    for _ in range(2):
        say(fund, seen, "finding", "ไม่มีลายเซ็น", read=0)
    assert state(seen) == "finding" and refused(say, fund, seen, "settled").message == audit_words.ALREADY
    for who in ("treasurer", "auditor", "volunteer"):
        assert [one.item for one in audit_words.waiting(fund.people[who])] == [seen.item]
    assert audit_words.waiting(fund.people["zone-leader"]) == []
    with pytest.raises(NotFound):
        say(fund, seen, "answer", "x", by="zone-leader")
    say(fund, seen, "answer", "ผู้จ่ายลงชื่อแล้ว", by="volunteer")
    assert audit_words.waiting(fund.people["treasurer"]) == []
    with pytest.raises(NotFound):
        say(fund, seen, "settled", by="treasurer")
    say(fund, seen, "kept_open", "ขอดูใบเสร็จ")
    say(fund, seen, "answer", "นำมาแล้ว", by="treasurer")
    say(fund, seen, "settled")
    assert refused(say, fund, seen, "finding", "อีกครั้ง").message == audit_words.ALREADY
    kinds = [one.kind for one in AuditWord.select().order_by(AuditWord.id)]
    assert kinds == ["finding", "answer", "kept_open", "answer", "settled"]
    assert audit_words.open_of([fund.fund]) == [] and audit_words.waiting(fund.people["auditor"]) == []
    assert kept()


def test_what_was_right_may_still_be_found_otherwise(fund):
    seen = audit_words.of(draw(fund))[0]
    say(fund, seen, "right")
    assert refused(say, fund, seen, "finding", "x", read=0).message == audit_words.ALREADY
    say(fund, seen, "finding", "เลขไม่ตรง")
    assert state(seen) == "finding"


def test_whom_it_concerns_sees_it_once_there_is_a_finding_and_never_marks_it(fund):
    seen = audit_words.of(draw(fund))[0]
    volunteer = fund.people["volunteer"]
    assert seen.item.whose == volunteer
    with pytest.raises(NotFound):
        audit_words.find(seen.item.id, seen_by=volunteer)
    say(fund, seen, "finding", "x")
    assert audit_words.next_of(audit_words.find(seen.item.id, seen_by=volunteer), volunteer) == ["answer"]
    accounts.grant(volunteer, "auditor", fund.fund.unit, at=NOW - timedelta(days=2))
    other = audit_words.of(draw(fund))[1]
    assert refused(say, fund, other, "right", by="volunteer").message == audit_words.OWN
    with pytest.raises(NotFound):
        audits.find(seen.item.audit_id, seen_by=fund.people["zone-leader"])


def test_check_tells_of_a_sample_that_somebody_chose(fund):
    made = draw(fund)
    append_only.thaw(db.database.obj, "audit")
    Audit.update(seed="1 1 1 1 1").where(Audit.id == made.id).execute()
    assert [one for one in audit_promises.samples_of_the_books_repeat() if "does not repeat" in one]
    Audit.update(seed=made.seed).where(Audit.id == made.id).execute()
    append_only.freeze(db.database.obj, "audit")
    word = say(fund, audit_words.of(made)[0], "right")
    append_only.thaw(db.database.obj, "audit_word")
    AuditWord.update(kind="settled").where(AuditWord.id == word.id).execute()
    assert len(list(audit_promises.words_of_auditors_follow_each_other())) == 1
    append_only.freeze(db.database.obj, "audit_word")
