"""A village of many households behind the real server, and browsers without a browser: sessions made on its data."""

import http.client
import time
from datetime import date
from urllib.parse import urlsplit

import db
from bench.grow import grow
from db.models import Account
from pwa import config, demo, open_data, web
from pwa.domain.crypto import keyring
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import documents, versions
from pwa.domain.people import accounts, devices, sessions
from tests.browser.server import Server

HOUSEHOLDS = 1_000
DEMO = 130
"""So many of them are the demo village's."""
SIGNED_IN = ("volunteer", "zone-leader", "registrar", "member", "admin")


def large_village(folder, households=HOUSEHOLDS):
    """Serve the demo village with its households made up to so many; `server.phone` is a volunteer's phone on it."""
    data, tokens = grown(folder, households)
    server = Server(data)
    with db.database.connection_context():
        server.phone = Phone(Account.get(Account.handle == "volunteer"), at=web.system_clock())
    server.tokens = tokens
    server.start()
    return server


def grown(folder, households):
    """(its data folder, {handle: tokens of a session}) of such a village that nobody serves."""
    data = folder / "data"
    open_data(config.from_environment({}, data=data, origin="http://localhost"))
    db.migrate()
    at = web.system_clock()
    with db.database.connection_context():
        keyring.prepare(at=at)
        demo.build(at=at)
        grow(households - DEMO, at=at)
        put_all_shapes_in_force(at)
        return data, {handle: session(handle, at) for handle in SIGNED_IN}


def put_all_shapes_in_force(at):
    """The members' fund gives whatever a regulation can give, since the first of the year: a page of rights has never more to say."""
    fund, officers = versions.fund_of("F1"), [accounts.named(handle) for handle in ("registrar", "committee")]
    versions.enforce(
        fund,
        (documents.FOLDER / "example-all-shapes.json").read_bytes(),
        starts_on=date(at.year, 1, 2),
        sitting={"board": "ประชุมใหญ่", "meeting": "2", "resolved_on": at.date()},
        replaces=versions.of_fund(fund)[-1].version,
        drafted_by=officers[0],
        by=officers[1],
        at=at,
    )


def session(handle, at):
    account = Account.get(Account.handle == handle)
    device = devices.register(at=at)
    return sessions.start(account, device=device, at=at), devices.token(device.id, at=at)


class Browser:
    """One kept-alive connection with an account's cookies."""

    def __init__(self, server, tokens=None):
        port = urlsplit(server.origin).port
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
        if tokens:
            self.headers["Cookie"] = f"ombun_session_{port}={tokens[0]}; ombun_device_{port}={tokens[1]}"

    def get(self, path):
        return self.request("GET", path)

    def request(self, method, path, body=None, **headers):
        """(status, bytes on the wire, seconds)."""
        start = time.perf_counter()
        self.connection.request(method, path, body, {**self.headers, **headers})
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, data, time.perf_counter() - start


def percentile(seconds, share):
    """Whole milliseconds at a share of sorted measurements."""
    ordered = sorted(seconds)
    return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.0f} ms"
