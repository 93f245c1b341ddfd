"""One version's custody in a process of its own, asked over stdin: `100 2` sends two requests of a hundred lines to the app and
answers with the microseconds of processor time that a line took; `/review 5` asks five times for that page as a zone leader and answers
with those of a page. Runs in the tree of any version (bench/beside.py)."""

import gc
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import db
from db.models import Account
from pwa import config, create_app, demo, open_data, web
from pwa.domain.people import sessions

try:
    from pwa.domain.crypto import keyring
    from pwa.domain.custody.phones import Phone
    from pwa.domain.kinds import forms
    from pwa.domain.people import devices
except ImportError:  # version 248af98
    from pwa.domain.field import devices, forms
    from pwa.domain.field import keys as keyring
    from pwa.domain.field.phones import Phone

VOLUNTEERS = ("volunteer", "volunteer-2", "volunteer-3", "volunteer-4")


class Sender:
    """A small village, its app, and a phone a volunteer; each request comes from the next of them."""

    def __init__(self, data):
        self.settings = config.from_environment({}, data=data, origin="http://localhost")
        open_data(self.settings)
        db.migrate()
        at = web.system_clock()
        with db.database.connection_context():
            keyring.prepare(at=at)
            demo.build(at=at, visits=3)
        self.app, self.payload = create_app(self.settings), forms.schema("household@1")["examples"][0]
        with db.database.connection_context():
            self.phones = [Phone(Account.get(Account.handle == one), at=at) for one in VOLUNTEERS]
            leader = Account.get(Account.handle == "zone-leader")
            self.session = sessions.start(leader, device=devices.register(at=at), at=at)
        gc.collect()
        gc.freeze()  # as the server does (wsgi)

    def cost(self, lines, count):
        """µs of processor time a line, of so many requests; what the phones do is not counted."""
        with db.database.connection_context():
            asked = [self.request(self.phones[place % len(self.phones)], lines) for place in range(count)]
        start = time.process_time()
        answers = [self.answer(environ) for environ in asked]
        spent = time.process_time() - start
        received = sum(answer.count(b'"outcome": "received"') for answer in answers)
        assert received == lines * count, answers[0][:500]
        return spent / received * 1_000_000

    def look(self, path, count):
        """µs of processor time of a page, asked for so many times."""
        asked = [self.asked("GET", path, b"", ombun_session=self.session) for _ in range(count)]
        start = time.process_time()
        pages = [self.answer(environ) for environ in asked]
        spent = time.process_time() - start
        assert all(b'"row' in page for page in pages), pages[0][:500]
        return spent / count * 1_000_000

    def request(self, phone, lines):
        at = web.system_clock()
        body = b"\n".join(phone.line("household", self.payload, at=at) for _ in range(lines))
        more = {"CONTENT_TYPE": "application/x-ndjson", "HTTP_OMBUN_WAITING": str(lines)}
        return self.asked("POST", "/sync/entries", body, ombun_device=devices.token(phone.device.id, at=at)) | more

    def asked(self, method, path, body, **cookies):
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.input": BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_COOKIE": "; ".join(f"{self.settings.cookie(name)}={value}" for name, value in cookies.items()),
        }

    def answer(self, environ):
        parts = self.app(environ, lambda status, headers, error=None: None)
        body = b"".join(parts)
        parts.close()
        return body


def main():
    with tempfile.TemporaryDirectory() as folder:
        sender = Sender(Path(folder) / "data")
        print("ready", flush=True)
        for line in sys.stdin:
            what, count = line.split()
            asked = sender.look(what, int(count)) if what.startswith("/") else sender.cost(int(what), int(count))
            print(asked, flush=True)


if __name__ == "__main__":
    main()
