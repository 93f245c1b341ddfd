"""A small village with one house, whose volunteer has an assignment there for a week, and what their phone is given."""

import uuid
from datetime import timedelta

from pwa.domain.fieldwork import assignments, kits
from pwa.domain.places import units
from tests.hamlets import MORNING, Hamlet, bunma, form, holds, mali

TODAY = MORNING.date()
DAY = timedelta(days=1)
WAITS_FOR = [
    ({"outcome": "absent"}, 0, "absent"),
    ({"outcome": "not_ready", "revisit_on": "2026-11-25"}, 4, None),
    ({"outcome": "not_ready", "revisit_on": "2026-11-25"}, 5, "revisit"),
    ({"outcome": "interested"}, 180, None),
    ({"outcome": "interested"}, 181, "stale"),
]
"""(a visit of 20 November, so many days later, what its house waits for), for server and phone."""
SECRET = {
    "phone": "0815550142",
    "consent": {"health": True, "by": "self", "given_on": "2026-11-20"},
    "health": {"groups": ["elderly_bedridden", "disabled"], "disability_kinds": ["seeing"], "carer_name": "ป้าแมวผู้ดูแล"},
    "registered_address": {"text": "บ้านเดิมที่ลับเฉพาะ"},
    "occupation": "ช่างทองลับ",
    "benefits": ["disability"],
}


def sent_out():
    hamlet = Hamlet()
    hamlet.home = uuid.uuid4()
    hamlet.approved(
        form(
            bunma(relation="head", nickname="มา", old_last_names=["แก้วดี"], **SECRET),
            mali(birth_date="1990-04-17", **holds()),
            house={"number": "45/2", "moo": "4", "lane": "ซอยวัด", "location": {"lat": 7.123456, "lng": 100.456789}},
        ),
        subject=hamlet.home,
    )
    hamlet.assignment = assignments.give(
        hamlet.volunteer, [units.get("V1A")],
        starts_on=TODAY, ends_on=TODAY + 6 * DAY, by=hamlet.leader, at=MORNING, on=TODAY,
    )  # fmt: skip
    return hamlet


def bring(hamlet, since=None, on=TODAY):
    return kits.download(hamlet.volunteer, on=on, at=MORNING, since=since)


def contents(kit):
    return {
        home["id"]: [home, *(person for person in kit["people"] if person["household"] == home["id"])]
        for home in kit["households"]
    }
