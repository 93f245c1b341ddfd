"""Signed reports are brought to the unit above until they are there: each answer has its state, nothing is followed, and nothing is sent twice."""

import http.server
import json
import threading
from datetime import timedelta

import pytest

from db.models import ParentAddress, ReportSending
from pwa.domain import NotFound, Refusal
from pwa.domain.network import sending
from pwa.domain.people import accounts
from pwa.server import sender
from tests import signed_months
from tests.claiming import AT
from tests.signed_months import close, make, sign

HTML = b"<!doctype html><title>router</title>"


def said(state, sha256=""):
    return json.dumps({"state": state, "sha256": sha256}).encode()


class Elsewhere:
    """Another machine: it answers as it is told to, and keeps what was asked."""

    def __init__(self):
        self.answer, self.asked = (200, {}, HTML), []
        asked, other = self.asked, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                asked.append((self.path, self.rfile.read(int(self.headers["Content-Length"])), dict(self.headers)))
                status, headers, body = other.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *about):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def elsewhere():
    other = Elsewhere()
    yield other
    other.server.shutdown()
    other.server.server_close()


@pytest.fixture
def fund(app):
    return signed_months.tell()


@pytest.fixture
def issue(fund):
    close(fund)
    return sign(make(fund)).issue


def write(url, unit="F1", by="treasurer", at=AT):
    return sending.write(unit, url, by=accounts.named(by), at=at)


def go(at=AT):
    return sending.send_due(sender.post, at=at)


def states():
    return [row.state for row in ReportSending.select().order_by(ReportSending.id)]


def test_it_is_sent_once_with_its_bytes_and_without_a_cookie(issue, elsewhere):
    assert go() == 0
    write(elsewhere.url)
    elsewhere.answer = 202, {}, said("waiting", issue.sha256)
    assert (go(), go(AT + timedelta(days=9)), states()) == (1, 0, ["waiting"])
    [(path, data, headers)] = elsewhere.asked
    assert (
        (path, data) == ("/reports", bytes(issue.file))
        and "Cookie" not in headers
        and headers["Content-Type"].startswith("text/plain")
    )
    [way] = [one for one in sending.ways(accounts.named("auditor")) if one.unit == "F1"]
    assert [(one, last.state) for one, last in way.issues] == [(issue, "waiting")] and way.address.url == elsewhere.url


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((200, {}, HTML), "stranger"), ((202, {}, HTML), "stranger"), ((202, {}, said("waiting", "0" * 64)), "stranger"),
        ((404, {}, b""), "stranger"),
        ((202, {}, said("fork")), "stranger"), ((200, {}, said("waiting")), "stranger"), ((202, {}, b"[1]"), "stranger"),
        ((202, {}, said({})), "stranger"),
        ((307, {"Location": "http://127.0.0.1:9/reports"}, b""), "elsewhere"), ((302, {"Location": "/sign-in"}, b""), "elsewhere"),
        ((429, {}, said("too_many")), "too_many"), ((502, {}, HTML), "unreachable"),
    ],
)  # fmt: skip
def test_every_answer_has_its_state_and_is_tried_again_an_hour_later(issue, elsewhere, answer, state):
    write(elsewhere.url)
    elsewhere.answer = answer
    assert go() == 1 and go(AT + timedelta(minutes=59)) == 0 and states() == [state]
    elsewhere.answer = 202, {}, said("known", issue.sha256)
    assert go(AT + timedelta(hours=1)) == 1 and states() == [state, "known"] and len(elsewhere.asked) == 2
    assert all(one in sending.STATES for one in states())


@pytest.mark.parametrize(
    ("status", "state"), [(403, "unsigned"), (409, "fork"), (413, "too_large"), (422, "not_a_report")]
)
def test_after_a_no_it_is_sent_again_only_when_an_officer_says_so(issue, elsewhere, status, state):
    write(elsewhere.url)
    elsewhere.answer = status, {}, said(state)
    assert go() == 1 and go(AT + timedelta(days=400)) == 0 and states() == [state] and state in sending.FINAL
    elsewhere.answer = 202, {}, said("known", issue.sha256)
    for _ in range(2):
        sending.ask_again(issue.sha256, by=accounts.named("auditor"), at=AT + timedelta(days=400))
    assert states() == [state, "again"] and go(AT + timedelta(days=400)) == 1 and states()[-1] == "known"
    with pytest.raises(Refusal):
        sending.ask_again(issue.sha256, by=accounts.named("auditor"), at=AT)


def test_after_a_no_another_address_is_tried_and_nobody_else_asks(issue, elsewhere):
    write(elsewhere.url)
    elsewhere.answer = 403, {}, said("unsigned")
    go()
    for by, sha256 in (("network", issue.sha256), ("volunteer", issue.sha256), ("treasurer", "0" * 64)):
        with pytest.raises(NotFound):
            sending.ask_again(sha256, by=accounts.named(by), at=AT)
    write(elsewhere.url.replace("127.0.0.1", "localhost"))
    assert go() == 1 and states() == ["unsigned", "unsigned"]


def test_where_nobody_answers_it_is_tried_each_hour_and_later_each_day(issue, elsewhere):
    elsewhere.server.shutdown()
    elsewhere.server.server_close()
    write(elsewhere.url)
    assert go() == 1 and states() == ["unreachable"]
    address = ParentAddress.get()
    for hour in range(1, sending.HOURLY):
        ReportSending.create(issue=issue, address=address, state="unreachable", at=AT + timedelta(hours=hour))
    last = AT + timedelta(hours=sending.HOURLY - 1)
    assert go(last + timedelta(hours=23)) == 0 and go(last + timedelta(hours=24)) == 1


def test_another_address_is_tried_at_once(issue, elsewhere):
    write(elsewhere.url)
    go()
    write(elsewhere.url.replace("127.0.0.1", "localhost"))
    elsewhere.answer = 202, {}, said("known", issue.sha256)
    assert go() == 1 and states() == ["stranger", "known"]


@pytest.mark.parametrize(
    "text",
    ["", "x", "http://example.org", "ftp://example.org", "https://", "https://a b", "https://u:p@example.org", "https://example.org/x", "https://example.org?x",
     "https://example.org:99999", "https://example.org#x", "https://[::1", "https://" + "a" * 200, "https://ก.ไทย", "javascript:1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(fund, text):
    with pytest.raises(Refusal):
        write(text)


def test_it_is_typed_once_by_an_officer_of_the_unit(fund):
    first = write(" https://network.example/ ")
    assert write("https://network.example") == first and first.url == "https://network.example"
    write("https://other.example", unit="NET", by="network")
    for unit, by in (("F1", "network"), ("NET", "treasurer"), ("F1", "volunteer"), ("F9", "treasurer")):
        with pytest.raises(NotFound):
            write("https://network.example", unit=unit, by=by)
    assert sending.address_of("F1").url == "https://network.example" and sending.ways(accounts.named("volunteer")) == []
