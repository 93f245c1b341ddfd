"""What the treasurer of the village does with the cash: to the bank each month, paper bought, money given back, the municipality's share."""

from datetime import timedelta

from db.models import Membership, Person, StatementLine
from pwa.domain.fund import bookings, closes, closing, holders, receipt_books, statements, voucher_grounds, vouchers
from pwa.domain.fund.statement_balances import Said
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.text.dates import BANGKOK, complete_on

BANK = "ธ.ก.ส. 4471"
MUNICIPALITY = 1_200_000
PAPER = 35_000
FIVE_MONTHS = 15_000
LAST = 3
"""From so many months ago on the cash stays in the hand: it is needed for what is paid out, and too much of it is warned of."""


def keep(world, month):
    """The month's acts after all of it was handed over; satang."""
    days = 30 * month - 15
    fund, by = world.funds["F1"], world.accounts["treasurer"]
    if month == 7:
        ground = "สมทบกองทุนสวัสดิการชุมชน ปีงบประมาณ 2569"
        write(world, days, "income", MUNICIPALITY, "เทศบาลตำบลทุ่งสว่าง", ground, code="4040", bank=BANK)
    if month == 5:
        about = dict(code="6030", pot="admin", source=f"1000-{by.handle}")
        write(world, days, "expense", PAPER, "ร้านเครื่องเขียนหน้าตลาด", "สมุดประจำตัวและใบเสร็จเล่มใหม่", **about)
        for one in voucher_grounds.to_give_back(fund)[:1]:
            about = dict(receipt=f"{one.book}/{one.no}", source=f"1000-{by.handle}")
            write(world, days, "refund", one.total_satang, "ครัวเรือนที่จ่ายซ้ำ", "คืนเงินที่จดซ้ำ", **about)
    if month >= LAST:
        cash = world.cash("treasurer")
        write(world, days, "deposit", cash, by.name, "เงินสมทบประจำเดือน", bank=BANK)


def close_months(world):
    """Treasurer and auditor have closed every month that has ended; the bank's statement says what the books say."""
    fund, at = world.funds["F1"], world.at
    on = at.astimezone(BANGKOK).date()
    while through := closes.due(fund, at=at, on=on):
        _match_statement(world, through)
        said = {place.code: Said(place.satang) for place in closing.of(fund, through).banks}
        by, auditor = world.accounts["treasurer"], world.accounts["auditor"]
        made = closes.begin(fund, through, said, by=by, device=world.phones["treasurer"].device.id, at=at, on=on)
        closes.sign(made, by=auditor, device=None, at=at)


def _match_statement(world, through):
    """The lines that the bank shows of a month, pasted and matched; each stands there on the day of its paper."""
    fund, by, at = world.funds["F1"], world.accounts["treasurer"], world.at
    account = holders.in_bank(fund, BANK)
    here = (
        StatementLine.select().where(StatementLine.ledger_account == account).order_by(StatementLine.n.desc()).first()
    )
    left, rows, moved = (here.left_satang if here else 0), [], statements.unmatched(fund, account).values()
    of_month = sorted(
        (one for one in moved if one[0].posted_on <= through), key=lambda one: (one[0].occurred_on, one[0].id)
    )
    for transaction, satang, _ in of_month:
        left += satang
        day = transaction.occurred_on
        out, into = ("", satang / 100) if satang > 0 else (-satang / 100, "")
        rows.append(f"{day.day}/{day.month}/{day.year + 543}\t{'ฝาก' if into else 'ถอน'}\t{out}\t{into}\t{left / 100}")
    if rows:
        on = at.astimezone(BANGKOK).date()
        made = statements.add(fund, BANK, "\n".join(rows), by=by, at=at, today=on)
        for line, (transaction, _, _) in zip(made, of_month, strict=True):
            statements.match(line, transaction.id, by=by, at=at, on=on)


def write(world, days, kind, satang, payee, ground, **more):
    """One voucher of the treasurer, so many days ago."""
    at, by = world.days_ago(days, hour=10), world.accounts["treasurer"]
    asked = Asked(kind, at.date(), satang, payee=payee, ground=ground, **more)
    vouchers.write(world.funds["F1"], asked, command_id=world.new_id(), by=by, at=at, on=at.date())


def at_the_table(world):
    """The member with a phone paid five months at the treasurer's table two days ago; nobody has checked it yet."""
    fund, by, phone, at = world.funds["F1"], world.accounts["treasurer"], world.phones["treasurer"], world.days_ago(2)
    member = Membership.get(Membership.person == world.accounts["member"].person, Membership.fund == fund)
    [book, *_] = receipt_books.issue(phone.device.id, by, at=at, on=at.date())
    until = complete_on(member.joined_on, 5, "month") - timedelta(days=1)
    line = {"person": str(member.person), "kind": "contribution", "amount_satang": FIVE_MONTHS}
    line |= {"covers_from": member.joined_on.isoformat(), "covers_to": until.isoformat()}
    said = {"fund": "F1", "book": book.book, "no": 1, "paid_on": at.date().isoformat(), "channel": "cash"}
    said |= {"payer": {"type": "self", "person": line["person"]}, "lines": [line], "total_satang": FIVE_MONTHS}
    phone.record("contribution", said, at=at, subject=Person.get_by_id(member.person).household_id)
    bookings.catch_up(at=at)
