"""The figures of reports counted once more from the rows of the ledger, by SQL and plain lists; shares no code with the reports."""

import db
from db.models import Fund

POSTINGS = """
SELECT a.code, p.pot, t.posted_on, p.amount_satang, t.source
FROM posting p JOIN ledger_transaction t ON t.id = p.transaction_id JOIN ledger_account a ON a.id = p.account_id
WHERE a.fund_id = ? ORDER BY t.id, p.id
"""


def postings(fund):
    """[(code, pot, day as text, satang, source)] of all that a fund ever booked."""
    sql = POSTINGS if Fund._meta.database.param == "?" else POSTINGS.replace("?", Fund._meta.database.param)
    rows = db.database.execute_sql(sql, (fund.id,)).fetchall()
    return [(code, pot, str(day)[:10], int(satang), source) for code, pot, day, satang, source in rows]


def moved(fund, prefix, first, to, pots=None, without=("before",)):
    """Debit less credit of the accounts that begin so, from one day through another (texts of days)."""
    return sum(
        satang
        for code, pot, day, satang, _ in postings(fund)
        if code.startswith(prefix) and first <= day <= to and pot not in without and (pots is None or pot in pots)
    )
