"""/me and /members/<uuid>/rights: what somebody would get today, and the same tried out on other days."""

import uuid

import pytest

from db.models import Admission, Fund, Membership, Person, Viewing
from pwa import web
from pwa.domain.fund import undecided
from pwa.domain.people import accounts
from tests.routes.test_me import text_of

WHAT_IF = "/me/what-if?fund=F1&benefit=illness"
ALONE = {"HX-Request": "true"}


@pytest.fixture
def member(client_as):
    return client_as("member")


def test_rights_come_first_on_ones_own_page(page, member):
    shown = text_of(page("/me", member))
    places = [shown.index(words) for words in ("วันนี้ฉันจะได้อะไร", "เกิด · ค่าทำขวัญบุตร", "ตาย · เงินจัดการศพ", "ข้อมูลของฉัน")]
    assert places == sorted(places)
    assert "ตามระเบียบฉบับที่ใช้วันนี้ กรรมการเป็นผู้อนุมัติ" in shown


def test_a_card_opens_to_the_whole_tree(page, member):
    card = page("/me", member).find(".//details[@id='right-illness']")
    for words in ("เป็นสมาชิกครบ 180 วัน", "ข้อ 17.1", "ปีละไม่เกิน 1,000 บาท", "มติชุดที่"):
        assert words in text_of(card)


def test_the_one_missing_fact_is_asked_and_becomes_a_correction(page, member):
    """Nobody confirmed a passbook, so nobody knows through when it is paid; the member is in the waiting time, where it decides nothing."""
    assert page("/me", member).find(".//correction-form[@data-path]") is not None
    person = Person.get_by_id(accounts.named("member").person)
    Membership.update(joined_on="2020-01-05", tenure_from="2020-01-05").where(Membership.person == person.id).execute()
    section = page("/me", member).find(".//section[@id='rights-F1']")
    [form] = section.findall(".//correction-form")
    assert form.get("data-path") == f"people.{person.local_id}.passbook.paid_through"
    assert "ตามสมุด ส่งเงินสมทบถึงวันที่เท่าไร" in text_of(form), "asked once, though five benefits wait for it"


def test_what_if_answers_beside_its_fields(page, member):
    shown = text_of(page(WHAT_IF + "&paid_through_day=30&paid_through_month=12&paid_through_year=2575", member))
    assert "200 บาท" in shown or "ถ้าเกิดวันที่" in shown
    late = "&event_on_day=1&event_on_month=6&event_on_year=2575&units=4"
    paid = "&paid_through_day=30&paid_through_month=6&paid_through_year=2575"
    assert "600 บาท" in text_of(page(WHAT_IF + late + paid, member).find(".//div[@id='answer']"))


def test_only_the_answer_comes_to_a_page_that_has_the_fields(member):
    answer = member.get(WHAT_IF, headers=ALONE).text
    assert "<form" not in answer and "ดูทีละข้อ" in answer and "hx-swap-oob=true" in answer


@pytest.mark.parametrize(
    "typed",
    [
        "units=1e9",
        "units=-1",
        "units=0.005",
        "event_on_day=31&event_on_month=2",
        "event_on_year=2025",
        "joined_on_year=2580",
    ],
)
def test_what_cannot_be_read_says_so_and_stays(member, typed):
    html = member.get(f"{WHAT_IF}&{typed}").text
    assert "ที่กรอกไว้ยังอยู่ครบ" in html and "field--problem" in html
    for value in (pair.partition("=")[2] for pair in typed.split("&")):
        assert f'value="{value}"' in html


def test_what_is_not_theirs_is_not_found(member, client_as):
    for query in ("", "?fund=F2&benefit=birth", "?fund=F1&benefit=none", "?fund=F1"):
        assert member.get(f"/me/what-if{query}").status_code == 404, query
    person = accounts.named("member").person
    assert client_as("volunteer").get(f"/members/{person}/rights").status_code == 404


def test_the_committee_sees_them_and_the_member_sees_that(page, client_as):
    person = accounts.named("member").person
    shown = text_of(page(f"/members/{person}/rights", client_as("committee")))
    assert "วันนี้จะได้อะไร" in shown and "ค่าทำขวัญบุตร" in shown
    assert page(f"/members/{person}/rights?fund=F1&benefit=death", client_as("committee")) is not None
    assert {row.purpose for row in Viewing.select().where(Viewing.person == person)} == {"show"}


def test_it_stands_on_paper(page, client_as):
    shown = text_of(page(f"/members/{accounts.named('member').person}/paper", client_as("zone-leader")))
    assert "ค่าทำขวัญบุตร" in shown and "เป็นการคาดไว้ ไม่ใช่คำสัญญา" in shown


def test_committee_and_registrar_find_who_lacks_a_fact(page, client_as):
    Membership.update(joined_on="2020-01-05", tenure_from="2020-01-05").execute()
    today = web.system_clock().date()
    for handle in ("committee", "registrar"):
        client = client_as(handle)
        assert "สมาชิกที่ยังบอกสิทธิไม่ได้" in text_of(page("/", client))
        rows = page("/rights", client).findall(".//a[@class='row']")
        assert len(rows) == sum(len(undecided.of(fund, on=today)) for fund in undecided.funds(accounts.named(handle)))
        assert "through" not in text_of(rows[0]) and "ยังไม่รู้: " in text_of(rows[0])
    assert client_as("zone-leader").get("/rights").status_code == 404


def test_where_nothing_is_missing_it_says_so(page, client_as):
    assert "บอกสิทธิของทุกคนในกองทุนนี้ได้ครบ" in text_of(page("/rights", client_as("registrar")))


def test_a_fund_without_a_regulation_says_so_and_still_tells_the_standing(page, member):
    """Nothing is promised, nothing asked: where to ask instead, and how they stand."""
    person, at = accounts.named("member").person, web.system_clock()
    fund = Fund.create(code="F7", name="กองทุนใหม่", unit=Fund.get(Fund.code == "F1").unit, number_pattern="{n}")
    about = {"person": person, "fund": fund}
    told = Admission.create(**about, kind="existing", accepted=True, account=accounts.named("registrar"), at=at)
    Membership.create(
        id=uuid.uuid4(), **about, number="1", joined_on="2020-01-05", tenure_from="2020-01-05", admission=told
    )
    tree = page("/me", member)
    section = tree.find(".//section[@id='rights-F7']")
    assert "ระเบียบของกองทุนยังไม่อยู่ในระบบนี้" in text_of(section)
    assert section.findall(".//details") == section.findall(".//correction-form") == []
    assert "สถานะในกองทุนใหม่" in text_of(tree) and "เกิด · ค่าทำขวัญบุตร" in text_of(tree), "the other fund's rights stand"
    assert member.get("/me/what-if?fund=F7&benefit=illness").status_code == 404


def test_the_code_on_paper_opens_ones_own_page_and_nobody_elses(client_as):
    person = accounts.named("member").person
    own = client_as("member").get(f"/members/{person}/rights?fund=F1&benefit=illness")
    assert (own.status_code, own.headers["Location"]) == (302, "/me")
    assert client_as("zone-leader").get(f"/members/{person}/rights").status_code == 200
    for handle in ("volunteer", "treasurer", "admin"):
        assert client_as(handle).get(f"/members/{person}/rights").status_code == 404, handle
    stranger = Person.select().where(Person.id != person).first()
    assert client_as("member").get(f"/members/{stranger.id}/rights").status_code == 404
