"""/me, /members/<uuid> and its paper: a member's own page, and the same page for those who look after them."""

from html import unescape

from playhouse.test_utils import count_queries

from db.models import Application, EnrolmentUse, Entry, Household, Opening, Passkey, Person, Viewing
from pwa import web
from pwa.domain.people import accounts, enrolments


def text_of(tree):
    return " ".join("".join(tree.itertext()).split())


def test_a_member_sees_standing_values_and_the_three_names(page, client_as):
    shown = text_of(page("/me", client_as("member")))
    for words in ("วันนี้ฉันจะได้อะไร", "สถานะใน", "ผู้ให้ข้อมูล", "ผู้เก็บข้อมูล", "ผู้ตรวจสอบข้อมูล", "สมหญิง ดีพร้อม", "บุญมี แสนสุข"):
        assert words in shown


def test_every_value_can_be_called_wrong(page, client_as):
    tree = page("/me", client_as("member"))
    forms = tree.findall(".//correction-form")
    assert len(forms) > 5
    assert all(form.get("data-path") and form.get("data-subject") for form in forms)


def test_own_corrections_show_their_answer(page, client_as):
    assert "รอหัวหน้าโซนตรวจ" in text_of(page("/me", client_as("member")))


def test_a_working_account_has_no_rights_page(page, client_as):
    assert "บัญชีนี้ใช้ทำงาน" in text_of(page("/me", client_as("admin")))


def test_me_asks_few_questions_of_the_database(client_as):
    client = client_as("member")
    client.get("/me")
    with count_queries() as queries:
        client.get("/me")
    assert queries.count <= 39, queries.count


def test_looking_is_kept_and_the_member_sees_it(page, client_as):
    person = accounts.named("member").person
    shown = page(f"/members/{person}", client_as("zone-leader"))
    assert shown.findall(".//correction-form") == []
    assert "บุญมี แสนสุข" in text_of(page("/me", client_as("member")).find(".//section[@id='viewings']"))
    assert [(row.purpose, row.account.handle) for row in Viewing.select()] == [("show", "zone-leader")]


def test_looking_at_their_house_is_kept_too(page, client_as):
    person = Person.get_by_id(accounts.named("member").person)
    leader, house = client_as("zone-leader"), f"/households/{person.household_id}"
    for path in (house, house, f"{house}/visit"):
        leader.get(path)
    assert [row.purpose for row in Viewing.select().where(Viewing.person == person.id)] == ["household", "form"]
    assert {row.person for row in Viewing.select()} == {one.id for one in person.household.people}
    shown = text_of(page("/me", client_as("member")).find(".//section[@id='viewings']"))
    assert "บุญมี แสนสุข" in shown and "ดูข้อมูลครัวเรือน" in shown


def test_reading_an_entry_about_their_house_is_kept_too(client_as):
    opened = Opening.select(Opening, Entry).join(Entry).where(Opening.subject.in_(Household.select(Household.id)))
    leader = client_as("zone-leader")
    read = next(one for one in opened if leader.get(f"/review/{one.entry.entry_id}").status_code == 200)
    people = Person.select().where(Person.household == read.subject)
    assert {(row.person, row.purpose) for row in Viewing.select()} == {(one.id, "review") for one in people}
    asked = Application.select().first()
    registrar = client_as("registrar")
    assert registrar.get(f"/admissions/{asked.id}").status_code == 200
    assert Viewing.get(Viewing.purpose == "admission").person == asked.person


def test_it_prints_one_page_and_keeps_that(page, client_as):
    person = accounts.named("member").person
    assert (
        "เลขสมาชิก" in text_of(page(f"/members/{person}/paper", client_as("registrar"))) or Viewing.select().count() == 1
    )
    assert [row.purpose for row in Viewing.select()] == ["print"]


def test_health_is_never_on_somebody_elses_page(client_as):
    from db.models import HealthFact, Person

    fact = HealthFact.select().first()
    people = list(Person.select().where(Person.household == fact.subject)) if fact else []
    assert people, "the village has somebody with health data"
    for person in people:
        answer = client_as("registrar").get(f"/members/{person.id}")
        assert "ติดบ้าน" not in answer.text


def test_the_paper_names_the_member_to_a_volunteers_phone(client_as):
    person = accounts.named("member").person
    paper = client_as("registrar").get(f"/members/{person}/paper").text
    assert enrolments.qr(f"http://localhost/members/{person}/rights") in unescape(paper)


def test_the_paper_can_carry_a_code_to_enrol_later(client_as):
    from db.models import Enrolment

    account = accounts.named("member")
    registrar = client_as("registrar")
    refused = registrar.post(f"/members/{account.person}/paper")
    assert refused.status_code == 422
    answer = registrar.post(f"/members/{account.person}/paper", data={"identity_check": "passbook"})
    assert answer.status_code == 200
    assert 'class="qr" src="data:image/svg' in answer.text
    kept = Enrolment.get(Enrolment.account == account)
    assert (kept.identity_check, kept.issued_by.handle) == ("passbook", "registrar")


def test_signing_out_stands_at_the_top(page, client_as):
    tree = page("/me", client_as("member"))
    [form] = [one for one in tree.iter("form") if one.get("action") == "/session/end"]
    assert form in list(tree.find(".//header").iter("form"))


def test_a_phone_has_the_name_that_its_owner_gives(page, client_as):
    client = client_as("member")
    made = Passkey.create(
        account=client.account,
        credential_id="mine",
        public_key=b"x",
        label="Linux · Chrome",
        device=client.device,
        created_at=web.system_clock(),
    )
    issued = enrolments.issue(client.account, by=None, at=web.system_clock(), reason="ทดสอบ")
    EnrolmentUse.create(enrolment=issued.enrolment, passkey=made, at=web.system_clock())
    where = f"/passkeys/{made.id}/name"
    answer = client.post(where, data={"name": " เครื่องของยาย "})
    assert (answer.status_code, answer.headers.get("Location")) == (303, "/me#phones"), answer.text
    shown = text_of(page("/me", client).find(".//section[@id='phones']"))
    assert "เครื่องของยาย" in shown and client.device.id.hex[-4:] in shown
    assert "เครื่องของยาย" in text_of(page("/devices", client_as("admin")))
    for name in ("", " \u200b", "ก" * 61):
        assert client.post(where, data={"name": name}).status_code == 422
    assert client_as("member-2").post(where, data={"name": "x"}).status_code == 404
