"""/rules/<fund>/drafts/<n>/effects: ten at once, everybody in steps with a bar that tells the truth, names, and last year's claims."""

from db.models import RuleRunStep
from tests.routes.test_me import text_of
from tests.routes.test_rule_drafts import begin, draft_at, typed_in


def raised(page, client):
    address = begin(client, "")
    at = next(at for at, one in enumerate(draft_at(address).tree["benefits"]) if one["code"] == "illness")
    typed_in(page, client, address, f"benefit-{at}", **{f"benefits.{at}.caps.0.satang": ["800"]})
    return address


def test_ten_members_answer_at_once_and_everybody_in_steps(page, client_as):
    client = client_as("committee")
    address = raised(page, client)
    shown = page(f"{address}/effects?benefit=illness", client)
    assert len(shown.findall(".//tbody/tr")) == 10
    assert client.post(f"{address}/effects", data={"illness": "ห้า"}).status_code == 422
    assert client.post(f"{address}/effects", data={"illness": "๕"}).location == f"{address}/effects#run"
    tree = page(f"{address}/effects", client)
    assert "คำนวณแล้ว 0 จาก" in text_of(tree)
    steps = next(form.get("action") for form in tree.findall(".//form") if form.get("action", "").endswith("/steps"))
    fragment = client.post(steps, headers={"HX-Request": "true"}).text
    assert "<html" not in fragment and 'id="run"' in fragment
    for _ in range(100):
        assert client.post(steps).status_code == 303
        if "ครบแล้ว" in (shown := text_of(page(f"{address}/effects", client))):
            break
    assert RuleRunStep.select().count() >= 1 and "+200 บาท" in text_of(
        page(f"{address}/effects?benefit=illness", client)
    )
    who = next(
        link.get("href") for link in page(f"{address}/effects", client).iter("a") if "/people" in link.get("href", "")
    )
    told = page(who, client)
    assert "+200 บาท" in text_of(told) and "สมาชิกของที่อื่น" not in text_of(told)


def test_a_draft_with_faults_is_not_counted_out(page, client_as):
    client = client_as("committee")
    address = begin(client, "example-all-shapes")
    typed_in(page, client, address, "splits", **{"splits.0.pots.0.share": ["49.99"]})
    assert "ร่างนี้ยังมีที่ต้องแก้" in text_of(page(f"{address}/effects", client))
    assert client.post(f"{address}/effects").status_code == 422
    assert client.get(f"{address}/effects/1/people").status_code == 404
