"""A meeting on a laptop, and a second one on their own phone."""

import uuid

from db.models import Account, Postponement, Resolution
from pwa.domain.fund import arrears, claims
from pwa.domain.people import accounts
from pwa.domain.review import agenda_items, attendance, claim_decisions, minutes
from tests.claiming import AT, TODAY, birth, certified, decided, member, stay

SITTING = {
    "board": "4",
    "meeting": "12/2569",
    "resolved_on:day": "28",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


PRESENT = ("registrar", "committee", "committee-2")


def begun(registrar, **more):
    """The address of a sitting that the registrar begins, with three present."""
    at = registrar.post("/meetings/F1", data=SITTING | more).headers["Location"]
    people = {"present": [str(accounts.named(one).id) for one in PRESENT]}
    assert registrar.post(f"{at}/attendance", data=people).status_code == 303
    return at


def mark(claim):
    return agenda_items.mark(claims.of(claim))


def test_many_are_typed_and_confirmed(client_as, page):
    ones = [certified(), certified(birth())]
    registrar, committee = client_as("registrar"), client_as("committee")
    page("/meetings", registrar)
    at = begun(registrar)
    page(at, registrar)
    said = {"claim": [str(one.claim.id) for one in ones]}
    for _ in range(2):
        assert registrar.post(f"{at}/resolutions", data=said).status_code == 303
    assert "600" in "".join(page(at, committee).itertext())
    read = {"claim": [f"{one.claim.id}:2" for one in ones]}
    assert registrar.post(f"{at}/confirmations", data=read).status_code == 404
    for _ in range(2):
        assert committee.post(f"{at}/confirmations", data=read).status_code == 303
    assert {claims.of(one.claim).state for one in ones} == {"granted"}


def test_a_sitting_is_begun_once_and_wants_its_number_and_day(client_as):
    registrar = client_as("registrar")
    assert begun(registrar) == begun(registrar)
    for wrong in ({"board": ""}, {"meeting": ""}, {"resolved_on:day": "31"}, {"resolved_on:year": "2599"}):
        assert registrar.post("/meetings/F1", data=SITTING | wrong).status_code == 422, wrong
    assert registrar.post("/meetings/F9", data=SITTING).status_code == 404


def test_without_anybody_present_nothing_is_resolved(client_as):
    one, registrar = certified(), client_as("registrar")
    at = registrar.post("/meetings/F1", data=SITTING).headers["Location"]
    assert registrar.post(f"{at}/resolutions", data={"claim": [str(one.claim.id)]}).status_code == 422
    said = {"seen": mark(one.claim), "word": "grant"}
    assert registrar.post(f"{at}/claims/{one.claim.id}/resolution", data=said).status_code == 422
    assert claims.of(one.claim).state == "certified"


def test_who_is_present_is_written_down_and_corrected(client_as, page):
    registrar = client_as("registrar")
    at = begun(registrar)
    guest = {"name": "กำนันสมบูรณ์", "office": "ที่ปรึกษา"}
    assert registrar.post(f"{at}/attendance", data={"name": "กำนันสมบูรณ์"}).status_code == 422
    assert registrar.post(f"{at}/attendance", data={"present": "x"}).status_code == 422
    kept = {"present": str(accounts.named("committee").id), f"office:{accounts.named('committee').id}": "chair"}
    for _ in range(2):
        assert registrar.post(f"{at}/attendance", data=kept | guest).status_code == 303
    shown = "".join(page(at, registrar).itertext())
    assert "กำนันสมบูรณ์" in shown and "ประธานที่ประชุม" in shown
    assert [one.name for one in attendance.of(sitting())] == [accounts.named("committee").name, "กำนันสมบูรณ์"]


def sitting():
    return Resolution.get(Resolution.meeting == SITTING["meeting"])


def test_one_at_a_time_is_granted_refused_or_put_off(client_as, page):
    ones = [certified(birth()), certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))]
    registrar, committee = client_as("registrar"), client_as("committee")
    at = begun(registrar)
    born, first, second = (f"{at}/claims/{one.claim.id}" for one in ones)
    shown = "".join(page(born, registrar).itertext())
    assert "เรื่องที่ 1 จาก 3" in shown and "1,000" in shown
    for wrong in ({"word": "refuse"}, {"word": "later"}, {"word": "x"}, {"word": "grant", "amount": "2000"}):
        answer = registrar.post(f"{born}/resolution", data={"seen": mark(ones[0].claim)} | wrong)
        assert answer.status_code == 422, wrong
    said = {"seen": mark(ones[0].claim), "word": "grant"}
    answer = registrar.post(f"{born}/resolution", data=said)
    assert (answer.status_code, answer.headers["Location"]) == (303, first)
    no = {"seen": mark(ones[1].claim), "word": "refuse", "reason": "ใบรับรองเป็นของผู้อื่น"}
    assert registrar.post(f"{first}/resolution", data=no).headers["Location"] == second
    later = {"seen": mark(ones[2].claim), "word": "later", "reason": "ขอดูใบรับรองตัวจริง"}
    for _ in range(2):
        assert registrar.post(f"{second}/resolution", data=later).headers["Location"] == at
    assert "เลื่อนไปครั้งหน้า" in "".join(page(second, registrar).itertext())
    page(born, committee)
    assert committee.post(f"{born}/confirmation", data={"seen": "2", "accepted": "yes"}).status_code == 303
    assert [claims.of(one.claim).state for one in ones] == ["granted", "proposed", "certified"]
    assert Postponement.select().count() == 1
    live = {"HX-Request": "true"}
    assert "เปิดใหม่" in committee.get(f"{born}?shown=1-1", headers=live).text
    assert "แตะเพื่อดูล่าสุด" in committee.get(f"{at}?shown=", headers=live).text


def test_what_changed_during_the_meeting_is_said_and_nothing_is_recorded(client_as):
    one, registrar, other = certified(), client_as("registrar"), client_as("committee")
    at = begun(registrar)
    address, seen = f"{at}/claims/{one.claim.id}/resolution", mark(one.claim)
    assert registrar.post(address, data={"seen": "1-99999", "word": "grant"}).status_code == 422
    assert other.post(address, data={"seen": seen, "word": "grant"}).status_code == 303
    said = registrar.post(address, data={"seen": seen, "word": "refuse", "reason": "ไม่ครบ"})
    assert said.status_code == 422 and accounts.named("committee").name in said.text
    assert claims.of(one.claim).last("propose").account == accounts.named("committee")


def test_an_old_sitting_decides_nothing_more(client_as, page):
    one, registrar = certified(), client_as("registrar")
    at = begun(registrar, **{"meeting": "11/2569", "resolved_on:day": "27"})
    begun(registrar)
    assert registrar.get(f"{at}/claims/{one.claim.id}").status_code == 404
    page(at, registrar)


def test_a_household_of_ones_own_is_named(client_as, page):
    one, registrar = certified(), client_as("registrar")
    at = begun(registrar)
    Account.update(person=member().person).where(Account.id == accounts.named("committee").id).execute()
    shown = "".join(page(f"{at}/claims/{one.claim.id}", registrar).itertext())
    assert f"คุณ{accounts.named('committee').name} ไม่ร่วมตัดสินเรื่องนี้" in shown and "ตัดสินได้ 2 คน" in shown


def test_minutes_number_what_was_resolved_and_name_no_illness(client_as, page):
    ones = [certified(birth()), certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))]
    registrar, committee = client_as("registrar"), client_as("committee")
    at = begun(registrar)
    registrar.post(f"{at}/resolutions", data={"claim": [str(one.claim.id) for one in ones[:2]]})
    later = {"seen": mark(ones[2].claim), "word": "later", "reason": "ขอดูใบรับรองตัวจริง"}
    registrar.post(f"{at}/claims/{ones[2].claim.id}/resolution", data=later)
    assert "ยังมี 2 มติที่รออีกคนยืนยัน" in "".join(page(f"{at}/minutes", registrar).itertext())
    committee.post(f"{at}/confirmations", data={"claim": [f"{one.claim.id}:2" for one in ones[:2]]})
    for _ in range(2):
        said = {"item": "5", "text": "นัดประชุมครั้งหน้า 28 ธ.ค."}
        assert registrar.post(f"{at}/minutes", data=said).status_code == 303
    assert registrar.post(f"{at}/minutes", data={"item": "6", "text": "x"}).status_code == 422
    shown = "".join(page(f"{at}/minutes?file=print", client_as("auditor")).itertext())
    for words in (
        "วาระที่ 1",
        "วาระที่ 5",
        "นัดประชุมครั้งหน้า",
        "ขอดูใบรับรองตัวจริง",
        "1,000",
        "600",
        accounts.named("committee").name,
    ):
        assert words in shown, words
    assert "นอนโรงพยาบาล" not in shown and "เจ็บ" in shown
    told = minutes.of(sitting())
    assert [(one.n, one.who, one.satang) for one in told.lines] == [
        (1, told.lines[0].who, 100000),
        (2, told.lines[0].who, 60000),
    ]
    claim_decisions.reopen(ones[0].claim, reason="พิมพ์ผิดเรื่อง", by=accounts.named("registrar"), at=AT)
    assert [(one.n, one.is_undone) for one in minutes.of(sitting()).lines] == [(1, True), (2, False)]
    table = registrar.get(f"{at}/minutes?file=csv").data.decode("utf-8-sig").splitlines()
    assert len(table) == 3 and table[0].startswith("มติที่,")
    assert registrar.get(f"{at}/minutes?file=xlsx").data[:2] == b"PK"


def test_a_pot_that_is_not_enough_is_said_with_the_clause(client_as, page):
    certified()
    registrar = client_as("registrar")
    shown = "".join(page(begun(registrar), registrar).itertext())
    assert "เงินกองนี้ไม่พอ" in shown and "จะเหลือ" in shown and "ข้อ" in shown


def test_who_lapsed_is_listed_and_leads_to_their_membership(client_as, page):
    registrar = client_as("registrar")
    at = begun(registrar)
    lapsed = arrears.lapsed(sitting().fund, on=TODAY)
    tree = page(f"{at}/lapses", registrar)
    leads = [row.get("href") for row in tree.iter("{*}a") if (row.get("href") or "").startswith("/memberships/")]
    assert len(leads) == len(lapsed)
    page(f"{at}/lapses", client_as("committee"))
    for address in leads[:1]:
        boards = [one.get("value") for one in page(address, registrar).iter("{*}input") if one.get("name") == "board"]
        assert boards == ["4"]


def test_applicants_are_resolved_about_at_the_sitting(client_as, page):
    registrar = client_as("registrar")
    at = begun(registrar)
    shown = page(f"/admissions?sitting={at.rpartition('/')[2]}", registrar)
    boards = {each.get("value") for each in shown.iter("{*}input") if each.get("name") == "board"}
    assert boards <= {"4", ""}
    assert registrar.get(f"/admissions?sitting={uuid.uuid4()}").status_code == 404


def test_one_is_typed_with_its_own_sum_and_confirmed(client_as, page):
    one = certified()
    registrar, committee, at = client_as("registrar"), client_as("committee"), f"/claims/{one.claim.id}"
    typing = f"{begun(registrar)}{at}/resolution"
    said = {"seen": mark(one.claim), "word": "grant", "amount": "๕๐๐", "reason": "พักบ้านญาติหนึ่งคืน"}
    for wrong in ({"amount": "700"}, {"amount": "x"}, {"reason": ""}, {"word": ""}):
        answer = registrar.post(typing, data=said | wrong, headers={"HX-Request": "true"})
        assert answer.status_code == 422, wrong
    assert registrar.post(typing, data=said).status_code == 303
    shown = "".join(page(at, committee).itertext())
    assert "500" in shown and "พักบ้านญาติหนึ่งคืน" in shown
    assert registrar.post(f"{at}/confirmation", data={"seen": "2", "accepted": "yes"}).status_code == 404
    assert committee.post(f"{at}/confirmation", data={"seen": "2", "accepted": "yes"}).status_code == 303
    assert claims.of(one.claim).last("grant").amount_satang == 50000
    assert "500" in "".join(page(at, registrar).itertext())


def test_it_goes_to_a_meeting_again(client_as):
    one, registrar = decided(), client_as("registrar")
    assert registrar.post(f"/claims/{one.claim.id}/reopening", data={"reason": ""}).status_code == 422
    assert registrar.post(f"/claims/{one.claim.id}/reopening", data={"reason": "อุทธรณ์"}).status_code == 303
    assert claims.of(one.claim).state == "certified"
