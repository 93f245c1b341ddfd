"""A fund's server inside this process, its backups and its clock: what goes wrong around it, a day decides."""

import contextlib
import json
import shutil
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import db
from db.models import Entry, Twin
from pwa import config
from pwa.access import DEVICE, SESSION
from pwa.domain.crypto import keyring
from pwa.domain.custody import entries
from pwa.domain.operations import backups, restores
from pwa.domain.people import devices, tokens
from pwa.server import bookkeeping
from tests import databases, small_fund
from tests.apps import app_on
from tests.sync import NDJSON

SECRET = "แม่น้ำโขงยามเช้า 2569"
ORIGIN = "http://localhost"
SECOND = timedelta(seconds=1.1)


class World:
    """One installation on a copy of the small fund, or of whatever SETTLE opens. `custody` is what its database must hold, as (entry id, sha256).

    `decisions` and `vouchers` are what people did at its desk, which a restore takes back. `told` is what a sealed text (its "ct") says
    about money, and `given` which number of a phone has a book.
    """

    SETTLE = staticmethod(small_fund.settle)

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="day-", dir=databases.memory()))
        self.fund = self.SETTLE(self.folder / "data")
        self.at = small_fund.NOW
        self.custody, self.decisions, self.vouchers, self.backups, self.cookies = set(), {}, [], [], {}
        self.told, self.given = {}, {}
        self._open()
        self.custody |= set(self.rows())

    def close(self):
        databases.drop(self.folder / "data")
        shutil.rmtree(self.folder)

    def _open(self):
        url = databases.address(self.folder / "data")
        settings = config.from_environment({}, data=self.folder / "data", database_url=url, origin=ORIGIN, demo=False)
        self.settings = settings
        self.app = app_on(settings, lambda: self.at)
        db.database.connect(reuse_if_open=True)

    def pass_time(self, span=SECOND):
        self.at += span

    def browser(self, device):
        """What sends a phone's requests: the cookie names the sender."""
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        cookie = self.cookies.get(device.id)
        if not tokens.read(cookie, at=self.at):  # none yet, or half a year old: signing in gives another
            cookie = devices.token(device.id, at=self.at)
        client.set_cookie(self.settings.cookie(DEVICE), cookie)
        return client

    def ask(self, device, method, path, *, answered=True, session=None, **about):
        """One request of a phone; it keeps the cookie that an answer brings. Of a lost answer it keeps nothing."""
        self.pass_time()
        client = self.browser(device)
        if session:
            client.set_cookie(self.settings.cookie(SESSION), session)
        answer = client.open(path, method=method, **about)
        if answered and answer.status_code == 200:
            named = answer.get_json()["device"] if path == "/sync/device" else device.id
            self.cookies[uuid.UUID(str(named))] = client.get_cookie(self.settings.cookie(DEVICE)).value
        return answer

    def post(self, sender, lines):
        """Send lines as this device; what is answered with 200 is in custody, whether or not the answer ever arrives."""
        return self.ask(sender, "POST", "/sync/entries", data=b"\n".join(lines), headers=NDJSON)

    def status(self, device, *chains):
        """What the phone hears of its number and of its earlier ones: {device id: {"seen_through", "missing", …}}."""
        answer = self.ask(device, "GET", "/sync/status", query_string=[("chain", str(chain)) for chain in chains])
        assert answer.status_code == 200, answer.data
        told = answer.get_json()
        return {uuid.UUID(one["device"]): one for one in (told, *told.get("chains", ()))}

    def books(self, phone):
        """The books of receipts that a phone may write in; none is ever given to two."""
        answer = self.ask(phone.device, "GET", "/sync/books", session=phone.session())
        books = answer.get_json()["books"] if answer.status_code == 200 else []
        for one in books:
            assert self.given.setdefault(one["book"], phone.device.id) == phone.device.id, "a book is given once"
        return books

    def remember(self, row, said):
        """A line that the desk wrote: what it says, and that it is in custody."""
        self.told[json.loads(entries.line(row))["ct"]] = said
        self.custody.add((row.entry_id, row.sha256))

    @contextlib.contextmanager
    def books_shut(self):
        """What comes into custody is not booked: the server dies before it comes to that."""
        bookkeeping._running.set()
        try:
            yield
        finally:
            bookkeeping._running.clear()

    @contextlib.contextmanager
    def locked(self):
        """Another process writes and does not come to an end."""
        with databases.held(self.folder / "data"):
            yield

    @contextlib.contextmanager
    def full_disk(self):
        """There is no room left for what comes."""
        with databases.full(self.folder / "data"):
            yield

    def back_up(self):
        self.pass_time()
        path = self.folder / f"{len(self.backups)}.backup"
        backups.write(path, passphrase=SECRET, at=self.at)
        done = {"decisions": dict(self.decisions), "vouchers": list(self.vouchers)}
        held = SimpleNamespace(path=path, at=self.at, custody=set(self.custody), **done)
        self.backups.append(held)
        return held

    def restore(self, held):
        """Go back to an earlier backup, as after a broken disk; what came later is for the phones to bring again."""
        databases.close()
        url = databases.address(self.folder / "data")
        shutil.rmtree(self.folder / "aside", ignore_errors=True)
        self.pass_time()
        done = restores.restore(
            held.path, passphrase=SECRET, into=self.folder / "data", at=self.at, replace=True, url=url
        )
        shutil.rmtree(done.aside)
        self.custody, self.decisions, self.vouchers = set(held.custody), dict(held.decisions), list(held.vouchers)
        self._open()

    def rotate_key(self):
        self.pass_time()
        keyring.add("seal", at=self.at)

    def rows(self):
        """(id, hash) of all that is in custody, twins by their own hash."""
        twins = Twin.select(Entry.entry_id, Twin.sha256).join(Entry)
        return [*Entry.select(Entry.entry_id, Entry.sha256).tuples(), *twins.tuples()]
