"""Members of one fund with ten years of monthly receipts, put where the books keep them: cloned rows, and triggers off as in a restore."""

import uuid
from datetime import date

import db
from db import append_only, ledger_days
from db.models import Admission, Fund, Household, LedgerTransaction, Membership, Person, Receipt
from pwa.domain.fund import holders, ledger
from pwa.domain.people import accounts

MONTHS, A_HOUSE = 120, 3
SATANG, ADMISSIONS = 3_000, 1_000_000
SINCE = {"joined_on": date(2016, 11, 1), "tenure_from": date(2016, 11, 1), "paid_through": None}
BANK = "ธ.ก.ส. ทดสอบ"


def grow(members, *, at):
    """So many members more, three a house; each house pays once a month, approved and brought to the bank. The demo's member is one of them."""
    fund = Fund.get(Fund.code == "F1")
    way, bank = holders.on_the_way(fund, BANK), holders.in_bank(fund, BANK)
    unchecked, income = (ledger.account(fund, code) for code in ("2000", "4010"))
    with append_only.lifted(db.database.obj):
        people = _people(members, fund)
        _tell(people)
        about = {
            "fund": fund.id, "way": way.id, "bank": bank.id, "unchecked": unchecked.id, "income": income.id,
            "first": (Receipt.select(Receipt.id).order_by(Receipt.id.desc()).scalar() or 0) + 1,
            "books": LedgerTransaction.select(LedgerTransaction.id).order_by(LedgerTransaction.id.desc()).scalar() or 0,
            "at": db.database.execute_sql("SELECT received_at FROM entry LIMIT 1").fetchone()[0],
            "entry": db.database.execute_sql("SELECT id FROM entry LIMIT 1").fetchone()[0],
        }  # fmt: skip
        for sql in ROWS:
            db.database.execute_sql(sql, {name: value for name, value in about.items() if f":{name}" in sql})
        ledger_days.fill(db.database.obj)
    db.database.execute_sql("ANALYZE")


def _people(members, fund):
    """The ids of the people, those of a house beside each other; the demo's member first."""
    like = Membership.select().where(Membership.fund == fund).dicts().first()
    person = Person.select().where(Person.id == like["person"]).dicts().first()
    house = Household.select().where(Household.id == person["household"]).dicts().first()
    houses = [house | {"id": uuid.uuid4()} for _ in range(members // A_HOUSE + 1)]
    people = [
        person | {"id": uuid.uuid4(), "household": houses[n // A_HOUSE]["id"], "local_id": str(uuid.uuid4())}
        for n in range(members)
    ]
    let_in = Admission.select().where(Admission.id == like["admission"]).dicts().first()
    let_in = [let_in | {"id": ADMISSIONS + n, "person": one["id"]} for n, one in enumerate(people)]
    held = [
        like | SINCE | {"id": uuid.uuid4(), "person": one["person"], "admission": one["id"], "number": f"9{n:06}"}
        for n, one in enumerate(let_in)
    ]
    for model, rows in ((Household, houses), (Person, people), (Admission, let_in), (Membership, held)):
        for start in range(0, len(rows), 500):
            model.insert_many(rows[start : start + 500]).execute()
    return [accounts.named("member").person, *(one["id"] for one in people[1:])]


def _tell(people):
    """Temporary lists: who is of which house, and the months."""
    run = db.database.execute_sql
    run("CREATE TEMP TABLE grown (n INTEGER PRIMARY KEY, house INTEGER, person TEXT)")
    encode = Person.id.db_value
    db.database.connection().executemany(
        "INSERT INTO grown VALUES (?, ?, ?)", [(n, n // A_HOUSE, encode(one)) for n, one in enumerate(people)]
    )
    run("CREATE TEMP TABLE months AS WITH RECURSIVE m(m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM m WHERE m < 119) SELECT m, "
        "date('2016-11-05', '+' || m || ' months') AS day, date('2016-11-01', '+' || m || ' months') AS first, "
        "date('2016-11-01', '+' || (m + 1) || ' months', '-1 day') AS last FROM m")  # fmt: skip
    run("CREATE TEMP TABLE paid AS SELECT row_number() OVER (ORDER BY m, house) - 1 AS k, house, m, day, first, last, many "
        "FROM months, (SELECT house, count(*) AS many FROM grown GROUP BY house)")  # fmt: skip
    run("CREATE INDEX paid_house ON paid (house)")


ROWS = (
    f"INSERT INTO receipt (id, fund_id, book, no, paid_on, told_on, hand_id, payer_kind, total_satang, said, entry_id, old_book, at) "
    f"SELECT :first + k, :fund, 'B' || house, m + 1, day, day, :way, 'household', many * {SATANG}, '', :entry, '', :at FROM paid",
    f"INSERT INTO receipt_line (receipt_id, place, person, kind, amount_satang, covers_from, covers_to) "
    f"SELECT :first + k, n % {A_HOUSE}, person, 'contribution', {SATANG}, first, last FROM paid JOIN grown USING (house)",
    "INSERT INTO receipt_standing (receipt_id, fund_id, hand_id, state, money) SELECT :first + k, :fund, :way, 'approved', '' FROM paid",
    "INSERT INTO ledger_transaction (id, fund_id, occurred_on, posted_on, kind, source, at) SELECT :books + 3 * k + one, :fund, day, day, "
    "CASE one WHEN 1 THEN 'receipt' WHEN 2 THEN 'approved' ELSE 'deposit' END, one || '/B' || house || '/' || m, :at "
    "FROM paid, (SELECT 1 AS one UNION SELECT 2 UNION SELECT 3)",
    *(
        f"INSERT INTO posting (transaction_id, account_id, pot, amount_satang) "
        f"SELECT :books + 3 * k + {one}, :{account}, '{pot}', {sign} * many * {SATANG} FROM paid"
        for one, account, pot, sign in (
            (1, "way", "", 1), (1, "unchecked", "", -1), (2, "unchecked", "", 1), (2, "income", "main", -1),
            (3, "bank", "", 1), (3, "way", "", -1),
        )
    ),
    "INSERT INTO receipt_step (receipt_id, n, state, money, \"on\", transaction_id, at) "
    "SELECT :first + k, 0, 'approved', '', day, :books + 3 * k + 2, :at FROM paid",
)  # fmt: skip
