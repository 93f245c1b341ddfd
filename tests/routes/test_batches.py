"""A list from who is on it to the signed sheet, as registrar, committee and treasurer see it."""

import re
import uuid

from db.models import Voucher
from pwa.domain.fund import batches
from pwa.domain.review import sittings
from tests.claim_paying import HAND, rich
from tests.listing import dies, elder, granted, written
from tests.sittings import held

ASKED = {"fund": "F1", "benefit": "elderly", "first": "2026-01-01"}
TODAY = {"on:day": "28", "on:month": "11", "on:year": "2569"}


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]+)"', text)[1]


def test_a_list_goes_its_way(client_as, page):
    people = [elder(1), elder(2)]
    dies(elder(3)), rich()
    registrar, committee, treasurer = (client_as(handle) for handle in ("registrar", "committee", "treasurer"))
    page("/batches", registrar)
    at = "/batches/new?fund=F1&benefit=elderly&first=2026-01-01"
    page(at, registrar)
    text = registrar.get(at).text
    said = ASKED | {"seen": hidden(text, "seen"), "batch_id": hidden(text, "batch_id")}
    assert registrar.post("/batches", data=said | {"seen": "x"}).status_code == 422
    [address] = {registrar.post("/batches", data=said).location for _ in range(2)}
    page(address, registrar)
    sitting = sittings.id_of(held())
    assert address in registrar.get(f"/meetings/{sitting}").text
    seen = hidden(registrar.get(address).text, "seen")
    assert registrar.post(f"{address}/resolution", data={"seen": seen}).status_code == 422
    assert registrar.post(f"{address}/resolution", data={"seen": seen, "sitting": str(sitting)}).status_code == 303
    page(address, committee)
    told = {"seen": hidden(committee.get(address).text, "seen")}
    assert committee.post(f"{address}/confirmation", data=told).status_code == 422
    assert committee.post(f"{address}/confirmation", data=told | {"accepted": "yes"}).status_code == 303
    assert f"{address}/payments" in treasurer.get("/payments").text
    page(f"{address}/payments", treasurer)
    page(f"{address}/sheet", treasurer)
    for one in batches.lines(batches.get(uuid.UUID(address[-36:]), seen_by=account("treasurer"))):
        pays = f"{address}/payments/{one.claim.id}"
        command = {"command": str(uuid.uuid4()), "source": HAND} | TODAY
        assert treasurer.post(pays, data=command).status_code == 422
        for _ in range(2):
            assert treasurer.post(pays, data=command | {"seen": "here"}).status_code == 303
    assert Voucher.select().where(Voucher.kind == "expense").count() == len(people)
    page(f"{address}/payments", treasurer)
    page(f"{address}/sheet", treasurer)


def test_somebody_is_taken_off(client_as, page):
    elder(1)
    batch, registrar = written(), client_as("registrar")
    [line] = batches.lines(batch)
    at = f"/batches/{batch.id}/claims/{line.claim.id}/omission"
    assert registrar.post(at, data={"reason": ""}).status_code == 422
    assert registrar.post(at, data={"reason": "ย้ายไปแล้ว"}).status_code == 303
    page(f"/batches/{batch.id}", registrar)


def test_a_long_list_is_told_page_by_page_and_somebody_is_found_by_name(client_as, page, monkeypatch):
    """Five on pages of two; who was paid meanwhile makes nobody fall between two pages."""
    monkeypatch.setattr(batches, "PAGE", 2)
    people = [elder(number, name=f"ยาย{letter}") for number, letter in enumerate("กขคงจ")]
    batch, treasurer = granted(written()), client_as("treasurer")
    rich()
    listed = batches.lines(batch)
    first, key = batches.page(listed)
    told, after = list(first), key
    while after:
        some, after = batches.page(listed, after=after)
        told += some
    assert (told, len(first), key) == (listed, 2, str(first[1].claim.id))
    assert {one.claim.person for one in told} >= {one.id for one in people}
    at = f"/batches/{batch.id}/payments"
    pays = f"{at}/{first[1].claim.id}"
    command = {"command": str(uuid.uuid4()), "source": HAND, "seen": "here"} | TODAY
    assert treasurer.post(pays, data=command).status_code == 303
    shown = "".join(page(f"{at}?after={key}", treasurer).itertext())
    assert [one.row.person.first_name in shown for one in listed[:4]] == [False, True, True, True]
    for where in (at, f"/batches/{batch.id}"):
        shown = "".join(page(f"{where}?q=ยายค", treasurer).itertext())
        assert "ยายค" in shown and "ยายง" not in shown
    assert treasurer.get(f"/batches/{batch.id}?after=nobody&q=x").status_code == 200


def test_who_died_in_between_is_named_and_not_paid(client_as, page):
    person = elder(1)
    batch, treasurer = granted(written()), client_as("treasurer")
    dies(person), rich()
    page(f"/batches/{batch.id}/payments", treasurer)
    [line] = batches.lines(batch)
    command = {"command": str(uuid.uuid4()), "source": HAND, "seen": "here"} | TODAY
    assert treasurer.post(f"/batches/{batch.id}/payments/{line.claim.id}", data=command).status_code == 422
    page(f"/claims/{line.claim.id}", client_as("committee"))
    page(f"/payments/{line.claim.id}/0", treasurer)


def account(handle):
    from pwa.domain.people import accounts

    return accounts.named(handle)
