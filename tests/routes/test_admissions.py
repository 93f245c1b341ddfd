"""The registrar records what the committee resolved, and confirms who holds a passbook."""

import uuid

import pytest

from db.models import Membership
from pwa.domain.registry import admissions, register
from tests.villages import BUNMA, MORNING, Village, applies, bunma, form, holds, mali, open_access

SITTING = {
    "board": "3",
    "meeting": "8/2569",
    "resolved_on:day": "20",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


@pytest.fixture
def village(app):
    return Village()


@pytest.fixture
def applicant(village):
    village.home = uuid.uuid4()
    village.approved(form(bunma(**applies()), mali()), subject=village.home)
    return admissions.waiting(village.fund)[0]


def resolve(client, *applications, **more):
    data = SITTING | {"accepted": "yes", "application": [str(row.id) for row in applications]} | more
    return client.post("/admissions/VF/resolutions", data=data)


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_lists_applicants_and_not_who_only_lives_there(applicant, client_as, page):
    text = words(page("/admissions", client_as("v-registrar")))
    assert "นางบุญมา ใจงาม" in text and "มาลี" not in text and "กองทุนทดสอบ" in text


def test_it_makes_members(village, applicant, client_as):
    client = client_as("v-registrar")
    assert resolve(client, applicant).headers["Location"] == "/admissions"
    assert Membership.get(Membership.person == register.person_id(village.home, BUNMA)).number == "VF-0001"
    assert resolve(client, applicant).status_code == 303
    assert Membership.select().where(Membership.fund == village.fund).count() == 1


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
def test_it_refuses_bad_input(village, applicant, client_as, wrong):
    assert resolve(client_as("v-registrar"), applicant, **wrong).status_code == 422
    assert Membership.select().where(Membership.fund == village.fund).count() == 0


def test_it_does_not_find_other_applications(village, applicant, client_as):
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


def test_it_shows_the_passbook_and_keeps_number_and_tenure(village, client_as, page):
    photo = village.phone.picture(b"\xff\xd8\xff page", "evidence", at=MORNING)
    member = holds()
    member["passbook"]["photo"] = photo["sha256"]
    home = uuid.uuid4()
    village.approved(form(bunma(**member)), subject=home, pictures=[photo])
    [application] = admissions.waiting(village.fund)
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
    member = Membership.get(Membership.person == register.person_id(home, BUNMA))
    assert (member.number, str(member.tenure_from)) == ("02-0147", "2021-01-05")
    assert client.post(where, data={"accepted": "no", "reason": "ไม่ตรง"}).status_code == 422
    page(f"/admissions/{application.id}", client)


def test_the_form_stands_before_the_list_and_its_button_says_it_is_for_the_chosen(village, client_as, page):
    for n in range(25):
        village.approved(form(bunma(**applies()), number=str(n)), hours=n)
    tree = page("/admissions", client_as("v-registrar"))
    [one] = [form for form in tree.iter("form") if form.get("action", "").endswith("/resolutions")]
    order = [field.get("name") for field in one.iter("input") if field.get("name")]
    assert order.index("board") < order.index("application") and order.count("application") == 25
    tools = {name for node in one.iter() for name in node.attrib if name.startswith("data-")}
    assert {"data-all", "data-find", "data-chosen", "data-deliberate"} <= tools


def test_what_was_recorded_is_said_with_the_names(village, applicant, client_as, page):
    client = client_as("v-registrar")
    resolve(client, applicant)
    [said] = [one for one in page("/admissions", client).iter("div") if one.get("data-decided") is not None]
    assert "รับเข้าแล้ว 1 คน" in words(said) and "บุญมา ใจงาม" in words(said)
    assert said.find(".//*[@role='status']") is not None


def test_what_is_ones_own_has_no_box(village, applicant, client_as, page):
    def boxes():
        return [
            box.get("value")
            for box in page("/admissions", client_as("v-registrar")).iter("input")
            if box.get("name") == "application"
        ]

    assert boxes() == [str(applicant.id)]
    open_access(village.volunteer, by=village.registrar)
    assert boxes() == []
    assert "ยังไม่มีเจ้าหน้าที่คนที่สองยืนยัน" in client_as("v-registrar").get("/admissions").text
    assert page(f"/admissions/{applicant.id}", client_as("v-registrar")).findall(".//main//form") == []
