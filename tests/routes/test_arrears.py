"""/arrears and the passbook on a member's page: for who collects or reads the money, and for the member."""

import csv
import io
import uuid
import zipfile

from db.models import Viewing
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.domain.text.dates import BANGKOK
from tests.routes.test_me import text_of


def test_who_is_behind_is_said_with_sum_months_and_day(page, client_as):
    shown = text_of(page("/arrears", client_as("treasurer")))
    assert "เดิม-88" in shown and "30 ม.ค. 2570" not in shown
    assert client_as("member").get("/arrears").status_code == 404
    assert client_as("volunteer").get("/arrears").status_code == 404


def test_a_member_sees_the_own_passbook_and_a_volunteer_not_that_of_others(app, page, client_as):
    person = accounts.named("member").person
    receipt = {
        "fund": "F1", "book": "เล่มหนึ่ง", "no": 7, "channel": "cash", "payer": {"type": "self", "person": str(person)}, "total_satang": 3000,
        "lines": [{"person": str(person), "kind": "contribution", "amount_satang": 3000}],
    }  # fmt: skip
    at = web.system_clock()
    paid_on = at.astimezone(BANGKOK).date().isoformat()
    entry = Phone(accounts.named("zone-leader"), at=at).record(
        "contribution", receipt | {"paid_on": paid_on}, at=at, subject=uuid.uuid4()
    )
    bookings.catch_up(at=at)
    mine = text_of(page("/me", client_as("member")))
    assert "ใบเสร็จ เล่มหนึ่ง/7" in mine and "รับเงินแล้ว รอตรวจ" in mine
    review.approve(entry, by=accounts.named("treasurer"), at=at)
    assert "เข้าบัญชีแล้ว" in text_of(page(f"/members/{person}", client_as("zone-leader")))
    assert "เล่มหนึ่ง/7" not in text_of(page(f"/members/{person}", client_as("volunteer")))


def test_the_list_of_who_is_behind_goes_into_a_table_and_onto_paper(client_as):
    treasurer = client_as("treasurer")
    rows = list(csv.reader(io.StringIO(treasurer.get("/arrears?fund=F1&file=csv").data.decode("utf-8-sig"))))
    behind = next(row for row in rows if row[0] == "เดิม-88")
    assert rows[0][:2] == ["เลขสมาชิก", "สมาชิก"] and behind[4] < behind[6] and float(behind[5]) > 0
    with zipfile.ZipFile(io.BytesIO(treasurer.get("/arrears?fund=F1&file=xlsx").data)) as book:
        assert "เดิม-88" in book.read("xl/sharedStrings.xml").decode()
    assert "เดิม-88" in treasurer.get("/arrears?fund=F1&file=print").text
    assert treasurer.get("/arrears?fund=nothing&file=csv").status_code == 404


def test_a_passbook_goes_into_a_table_and_onto_paper_for_who_reads_the_money(app, client_as):
    person, treasurer = accounts.named("member").person, client_as("treasurer")
    at, text = web.system_clock(), "=1+1"
    line = {"person": str(person), "kind": "contribution", "amount_satang": 3000}
    said = {"fund": "F1", "book": text, "no": 7, "channel": "cash", "payer": {"type": "self", "person": str(person)}}
    said |= {"total_satang": 3000, "lines": [line], "paid_on": at.astimezone(BANGKOK).date().isoformat()}
    Phone(accounts.named("zone-leader"), at=at).record("contribution", said, at=at, subject=uuid.uuid4())
    bookings.catch_up(at=at)
    address = f"/members/{person}/passbook?fund=F1"
    answer = treasurer.get(f"{address}&file=csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[1][1] == "'=1+1/7" and rows[1][3] == "30.00" and rows[1][6] == "รับเงินแล้ว รอตรวจ"
    assert str(person) not in answer.headers["Content-Disposition"]
    assert "=1+1/7" in treasurer.get(address).text and treasurer.get(f"{address}&file=xlsx").data[:2] == b"PK"
    assert Viewing.select().where(Viewing.person == person, Viewing.purpose == "print").count() == 3
    assert client_as("volunteer").get(address).status_code == 404
    assert treasurer.get(f"/members/{person}/passbook?fund=F9").status_code == 404
