"""/rules/<fund>/drafts/<n>/proposal: a draft from the template to in force, by two on their own devices."""

from tests.routes.test_me import text_of
from tests.routes.test_rule_drafts import begin, draft_at, fields_of, typed_in

DAY = {"in_force_from:day": "1", "in_force_from:month": "1", "in_force_from:year": "2570"}
SAT = {
    "board": "ประชุมใหญ่",
    "meeting": "1/2569",
    "resolved_on:day": "14",
    "resolved_on:month": "9",
    "resolved_on:year": "2569",
}


def test_a_draft_goes_from_the_template_to_in_force_on_two_devices(page, client_as, client):
    committee, registrar = client_as("committee"), client_as("registrar")
    address = begin(committee, "")
    at = next(at for at, one in enumerate(draft_at(address).tree["benefits"]) if one["code"] == "illness")
    typed_in(page, committee, address, f"benefit-{at}", **{f"benefits.{at}.caps.0.satang": ["800"]})
    shown = text_of(page(f"{address}/proposal", committee))
    assert "ครั้งละไม่เกิน 600 บาทครั้งละไม่เกิน 800 บาท" in shown
    told = {"seen": draft_at(address).save.n}
    assert committee.post(f"{address}/proposal", data=told | SAT).status_code == 422, "no day"
    assert committee.post(f"{address}/proposal", data=told | DAY).status_code == 422, "no resolution"
    assert committee.post(f"{address}/proposal", data=told | DAY | SAT).status_code == 303
    assert "รอกรรมการหรือนายทะเบียน" in text_of(page(f"{address}/proposal", committee))
    assert "รอคำยืนยัน: ร่างที่ 1" in text_of(page("/rules", registrar))
    assert "/rules" in registrar.get("/").text and "ระเบียบที่รอคนที่สองยืนยัน" in registrar.get("/").text
    asked = page(f"{address}/proposal", registrar).find(".//input[@name='proposal']").get("value")
    assert committee.post(f"{address}/proposal/confirmation", data={"proposal": asked}).status_code == 422
    assert registrar.post(f"{address}/proposal/confirmation", data={"proposal": "999"}).status_code == 404
    done = registrar.post(f"{address}/proposal/confirmation", data={"proposal": asked})
    assert done.location == "/rules/F1?version=3"
    public = text_of(page("/rules/F1?version=3", client))
    assert "ครั้งละไม่เกิน 600 บาทครั้งละไม่เกิน 800 บาท" in public and "แม่แบบ ยังไม่ได้รับรอง" not in public
    assert "แก้ไม่ได้อีก" in text_of(page(address, committee))
    told = fields_of(page(f"{address}/parts/general", committee)) | {"name": ["x"]}
    assert committee.post(f"{address}/parts/general", data=told).status_code == 422


def test_who_does_not_agree_gives_it_back(page, client_as):
    committee, registrar = client_as("committee"), client_as("registrar")
    address = begin(committee, "")
    committee.post(f"{address}/proposal", data={"seen": 1} | DAY | SAT)
    asked = page(f"{address}/proposal", registrar).find(".//input[@name='proposal']").get("value")
    assert registrar.post(f"{address}/proposal/refusal", data={"proposal": asked, "reason": ""}).status_code == 422
    registrar.post(f"{address}/proposal/refusal", data={"proposal": asked, "reason": "ขอแก้ข้อ 17"})
    assert "ขอแก้ข้อ 17" in text_of(page(f"{address}/proposal", committee))
