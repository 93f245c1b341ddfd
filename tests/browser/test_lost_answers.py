"""The network takes the request and loses or forges the answer: everything is sent again, and is in custody once."""

import pytest

from pwa.domain.people import accounts, sessions
from pwa.domain.places import units
from pwa.web import system_clock
from tests.browser.household_form import Form, nobody_home, photo
from tests.browser.stories import (
    CALL,
    NO_SIGNAL,
    call,
    counts,
    held,
    keeps_every_promise,
    no_signal,
    office,
    ready,
    sent,
)

SYNC = " /sync/"
WAIT = {"status": 503, "headers": {"Retry-After": "2"}, "body": ""}
TROUBLES = [  # what the network does, why the phone stops
    (lambda proxy: proxy.captive_portal(SYNC), "portal"),
    (lambda proxy: proxy.redirect(SYNC), "network"),
    (lambda proxy: proxy.fault("truncate", SYNC), "network"),
    (lambda proxy: proxy.fault("answer", SYNC, **WAIT), "wait"),
]


@pytest.fixture
def volunteer(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    yield phone
    keeps_every_promise(village)


def test_it_gets_the_same_receipt_when_the_first_answer_was_lost(village, volunteer):
    village.proxy.fault("drop_response", "(POST|PUT)" + SYNC)
    form = Form(volunteer).open()
    form.house("45/2", "interested")
    picture = photo(volunteer)
    for step in ("people", "health", "membership", "respondent", "evidence"):
        form.go_on()
        if step == "people":
            (person,) = form.people()
            form.unfold(person, "people")
            form.write(f"people.{person}.first_name", "บุญมา")
            form.choose(f"people.{person}.living_here", "yes")
        form.step(step)
    form.photograph("#step-evidence", picture)
    entry = form.save()
    volunteer.until(lambda: held(village, entry))
    assert call(volunteer, "sync", "flush", "test") == {"sent": 0, "stop": "network"}
    (first,) = held(village, entry)
    assert counts(volunteer) == {**counts(volunteer), "waiting": 1, "blobs": 1, "sent": 0}
    village.proxy.clear()
    call(volunteer, "sync", "flush", "test")
    (kept,) = sent(volunteer, 1)
    assert [(receipt["number"], receipt["outcome"]) for receipt in kept["receipts"]] == [(first["number"], "replayed")]
    assert [one["number"] for one in held(village, entry)] == [first["number"]]
    assert len(village.proxy.seen("POST /sync/entries")) > 1
    volunteer.page.goto(f"/saved#{entry}")
    volunteer.page.get_by_text(f"{first['number']}").first.wait_for()
    volunteer.picture("saved-with-receipt")


def test_it_keeps_everything_until_the_office_itself_answers(village, volunteer):
    entries = []
    for number, (trouble, stop) in enumerate(TROUBLES, start=1):
        trouble(village.proxy)
        entries.append(nobody_home(volunteer, f"{number}"))
        assert call(volunteer, "sync", "flush", "test") == {"sent": 0, "stop": stop}
        volunteer.page.goto("/")
        volunteer.page.locator(f'[data-stop="{stop}"]:visible').wait_for()
        volunteer.picture(f"stopped-{number}-{stop}")
        assert counts(volunteer)["waiting"] == 1
        village.proxy.clear()
        volunteer.until(f"async () => (await ({CALL})(['sync', 'flush', 'test'])).stop === null")
        sent(volunteer, number)
    assert [one["outcome"] for one in held(village, *entries)] == ["received"] * len(TROUBLES)


def test_it_sends_by_the_phones_own_right_when_the_session_has_ended(village, volunteer):
    with no_signal(village, volunteer):
        entry = nobody_home(volunteer, "45/2")
        with office(village):
            account = accounts.named("volunteer")
            for session in sessions.live(account, at=system_clock()):
                sessions.end(session, by=accounts.named("admin"), at=system_clock(), reason="เครื่องหาย")
        volunteer.page.goto("/phone")
    sent(volunteer, 1)
    (row,) = held(village, entry)
    assert (row["outcome"], row["transport"], row["author"]) == ("received", "proved", str(account.id))
    volunteer.page.goto("/phone")
    volunteer.page.locator("[data-expired]:visible").wait_for()
    volunteer.picture("session-ended")
    volunteer.sign_in()
    volunteer.page.goto("/phone")
    assert counts(volunteer)["sent"] == 1


def test_it_is_receipted_and_looked_at_when_the_role_was_taken_meanwhile(village, volunteer):
    with no_signal(village, volunteer):
        entry = nobody_home(volunteer, "45/2")
        with office(village):
            account = accounts.named("volunteer")
            (grant,) = units.grants(account, "volunteer")
            accounts.end_role(grant, by=accounts.named("admin"), at=system_clock(), reason="ลาออก")
    sent(volunteer, 1)
    (row,) = held(village, entry)
    assert (row["outcome"], row["reason"]) == ("quarantined", "no_role")
    volunteer.page.goto("/phone")
    volunteer.page.get_by_text("เจ้าหน้าที่กำลังดู").first.wait_for()
    volunteer.picture("role-taken")
