"""The log: a line for each request that helps the keeper and betrays nobody; a fault leads from the screen to its place in the code."""

import io
import json
import logging

import pytest

from pwa import web
from pwa.domain.people import accounts, devices
from pwa.server import logs
from tests import small_fund
from tests.sync import line, post

SECRETS = ("บุญมา", "ใจงาม", "3900100123453", "0815550142")


@pytest.fixture
def log():
    """Everything that this process logs, as it would go to stderr."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Lines())
    usual = root.level, logs.log.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logs.log.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(usual[0])
    logs.log.setLevel(usual[1])


def lines_of(log):
    return [json.loads(text) for text in log.getvalue().splitlines()]


def requests_of(log):
    return [one for one in lines_of(log) if one["what"] == "request"]


def betrayed(log, secrets):
    return [secret for secret in secrets if secret in log.getvalue()]


def payload():
    household = small_fund.household()
    household["people"][0] |= {"id_kind": "thai_id", "id_number": "3900100123453", "phone": "0815550142"}
    return household


def test_it_says_what_came_and_what_became_of_it(phone, log):
    sent = [line(phone), line(phone, place="C05")]
    answer = post(phone.client, *sent)
    [told] = requests_of(log)
    assert (told["method"], told["route"], told["status"]) == ("POST", "/sync/entries", 200)
    assert (told["lines"], told["received"], told["quarantined"]) == (2, 1, 1)
    assert told["request"] == answer.headers["X-Request-Id"]
    assert len(told["device"]) == 8
    assert told["device"] not in str(phone.device.id)
    assert told["ms"] >= 0


def test_nothing_personal_is_in_it(phone, client_as, client, log):
    entry = phone.record("household", payload(), at=web.system_clock())
    leader = client_as("zone-leader")
    post(phone.client, line(phone, payload()))
    page = leader.get(f"/review/{entry.entry_id}?q=บุญมา").text
    assert "บุญมา" in page
    leader.get("/households?q=บุญมา")
    leader.post(
        f"/review/{entry.entry_id}/return", data={"reason": "บุญมา โทร 0815550142", "comment.house.number": "ใจงาม"}
    )
    client.get(f"/enrol?t=3900100123453&name={entry.entry_id}")
    client.get("/บุญมา/3900100123453")
    cookies = [cookie.value for browser in (phone.client, leader) for cookie in browser._cookies.values()]
    ids = [str(entry.entry_id), str(phone.device.id), str(phone.account.id), str(accounts.named("zone-leader").id)]
    assert len(requests_of(log)) == 6
    assert betrayed(log, [*SECRETS, *cookies, *ids]) == []
    logging.getLogger("ombun").warning("planted บุญมา")
    assert betrayed(log, SECRETS) == ["บุญมา"], "the test finds what is there"


def test_a_fault_leads_from_the_screen_to_its_place(app, client, log, monkeypatch):
    def fail():
        name = "บุญมา"
        try:
            int(name)
        except ValueError as problem:
            raise KeyError(name) from problem

    monkeypatch.setitem(app.view_functions, "session.new", fail)
    answer = client.get("/sign-in?name=บุญมา")
    assert answer.status_code == 500
    fault = next(one for one in lines_of(log) if one["what"] == "fault")
    assert fault["request"] in answer.text
    assert fault["request"] == answer.headers["X-Request-Id"]
    assert [one["kind"] for one in fault["error"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert fault["error"][0]["places"][-1].startswith("tests/routes/test_logs.py:")
    assert betrayed(log, SECRETS) == []
    assert "/site-packages/" not in log.getvalue()


def test_what_others_log_is_told_without_its_values(log):
    logging.getLogger("somebody.else").error("could not find %s of %s", "บุญมา", "3900100123453")
    assert lines_of(log)[0]["what"] == "could not find %s of %s"
    assert betrayed(log, SECRETS) == []


@pytest.mark.parametrize("proxies", [0, 1])
def test_only_a_trusted_proxy_names_the_request(site, proxies):
    browser = site.browser()
    object.__setattr__(site.settings, "proxies", proxies)
    for given, good in (("abc-123_4567", True), ("a b", False), ("x" * 65, False), ("short", False)):
        told = browser.get("/health", headers={"X-Request-Id": given}).headers["X-Request-Id"]
        assert (told == given) == (good and proxies == 1)


def test_a_phone_is_known_by_the_same_letters(phone, log):
    for _ in range(2):
        phone.client.get("/sync/status")
    assert len({one["device"] for one in requests_of(log)}) == 1
    assert devices.is_revoked(phone.device.id) is False
