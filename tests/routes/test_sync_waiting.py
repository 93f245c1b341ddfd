"""`Ombun-Waiting`: a phone says with every request how many lines it still holds; anything but a number says nothing."""

import pytest

from db.models import Device
from tests.sync import NDJSON, line


def held(phone):
    return Device.get_by_id(phone.device.id).waiting


def test_it_is_noted_with_lines_blobs_and_questions(phone):
    sent = phone.client.post("/sync/entries", data=line(phone), headers=NDJSON | {"Ombun-Waiting": "7"})
    assert sent.status_code == 200
    assert held(phone) == 7
    phone.client.get("/sync/status", headers={"Ombun-Waiting": "0"})
    assert held(phone) == 0
    phone.client.put(f"/sync/blobs/{'0' * 64}", data=b"x", headers={"Ombun-Waiting": "2"})
    assert held(phone) == 2


@pytest.mark.parametrize("garbage", ["", "-1", "1.5", "many", "๓", "9" * 30, "1, 2"])
def test_anything_else_says_nothing(phone, garbage):
    answer = phone.client.get("/sync/status", headers={"Ombun-Waiting": garbage.encode().decode("latin-1")})
    assert answer.status_code == 200
    assert held(phone) is None
