"""A pretended office for the phone's own modules: our static files, a few bare pages, and a /sync that can be made to misbehave."""

import gzip
import hashlib
import json
import mimetypes
import socket
import struct
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tests.browser.modules import WHERE
from tests.browser.phone.office_keys import KeyDesk, Register
from tests.browser.phone.office_pages import CSP, PAGE
from tests.browser.phone.spelling import b64, jwk, point, unb64

STATIC = Path(__file__).parents[3] / "pwa" / "static"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
NDJSON, ELSEWHERE = "application/x-ndjson", "text/html"  # elsewhere: what somebody's Wi-Fi answers
BARE, RECEIVED_AT = "<!doctype html><title>bare</title>", "2026-11-22T02:15:00.000Z"


class Office(Register):
    """What the server holds; `answers` are functions that answer the next uploads instead of it, `always` one that answers all."""

    def __init__(self):
        super().__init__()
        self.keys = {"seal-1": ec.generate_private_key(ec.SECP256R1())}
        self.receipt_keys = {"receipt-1": ec.generate_private_key(ec.SECP256R1())}
        self.account = str(uuid.uuid4())
        self.version, self.files = "v1", [f"js/{where}" for where in WHERE.values()]
        self.numbers, self.number = {}, 0
        self.lines, self.blobs, self.entries, self.held, self.news = {}, {}, [], {}, {}
        self.answers, self.always, self.log, self.posts = [], None, [], []
        self.ended, self.ends = [], None
        self.chains, self.asked, self.waiting, self.down_for = [], [], {}, None
        self.books = []
        self.down, self.backed_up_through, self.photos_missing, self.lost, self.device = False, 0, [], set(), None
        self.server = Building(("127.0.0.1", 0), type("Desk", (Desk,), {"office": self}))
        self.origin = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        """Gone: nobody listens, and open connections break."""
        self.down = True
        self.server.shutdown()
        self.server.server_close()

    def plaintexts(self):
        """What the lines in custody say, in the order of their arrival."""
        return [self.open_line(line) for line in self.lines.values()]

    def open_line(self, line):
        outer = json.loads(line)
        info = f"ombun/1|{outer['author']}|{outer['device']}|{outer['seq']}|{outer['id']}".encode()
        return json.loads(SUITE.decrypt(unb64(outer["enc"]) + unb64(outer["ct"]), self.keys[outer["kid"]], info=info))

    def receive(self, line):
        digest = hashlib.sha256(line).hexdigest()
        outer = json.loads(line)
        known = (outer["id"], digest)
        if known not in self.numbers:
            self.number += 1
            self.numbers[known] = self.number
        outcome = "replayed" if known in self.lines else "received"
        self.lines[known] = line
        return self.receipt(outer["id"], digest, outcome, self.numbers[known])

    def receipt(self, entry_id, digest, outcome, number):
        kid = list(self.receipt_keys)[-1]
        sig = self.sign(f"{entry_id}|{digest}|{number}|{RECEIVED_AT}", kid)
        named = {"id": entry_id, "sha256": digest, "outcome": outcome, "received_at": RECEIVED_AT}
        return {**named, "number": number, "kid": kid, "sig": sig}

    def sign(self, text, kid):
        der = self.receipt_keys[kid].sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        return b64(b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der)))

    def status(self):
        device = self.device or ""
        seats = {json.loads(line)["seq"] for line in self.lines.values() if json.loads(line)["device"] == device}
        seats -= self.lost
        through = next(n for n in range(len(seats) + 2) if n + 1 not in seats)
        gaps = [[n, n] for n in range(1, max(seats, default=0)) if n not in seats]
        known = {"account": self.account, "entries": self.entries, **self.news} if self.account else {}
        return {
            "device": device,
            "key": self.key_of.get(device) and self.key_of[device][0],
            "seen_through": through,
            "missing": gaps,
            "backed_up_through": self.backed_up_through,
            "photos_missing": self.photos_missing,
            **({"chains": self.chains} if self.chains else {}),
            **known,
        }

    def published(self):
        keys = [{"kid": kid, "public_key": b64(point(key))} for kid, key in reversed(self.keys.items())]
        receipt_keys = [{"kid": kid, "jwk": jwk(key)} for kid, key in reversed(self.receipt_keys.items())]
        return {"keys": keys, "receipt_keys": receipt_keys}


class Building(ThreadingHTTPServer):
    """Takes many connections at once, and minds none that breaks."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


class Desk(KeyDesk, BaseHTTPRequestHandler):
    """One connection; HTTP/1.1 as the real server speaks it."""

    protocol_version = "HTTP/1.1"

    def parse_request(self):
        if self.office.down:
            self.reset()
            return False
        if not super().parse_request():
            return False
        self.office.asked.append(self.path)
        self.office.waiting[f"{self.command} {self.path.partition('?')[0]}"] = self.headers.get("Ombun-Waiting")
        if self.office.down_for and self.path.startswith(self.office.down_for):
            self.reset()
            return False
        return True

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.office.log.append(f"GET {path}")
        if path.startswith("/static/"):
            return self.send_static(path.split("/", 3)[3])
        answers = {"/sync/keys": self.office.published, "/sync/status": self.office.status, "/sw.js": self.worker}
        answers["/sync/books"] = lambda: {"books": self.office.books}
        if path == "/manifest.webmanifest":
            return self.reply(200, {"name": "ombun"})
        if path in answers:
            said = answers[path]()
            return self.reply(200, said, "text/javascript" if path == "/sw.js" else "application/json")
        if path.startswith("/sync/entries/"):
            said = {
                "plaintext": {"payload": self.office.held.get(path.rpartition("/")[2], {})},
                "state": "returned",
                "reason": "ดูอีกที",
                "comments": {"house.number": "เลขอะไร"},
            }
            return self.reply(200, said)
        self.page(path)

    def do_POST(self):
        body = self.body()
        self.office.log.append(f"POST {self.path}")
        if self.path == "/sync/device":
            return self.give_number(body)
        if self.path == "/session/end":
            if self.office.ends:
                return self.office.ends(self)
            self.office.ended.append(parse_qs(body.decode()))
            return self.reply(200, {"ended": True})
        lines = body.strip().split(b"\n")
        self.office.posts.append(len(lines))
        if (answer := self.misbehave()) is not None:
            return answer(self, lines)
        self.honestly(lines)

    def do_PUT(self):
        body, digest = self.body(), self.path.rpartition("/")[2]
        if digest == "key":
            return self.take_key(body)
        self.office.log.append(f"PUT {digest[:8]}")
        if (answer := self.misbehave()) is not None:
            return answer(self, body)
        self.office.blobs[digest] = body
        sig = self.office.sign(f"blob|{digest}|{RECEIVED_AT}", "receipt-1")
        self.reply(201, {"sha256": digest, "received_at": RECEIVED_AT, "kid": "receipt-1", "sig": sig})

    def misbehave(self):
        return self.office.always or (self.office.answers.pop(0) if self.office.answers else None)

    def honestly(self, lines):
        self.receipts([self.office.receive(line) for line in lines])

    def receipts(self, receipts):
        rows = [*receipts, {"device": self.office.device, "seen_through": 0, "missing": [], "backed_up_through": 0}]
        self.reply(200, "".join(json.dumps(row) + "\n" for row in rows), NDJSON)

    def reply(self, status, body, kind="application/json", headers=None):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        shown = {
            "Content-Type": kind,
            "Content-Length": len(data),
            "Content-Security-Policy": CSP,
            **({"Via": "1"} if kind == ELSEWHERE else {"Ombun": "1", "Cache-Control": "no-store"}),
        }
        for name, value in {**shown, **(headers or {})}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)

    def reset(self):
        """Tear the connection down as a dying network does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RD)
        self.connection.close()
        self.wfile = open("/dev/null", "wb")  # noqa: SIM115 - the base class flushes and closes it

    def page(self, path):
        data = f'data-account="{self.office.account}"' if path == "/home" else ""
        whole = PAGE.format(data=data, version=self.office.version, path=path, boot=WHERE["boot"])
        self.reply(200, BARE if path == "/bare" else whole, "text/html; charset=utf-8")

    def worker(self):
        files = json.dumps([f"/static/{self.office.version}/{name}" for name in self.office.files])
        source = (STATIC / "sw.js").read_text()
        return (
            source.replace("__VERSION__", self.office.version)
            .replace("__PRECACHE__", files)
            .replace("__LANGUAGES__", '["th"]')
        )

    def send_static(self, name):
        path = STATIC / name
        if not path.is_file():
            return self.reply(404, "")
        self.reply(200, path.read_text(), mimetypes.guess_type(name)[0] or "text/plain")

    def body(self):
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return gzip.decompress(data) if self.headers.get("Content-Encoding") == "gzip" else data

    def log_message(self, *args):
        pass
