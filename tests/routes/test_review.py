"""The queue and one entry of it, as a zone leader reads them."""

import logging
import uuid

import pytest

from db.models import Comment
from pwa.domain.review import review
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def words(tree):
    return " ".join("".join(tree.itertext()).split())


def test_it_shows_the_queue_of_the_zone_oldest_first(hamlet, client_as, page):
    hamlet.visit(form(bunma(relation="head"), mali()))
    hamlet.visit(form(mali(), number="7"), place="V1B", hours=1)
    tree = page("/review", client_as("v-leader"))
    rows = [words(row) for row in tree.iter("a") if row.get("class") == "row"]
    assert len(rows) == 2
    assert "45/2 ชุมชน V1A" in rows[0] and "นางบุญมา ใจงาม" in rows[0] and "บ้านใหม่" in rows[0]
    assert "รอตรวจ 2 รายการ" in words(tree)


def test_it_says_what_an_empty_queue_means(hamlet, client_as, page):
    for view in ("waiting", "returned", "doubles", "nonsense"):
        assert page(f"/review?view={view}", client_as("v-other")).find(".//section[@class='empty']") is not None


def test_its_questions_to_the_database_do_not_grow_with_the_queue(hamlet, client_as, caplog):
    client, asked = client_as("v-leader"), []
    caplog.set_level(logging.DEBUG, "peewee")
    for n in range(9):
        hamlet.visit(form(bunma(), mali(), number=str(n)), hours=n)
        if n in (1, 2, 8):
            caplog.clear()
            assert client.get("/review").status_code == 200
            asked.append(len(caplog.records))
    assert asked[1] == asked[2] <= 40


def test_the_queue_beside_an_entry_is_the_same_queue_and_asked_for_apart(hamlet, client_as, page, caplog):
    client, asked = client_as("v-leader"), []
    caplog.set_level(logging.DEBUG, "peewee")
    for n, name in enumerate(("สมชาย", "ประไพ", "อุดม", "เกษร", "วิทยา", "ฐานิดา", "โกวิท", "ลำดวน", "ธงชัย")):
        one = mali(first_name=name, last_name=f"บ้าน{name}", relation="head")
        entry = hamlet.visit(form(one, number=str(n)), hours=n)
        if n in (2, 8):
            caplog.clear()
            sheet = page(f"/review/{entry.entry_id}", client)
            asked.append(len(caplog.records))
    assert asked[1] <= asked[0]
    [beside] = [node.get("hx-get") for node in sheet.iter("nav") if node.get("hx-trigger") == "intersect once"]
    assert beside == f"/review?beside={entry.entry_id}"
    second = f"{beside}&page=2"
    first, last = (client.get(url, headers={"HX-Request": "true"}).get_data(as_text=True) for url in (beside, second))
    assert "<html" not in first and first.count('class="row"') == 8 and last.count('class="row"') == 1
    assert (first + last).count('aria-current="true"') == 1
    assert page(beside, client).find(".//h1") is not None


def test_it_shows_a_new_house_with_its_three_names_and_a_pin_at_each_value(hamlet, client_as, page):
    entry = hamlet.visit(form(bunma(), mali(), respondent={"person": BUNMA}))
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    text = words(tree)
    assert "นางบุญมา ใจงาม" in text and "v-volunteer" in text and "ท่าน ยังไม่ตัดสิน" in text
    assert "ผู้อื่นให้ข้อมูลแทน: มาลี ใจงาม" in text
    pins = {field.get("name") for field in tree.iter("textarea")}
    assert {f"comment.people.{BUNMA}.birth_date", "comment.house.number", "reason"} <= pins
    assert "3900100123453" not in text
    actions = {button.get("formaction") for button in tree.iter("button")} - {None}
    assert actions == {f"/review/{entry.entry_id}/rejection", f"/review/{entry.entry_id}/return"}


def test_it_shows_only_what_changed_beside_the_register(hamlet, client_as, page):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    entry = hamlet.visit(form(bunma(phone="0822222222")), subject=home, base=1, hours=3)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    values = [node.text for node in tree.iter("b")]
    assert values == ["0811111111", "0822222222"]


def test_it_offers_three_values_where_the_register_moved(hamlet, client_as, page):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    entry = hamlet.visit(form(bunma(phone="0833333333")), subject=home, base=1, hours=4)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    radios = [(field.get("name"), field.get("value")) for field in tree.iter("input") if field.get("type") == "radio"]
    assert radios == [(f"choice.people.{BUNMA}.phone", value) for value in ("base", "register", "entry")]
    assert [node.text for node in tree.iter("b")] == ["0811111111", "0822222222", "0833333333"]


def test_health_is_only_for_who_may_decide(hamlet, client_as, page):
    consent = {"health": True, "by": "self", "given_on": "2026-11-20"}
    entry = hamlet.visit(form(bunma(consent=consent, health={"groups": ["chronic"]})))
    path = f"/review/{entry.entry_id}"
    assert "โรคเรื้อรัง" in words(page(path, client_as("v-leader"))) or "เรื้อรัง" in words(page(path, client_as("v-leader")))
    review.reject(entry, by=hamlet.second, at=MORNING, reason="ไม่ใช่")
    assert "เรื้อรัง" not in words(page(path, client_as("v-leader")))


def test_it_shows_a_returned_entry_with_its_words(hamlet, client_as, page):
    entry = hamlet.visit(form(bunma()))
    comments = {f"people.{BUNMA}.birth_date": "ดูจากบัตร"}
    review.send_back(entry, by=hamlet.second, at=MORNING, reason="ดูอีกช่อง", comments=comments)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    assert "ดูจากบัตร" in words(tree) and "ดูอีกช่อง" in words(tree)
    assert [area.get("id") for area in tree.iter("textarea")] == ["undo-reason"]
    assert Comment.select().where(Comment.path == f"people.{BUNMA}.birth_date").count() >= 1


def test_it_shows_an_approved_entry_as_it_was_decided(hamlet, client_as, page):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma()), subject=home)
    hamlet.approved(form(bunma(nickname="มา")), subject=home, base=1, hours=2)
    text = words(page(f"/review/{entry.entry_id}", client_as("v-leader")))
    assert "คุณv-leader อนุมัติแล้ว" in text and "บ้านใหม่" in text


def test_it_leads_from_a_replaced_one_to_the_newer(hamlet, client_as, page):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    newer = hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=1, replaces=entry.entry_id)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    assert f"/review/{newer.entry_id}" in [link.get("href") for link in tree.iter("a")]


def test_it_says_why_a_leader_may_not_decide_on_their_own_work(hamlet, client_as, page):
    from pwa.domain.custody.phones import Phone

    about = dict(at=MORNING, subject=uuid.uuid4(), place="V1A")
    entry = Phone(hamlet.leader, at=MORNING).record("household", form(bunma()), **about)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    assert "ท่านเป็นผู้บันทึกรายการนี้" in words(tree)
    assert [button for button in tree.iter("button") if button.get("formaction")] == []


def test_it_is_not_found_by_strangers(hamlet, client_as):
    entry = hamlet.visit(form(bunma()))
    for handle in ("v-other", "v-volunteer", "v-registrar", "v-network", "member"):
        client = client_as(handle)
        assert client.get(f"/review/{entry.entry_id}").status_code == 404
        for noun in ("approval", "return", "rejection"):
            answer = client.post(f"/review/{entry.entry_id}/{noun}", data={"reason": "ไม่ใช่"})
            assert answer.status_code == 404
    assert client_as("v-leader").get(f"/review/{uuid.uuid4()}").status_code == 404


def test_it_opens_a_photo_only_for_the_checker_and_only_a_jpeg(hamlet, client_as):
    jpeg = b"\xff\xd8\xff\xe0 house"
    good, bad = (hamlet.phone.picture(data, "house", at=MORNING) for data in (jpeg, b"no picture"))
    late = {"sha256": "ab" * 32, "kid": good["kid"], "role": "house", "type": "image/jpeg", "bytes": 9}
    entry = hamlet.visit(form(bunma()), pictures=[good, bad, late])
    client = client_as("v-leader")
    answer = client.get(f"/review/{entry.entry_id}/photos/{good['sha256']}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, jpeg, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/review/{entry.entry_id}/photos/{bad['sha256']}").status_code == 422
    assert client.get(f"/review/{entry.entry_id}/photos/{late['sha256']}").status_code == 422
    assert client.get(f"/review/{entry.entry_id}/photos/{'cd' * 32}").status_code == 404
    other = hamlet.visit(form(mali()), hours=1)
    assert client.get(f"/review/{other.entry_id}/photos/{good['sha256']}").status_code == 404
    assert client_as("v-other").get(f"/review/{entry.entry_id}/photos/{good['sha256']}").status_code == 404
    assert "รูปยังไม่มา" in client.get(f"/review/{entry.entry_id}").text


def test_it_reads_well_in_english(hamlet, client_as, page):
    entry = hamlet.visit(form(bunma(), mali()))
    client = client_as("v-leader")
    client.set_cookie("ombun_language", "en")
    assert "What the machine found" in words(page(f"/review/{entry.entry_id}", client))


def test_the_next_page_says_how_many_stand_on_it(hamlet, client_as, page):
    for n in range(11):
        hamlet.visit(form(bunma(), number=str(n)), hours=n)
    tree = page("/review", client_as("v-leader"))
    [link] = [one for one in tree.iter("a") if "page=2" in one.get("href", "")]
    assert words(link) == "ดูอีก 3 รายการ"


def test_the_sheet_says_how_many_wait_and_has_reason_and_decision_in_one_place(hamlet, client_as, page):
    entry = hamlet.visit(form(bunma()))
    hamlet.visit(form(mali(), number="7"), hours=1)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    assert "รอตรวจ 2 รายการ" in words(tree)
    [dock] = [one for one in tree.iter("footer")]
    assert [one.get("name") for one in dock.iter("textarea")] == ["reason"]
    assert [words(one) for one in dock.iter("button")] == ["ไม่อนุมัติ", "ตีกลับ", "อนุมัติ 45/2"]


def test_resemblances_are_one_line(hamlet, client_as, page):
    for n in range(3):
        hamlet.approved(form(bunma(), number=str(n)), hours=n)
    entry = hamlet.visit(form(bunma()), hours=5)
    tree = page(f"/review/{entry.entry_id}", client_as("v-leader"))
    [line] = [one for one in tree.iter("details") if one.get("class") == "checks__more"]
    assert words(line.find("summary")).startswith("ข้อมูลอาจซ้ำ: นางบุญมา ใจงาม และทำนองนี้อีก 2 เรื่อง")
