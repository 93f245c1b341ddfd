"""A year of a village's money: every balance, every day covered and every standing counted once more by an independent checker."""

import re
import subprocess
import sys
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

import db
from db.models import (
    Claim,
    Entry,
    Fund,
    LedgerAccount,
    LedgerTransaction,
    Membership,
    MembershipAct,
    Opening,
    Posting,
    ReceiptStanding,
    Sighting,
    Voucher,
)
from pwa import create_app, demo, open_data, web
from pwa.access import DEVICE, SESSION
from pwa.config import from_environment
from pwa.domain.crypto import keyring
from pwa.domain.custody import states
from pwa.domain.fund import (
    appeals,
    batches,
    books,
    claim_lists,
    claim_looks,
    claim_payments,
    claim_states,
    claims,
    trial_balance,
)
from pwa.domain.operations import promises
from pwa.domain.people import accounts, devices, sessions
from pwa.domain.review import urgent_money
from tests import databases, slow_books
from tests.small_fund import NOW

TODAY = date(2026, 11, 22)
LINK = re.compile(r'href="(/[^"#]*)"')
THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
A_KIND = 2


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The village with its year of contributions, told once for all that is asked of it."""
    folder = tmp_path_factory.mktemp("year")
    databases.close()
    settings = from_environment({}, data=folder)
    open_data(settings)
    db.migrate()
    with db.database.connection_context():
        keyring.prepare(at=NOW)
        demo.build(at=NOW, visits=3, money=True)
    app = create_app(settings)
    db.database.connect(reuse_if_open=True)
    fund = Fund.get(Fund.code == "F1")
    fund.app = app
    yield fund
    databases.close()


@pytest.mark.slow
def test_it_tells_of_everything_that_happens_to_money(year):
    states = {state for (state,) in ReceiptStanding.select(ReceiptStanding.state).distinct().tuples()}
    assert {"approved", "rejected", "void"} <= states
    assert {act.kind for act in MembershipAct.select()} == {"end", "exempt", "fund_pays", "rejoin"}
    assert 350 <= ReceiptStanding.select().count() <= 600


@pytest.mark.slow
def test_claims_stand_wherever_one_can_stand(year):
    """Every state of the tables, of a claim, a payment and a word on a grant, and of the entries that tell of none."""
    ones = claims.many(Claim.select())
    assert {one.state for one in ones} == {act.to for act in claim_states.CLAIM.values()}
    payments = {each.state for one in ones for each in claim_payments.of(claim_lists.row_of(one))}
    assert payments == {act.to for act in claim_states.PAYMENT.values()}
    assert {one.review for one in ones} == {act.to for act in claim_states.AFTER.values()}
    told = list(Entry.select().join(Opening).where(Opening.kind == "claim"))
    assert set(states.many(told).values()) == {"received", "returned", "rejected", "replaced", "approved"}
    assert [len(appeals.waiting(year)), len(batches.waiting(year)), bool(claim_looks.due())] == [1, 0, True]
    assert sum(urgent_money.is_urgent(one) for one in ones) == 1 and Voucher.select().join(Sighting).count() >= 3
    done = {act.kind for one in ones for act in one.acts}
    assert set(claim_states.ACTS) == done


@pytest.mark.slow
def test_every_promise_holds(year):
    assert promises.check() == []


@pytest.mark.slow
def test_every_balance_is_what_a_plain_list_comes_to(year):
    found = {(row.code, row.pot): row.closing for row in trial_balance.of(year, to=TODAY).rows if row.closing}
    assert found == slow_books.balances(year)
    assert sum(found.values()) == 0


@pytest.mark.slow
def test_after_every_day_the_books_are_what_its_events_come_to(year):
    """Counted from the postings alone, as a list: what stands on each account and pot, and since when each hand is not empty."""
    query = Posting.select(Posting, LedgerTransaction, LedgerAccount).join(LedgerTransaction)
    query = query.switch(Posting).join(LedgerAccount).where(LedgerTransaction.fund == year)
    told = sorted((line.transaction.posted_on, line.account.code, line.pot, line.amount_satang) for line in query)
    sums, emptied, day, days = {}, {}, told[0][0], 0
    while day <= TODAY:
        of_day = [line for line in told if line[0] == day]
        for _, code, pot, satang in of_day:
            sums[code, pot] = sums.get((code, pot), 0) + satang
        emptied |= {code: day for _, code, pot, _ in of_day if sums[code, pot] == 0}
        found = trial_balance.of(year, to=day)
        assert {(row.code, row.pot): row.closing for row in found.rows} == sums, day
        hands = {code: satang for (code, _), satang in sums.items() if code.startswith("1000-") and satang}
        assert {one.code: (one.satang, one.since) for one in found.holders} == {
            code: (satang, emptied.get(code)) for code, satang in hands.items()
        }, day
        day, days = day + timedelta(days=1), days + 1
    assert days > 300 and sums == {key: slow_books.balances(year).get(key, 0) for key in sums}


@pytest.mark.slow
def test_part_ten_has_two_equal_sides(year):
    found = trial_balance.of(year, to=TODAY)
    assert found.left == found.right > 0


@pytest.mark.slow
def test_every_member_is_covered_for_what_they_paid(year):
    """Of those about whom nothing was resolved; money buys whole months from the day of joining on."""
    resolved = {act.membership_id for act in MembershipAct.select()}
    memberships = [row for row in Membership.select().where(Membership.fund == year) if row.id not in resolved]
    pages = books.of([row.id for row in memberships])
    paid = [pages[row.id] for row in memberships if pages[row.id].lines and pages[row.id].brought is None]
    assert len(paid) > 50
    wrong = []
    for page in paid:
        stands = books.standing_of(page, books.ruling_of(page, TODAY), TODAY)
        expected = slow_books.paid_through(year, page.membership.person, page.membership.joined_on)
        if stands.paid_through != expected:
            wrong.append((page.membership.number, stands.paid_through, expected))
    assert wrong == []


@pytest.mark.slow
def test_beancount_accepts_the_books_with_the_same_balances(year, tmp_path):
    query = (
        Posting.select(Posting, LedgerTransaction, LedgerAccount)
        .join(LedgerTransaction)
        .switch(Posting)
        .join(LedgerAccount)
    )
    told = {}
    for line in query.where(LedgerTransaction.fund == year).order_by(LedgerTransaction.id, Posting.id):
        day = line.transaction.posted_on
        told.setdefault(line.transaction_id, (day, line.transaction.source.replace('"', ""), []))[2].append(
            (line.account.code, line.pot, line.amount_satang)
        )
    file = tmp_path / "fund.beancount"
    written = slow_books.beancount(list(told.values()), slow_books.balances(year), TODAY)
    file.write_text(written, "utf-8")
    check = [str(Path(sys.executable).parent / "bean-check"), str(file)]
    said = subprocess.run(check, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")
    file.write_text(
        written.replace(" balance Assets:A1000-treasurer  ", " balance Assets:A1000-treasurer  1", 1), "utf-8"
    )
    assert subprocess.run(check, capture_output=True).returncode != 0


@pytest.mark.slow
@pytest.mark.parametrize("handle", ["treasurer", "zone-leader", "committee", "auditor", "volunteer"])
def test_every_page_that_a_link_leads_to_opens(year, handle):
    """A few of each kind, also the pages of money that the village without it has none of."""
    client, todo, met, kinds = signed_in(year.app, handle), ["/"], {}, {}
    while todo:
        path = todo.pop()
        kind = THING.sub("*", path.partition("?")[0])
        if path in met or path.startswith("/static") or kinds.get(kind, 0) >= A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        met[path] = answer.status_code
        if answer.mimetype == "text/html":
            todo += map(unescape, LINK.findall(answer.text))
    assert {path: code for path, code in met.items() if code not in (200, 302, 303)} == {}
    assert len(met) > 20


def signed_in(app, handle):
    client, at = app.test_client(), web.system_clock()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    device, settings = devices.register(at=at), app.config["OMBUN"]
    client.set_cookie(settings.cookie(SESSION), sessions.start(accounts.named(handle), device=device, at=at))
    client.set_cookie(settings.cookie(DEVICE), devices.token(device.id, at=at))
    return client
