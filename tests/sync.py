"""What the tests of /sync share: a household, a line, a post and its receipts."""

import json
import uuid

from db.models import Entry
from pwa import web
from pwa.domain.kinds import forms

NDJSON = {"Content-Type": "application/x-ndjson"}


def household(**changes):
    return {**forms.schema("household@1")["examples"][0], **changes}


def line(phone, payload=None, **about):
    return phone.line("household", payload or household(), at=web.system_clock(), **about)


def post(client, *lines):
    return client.post("/sync/entries", data=b"\n".join(lines) + b"\n", headers=NDJSON)


def receipts(response):
    assert response.status_code == 200, response.data
    assert response.mimetype == "application/x-ndjson"
    *answers, last = [json.loads(text) for text in response.data.splitlines()]
    return answers, last


def reason(receipt):
    row = Entry.get(Entry.entry_id == uuid.UUID(receipt["id"]), Entry.sha256 == receipt["sha256"])
    return row.reason
