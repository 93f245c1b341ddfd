"""A meeting on a laptop, and a second one on their own phone."""

from pwa.domain.fund import claims
from tests.claiming import birth, certified, decided

SITTING = {
    "board": "4",
    "meeting": "12/2569",
    "resolved_on:day": "28",
    "resolved_on:month": "11",
    "resolved_on:year": "2569",
}


def test_many_are_typed_and_confirmed(client_as, page):
    ones = [certified(), certified(birth())]
    registrar, committee = client_as("registrar"), client_as("committee")
    page("/meetings", registrar)
    said = SITTING | {"claim": [str(one.claim.id) for one in ones]}
    for _ in range(2):
        assert registrar.post("/meetings/F1/resolutions", data=said).status_code == 303
    assert "600" in "".join(page("/meetings", committee).itertext())
    read = {"claim": [f"{one.claim.id}:2" for one in ones]}
    assert registrar.post("/meetings/F1/confirmations", data=read).status_code == 404
    for _ in range(2):
        assert committee.post("/meetings/F1/confirmations", data=read).status_code == 303
    assert {claims.of(one.claim).state for one in ones} == {"granted"}


def test_one_is_typed_with_its_own_sum_and_confirmed(client_as, page):
    one = certified()
    registrar, committee, at = client_as("registrar"), client_as("committee"), f"/claims/{one.claim.id}"
    said = SITTING | {"accepted": "yes", "amount": "๕๐๐", "reason": "พักบ้านญาติหนึ่งคืน"}
    for wrong in (
        {"amount": "700"},
        {"amount": "x"},
        {"reason": ""},
        {"accepted": ""},
        {"board": ""},
        {"resolved_on:day": "31"},
    ):
        answer = registrar.post(f"{at}/resolution", data=said | wrong, headers={"HX-Request": "true"})
        assert answer.status_code == 422, wrong
    assert registrar.post(f"{at}/resolution", data=said).status_code == 303
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
