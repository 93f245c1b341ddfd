"""The registrar records what the committee resolved, and confirms who holds a passbook."""

import uuid

import pytest

from db.models import Entry, Membership
from pwa.domain.people import accounts
from pwa.domain.register import applications, tables
from pwa.domain.review import admissions, counter_decisions
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, holds, mali, open_access

SITTING = {
    "board": "3",
    "meeting": "8/2569",
    "resolved_on:day": "20",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.fixture
def applicant(hamlet):
    hamlet.home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies()), mali()), subject=hamlet.home)
    return admissions.waiting(hamlet.fund)[0]


def resolve(client, *applications, **more):
    data = SITTING | {"accepted": "yes", "application": [str(row.id) for row in applications]} | more
    return client.post("/admissions/VF/resolutions", data=data)


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_lists_applicants_and_not_who_only_lives_there(applicant, client_as, page):
    text = words(page("/admissions", client_as("v-registrar")))
    assert "นางบุญมา ใจงาม" in text and "มาลี" not in text and "กองทุนทดสอบ" in text


def test_it_makes_members(hamlet, applicant, client_as):
    client = client_as("v-registrar")
    assert resolve(client, applicant).headers["Location"] == "/admissions"
    assert Membership.get(Membership.person == tables.person_id(hamlet.home, BUNMA)).number == "VF-0001"
    assert resolve(client, applicant).status_code == 303
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"board": ""},
        {"meeting": " \u200b"},
        {"accepted": ""},
        {"accepted": "no"},
        {"application": []},
        {"resolved_on:year": "3100"},
        {"resolved_on:year": "2026"},
        {"resolved_on:day": "32"},
        {"resolved_on:day": "๓๒"},
        {"resolved_on:day": ""},
        {"resolved_on:day": "", "resolved_on:month": "", "resolved_on:year": ""},
    ],
)
def test_it_refuses_bad_input(hamlet, applicant, client_as, wrong):
    assert resolve(client_as("v-registrar"), applicant, **wrong).status_code == 422
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 0


def test_it_does_not_find_other_applications(hamlet, applicant, client_as):
    client = client_as("v-registrar")
    assert (
        client.post(
            "/admissions/VF/resolutions", data=SITTING | {"application": "99999", "accepted": "yes"}
        ).status_code
        == 404
    )
    assert client.post("/admissions/F1/resolutions", data=SITTING | {"accepted": "yes"}).status_code == 404
    assert client.get("/admissions/99999").status_code == 404


def test_it_is_not_for_other_registrars(applicant, client_as):
    client = client_as("registrar")
    assert "บุญมา ใจงาม" not in client.get("/admissions").text or "กองทุนทดสอบ" not in client.get("/admissions").text
    assert client.get(f"/admissions/{applicant.id}").status_code == 404
    assert client.post(f"/admissions/{applicant.id}/confirmation", data={"accepted": "yes"}).status_code == 404
    assert resolve(client, applicant).status_code == 404


def test_it_shows_the_passbook_and_keeps_number_and_tenure(hamlet, client_as, page):
    photo = hamlet.phone.picture(b"\xff\xd8\xff page", "evidence", at=MORNING)
    member = holds()
    member["passbook"]["photo"] = photo["sha256"]
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**member)), subject=home, pictures=[photo])
    [application] = admissions.waiting(hamlet.fund)
    client = client_as("v-registrar")
    text = words(page(f"/admissions/{application.id}", client))
    assert "02-0147" in text and "5 ม.ค. 2564" in text
    picture = client.get(f"/admissions/{application.id}/photos/{photo['sha256']}")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert client.get(f"/admissions/{application.id}/photos/{'ab' * 32}").status_code == 404
    where = f"/admissions/{application.id}/confirmation"
    assert client.post(where, data={}).status_code == 422
    assert client.post(where, data={"accepted": "no"}).status_code == 422
    assert [client.post(where, data={"accepted": "yes"}).status_code for _ in range(2)] == [303, 303]
    member = Membership.get(Membership.person == tables.person_id(home, BUNMA))
    assert (member.number, str(member.tenure_from)) == ("02-0147", "2021-01-05")
    assert client.post(where, data={"accepted": "no", "reason": "ไม่ตรง"}).status_code == 422
    page(f"/admissions/{application.id}", client)


def test_the_form_stands_before_the_list_and_its_button_says_it_is_for_the_chosen(hamlet, client_as, page):
    for n in range(25):
        hamlet.approved(form(bunma(**applies()), number=str(n)), hours=n)
    tree = page("/admissions", client_as("v-registrar"))
    [one] = [form for form in tree.iter("form") if form.get("action", "").endswith("/resolutions")]
    order = [field.get("name") for field in one.iter("input") if field.get("name")]
    assert order.index("board") < order.index("application") and order.count("application") == 25
    tools = {name for node in one.iter() for name in node.attrib if name.startswith("data-")}
    assert {"data-all", "data-find", "data-chosen", "data-deliberate"} <= tools


def test_what_was_recorded_is_said_with_the_names(hamlet, applicant, client_as, page):
    client = client_as("v-registrar")
    resolve(client, applicant)
    [said] = [one for one in page("/admissions", client).iter("div") if one.get("data-decided") is not None]
    assert "รับเข้าแล้ว 1 คน" in words(said) and "บุญมา ใจงาม" in words(said)
    assert said.find(".//*[@role='status']") is not None


def slips(tree):
    """[(address, fields)] of the buttons that take something back."""
    forms = [one for one in tree.iter("form") if one.get("action", "").partition("/slip")[1]]
    return [(one.get("action"), {i.get("name"): i.get("value") for i in one.iter("input")}) for one in forms]


def test_it_is_taken_back_by_the_button_that_stands(hamlet, applicant, client_as, page):
    client = client_as("v-registrar")
    resolve(client, applicant)
    [(where, fields)] = slips(page("/admissions", client))
    assert "กลับคำตัดสินเองได้ถึง" in words(page("/admissions", client))
    assert client_as("registrar").post(where, data=fields).status_code == 404
    assert [client.post(where, data=fields).status_code for _ in range(2)] == [303, 303]
    tree = page("/admissions", client)
    [said] = [one for one in tree.iter("div") if one.get("data-decided") is not None]
    assert "กลับคำตัดสินแล้ว 1 คน" in words(said) and said.find(".//*[@role='status']") is not None
    assert slips(tree) == [] and applications.named(applicant) in {box.get("value") for box in tree.iter("input")}
    assert "ถือว่าไม่เคยบันทึก" in words(page(f"/admissions/{applicant.id}", client))
    for odd in ("", "x", "-1", "9" * 30):
        assert client.post(where, data={"made": odd}).status_code == 404
        assert client.post(f"/admissions/{applicant.id}/slip", data={"made": odd}).status_code == 404


def test_no_page_and_no_paper_knows_a_membership_that_never_began(hamlet, applicant, client_as):
    accounts.add("v-member", name="บุญมา", unit=hamlet.town, role="member", at=MORNING, person=applicant.person)
    client, person = client_as("v-registrar"), f"/members/{applicant.person}"
    resolve(client, applicant)
    shown = [(client, person), (client_as("v-member"), "/me")]
    assert ["VF-0001" in one.get(where).text for one, where in shown] == [True, True]
    made = Membership.get(Membership.fund == hamlet.fund).admission_id
    assert client.post("/admissions/VF/slips", data={"made": made}).status_code == 303
    shown += [(client, f"{person}/paper"), (client, "/admissions"), (client, f"/households/{hamlet.home}")]
    answers = [one.get(where) for one, where in shown]
    assert [(answer.status_code, "VF-0001" in answer.text) for answer in answers] == [(200, False)] * 5


def test_one_person_is_taken_back_on_their_own_page(hamlet, client_as, page):
    for n in range(7):
        hamlet.approved(form(bunma(first_name=f"สม{n}", **applies()), number=str(n)), hours=n)
    client, asked = client_as("v-registrar"), admissions.waiting(hamlet.fund)
    resolve(client, *asked)
    tree = page("/admissions", client)
    links = [one.get("href") for one in tree.iter("a") if one.get("href", "").startswith("/admissions/")]
    assert links == [f"/admissions/{one.id}" for one in asked]
    [(where, fields)] = slips(page(links[2], client))
    assert client.post(where, data=fields).headers["Location"] == links[2]
    assert slips(page(links[2], client)) == [] and len(slips(page(links[3], client))) == 1
    assert "กลับคำตัดสิน 6 คน" in words(page("/admissions", client))
    assert [one.id for one in admissions.waiting(hamlet.fund)] == [asked[2].id]


def test_what_rests_on_it_is_said_in_place_of_the_button(hamlet, applicant, client_as, page):
    client = client_as("v-registrar")
    resolve(client, applicant)
    [(where, fields)] = slips(page("/admissions", client))
    client_as("v-leader").get(f"/members/{applicant.person}/paper")
    tree = page("/admissions", client)
    assert slips(tree) == [] and "พิมพ์เอกสารของ นางบุญมา ใจงาม" in words(tree)
    assert client.post(where, data=fields).status_code == 422


def test_a_page_of_before_resolves_about_nobody_else(hamlet, applicant, client_as):
    """An application goes with the approval that it stands on, and the next one takes its place in the table."""
    client, seen = client_as("v-registrar"), applications.named(applicant)
    counter_decisions.undo(Entry.get_by_id(applicant.entry_id), by=hamlet.second, at=MORNING, reason="ผิดบ้าน")
    hamlet.approved(form(bunma(first_name="มาลัย", **applies()), number="7"), hours=2)
    [other] = admissions.waiting(hamlet.fund)
    data = SITTING | {"accepted": "yes", "application": seen}
    answer = client.post("/admissions/VF/resolutions", data=data)
    assert answer.status_code == (422 if other.id == applicant.id else 404)
    hamlet.approved(form(bunma(**holds()), number="8"), hours=3)
    claim = next(one for one in admissions.waiting(hamlet.fund) if one.kind == "existing")
    stale = {"accepted": "yes", "application": f"{claim.id}-{claim.entry_id - 1}"}
    assert client.post(f"/admissions/{claim.id}/confirmation", data=stale).status_code == 422
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 0


def test_what_is_ones_own_has_no_box(hamlet, applicant, client_as, page):
    def boxes():
        return [
            box.get("value")
            for box in page("/admissions", client_as("v-registrar")).iter("input")
            if box.get("name") == "application"
        ]

    assert boxes() == [applications.named(applicant)]
    open_access(hamlet.volunteer, by=hamlet.registrar)
    assert boxes() == []
    assert "ยังไม่มีเจ้าหน้าที่คนที่สองยืนยัน" in client_as("v-registrar").get("/admissions").text
    assert page(f"/admissions/{applicant.id}", client_as("v-registrar")).findall(".//main//form") == []
