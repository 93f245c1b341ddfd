"""A network that misbehaves on command: a proxy at the fixed origin, in front of a server that may come and go.

A fault is named for what the phone sees. It holds on every connection until it is cleared or used up, because a browser
sends a request again by itself when a kept-alive connection dies.
"""

import contextlib
import random
import re
import socket
import struct
import threading
from dataclasses import dataclass, field

from tests.browser.link import Link

KINDS = ("reset", "cut", "garbage", "drop_response", "hold_response", "hang", "truncate", "delay", "answer")
NO_HTTP = b"\x15\x03\x01\x00\x02\x02\x28"  # a TLS alert: handshake failure
PORTAL_PAGE = "<!doctype html><title>Wi-Fi</title><h1>Please sign in to this network</h1>"
HEAD = re.compile(rb"([A-Z]+) (\S+) HTTP/1\.1\r\n")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Fault:
    """What happens to requests whose "METHOD /path" matches `on`; `released` ends the waiting of those that hang."""

    kind: str
    on: re.Pattern
    left: float
    settings: dict
    released: threading.Event = field(default_factory=threading.Event)


class Chaos:
    """The proxy. `requests` and `faulted` tell what passed and what was hit, as "METHOD /path"."""

    def __init__(self, upstream, port=None):
        self.upstream = upstream
        self.port = port or free_port()
        self.requests, self.faulted, self.link = [], [], None
        self._faults, self._clients, self._lock = [], set(), threading.Lock()
        self.up()

    def up(self):
        """Listen, always at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def down(self):
        """No network: new connections are refused, open ones reset."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in list(self._clients):
            reset(client)

    @contextlib.contextmanager
    def offline(self):
        """Be down for the length of a with block."""
        self.down()
        try:
            yield
        finally:
            self.up()

    def fault(self, kind, on=".", times=float("inf"), **settings):
        """Misbehave for requests that match: `seconds` for delay, `at` (of the body) for cut; `status`, `headers`, `body` for answer."""
        assert kind in KINDS, kind
        self._faults.append(Fault(kind, re.compile(on), times, settings))

    def captive_portal(self, on="."):
        """Answer everything with somebody else's page, as a hotel's Wi-Fi does."""
        self.fault("answer", on, status=200, headers={"Content-Type": "text/html"}, body=PORTAL_PAGE)

    def redirect(self, on=".", to="http://portal.invalid/"):
        """Send everybody elsewhere."""
        self.fault("answer", on, status=302, headers={"Location": to}, body="")

    def thin(self, kilobits, round_trip):
        """From now on every byte takes its time: so many kilobits a second each way, and seconds there and back."""
        self.link = Link(kilobits, round_trip)

    def clear(self):
        """Behave again; requests that hang are reset."""
        faults, self._faults = self._faults, []
        for fault in faults:
            fault.released.set()

    def seen(self, pattern):
        """Return the requests so far whose "METHOD /path" matches."""
        return [request for request in self.requests if re.search(pattern, request)]

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._clients.add(client)
            if listener.fileno() < 0:  # the network went down meanwhile, and did not see this one
                reset(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        """Pass one connection's requests on, one after the other."""
        link = self.link
        try:
            if link:
                link.connect()
            while request := read_request(client):
                name, message = request
                if link:
                    link.carry("up", len(message))
                fault = self._fault_for(name)
                if fault and self._answered(fault, client):
                    continue
                with socket.create_connection(("127.0.0.1", self.upstream), timeout=120) as server:
                    if fault and fault.kind == "cut":
                        cut_off(server, message, fault.settings["at"])
                    server.sendall(message)
                    pass_answer(server, client, head_only=name.startswith("HEAD "), fault=fault, link=link)
        except OSError:
            reset(client)
        finally:
            self._clients.discard(client)
            client.close()

    def _fault_for(self, name):
        with self._lock:
            self.requests.append(name)
            for fault in self._faults:
                if fault.left > 0 and fault.on.search(name):
                    fault.left -= 1
                    self.faulted.append(name)
                    return fault
        return None

    def _answered(self, fault, client):
        """Do what happens before the server hears of the request; True when it never will."""
        if fault.kind == "delay":
            fault.released.wait(fault.settings["seconds"])
        if fault.kind == "hang":
            fault.released.wait()
        if fault.kind in ("hang", "reset"):
            raise ConnectionResetError
        if fault.kind == "answer":
            client.sendall(answer(**fault.settings))
        if fault.kind == "garbage":
            client.sendall(NO_HTTP)
            raise ConnectionResetError
        return fault.kind == "answer"


def free_port():
    """Return a port that nobody has, outside the range the system hands out by itself while we are down."""
    while True:
        port = random.randrange(20000, 30000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def answer(status, headers=None, body=""):
    """Return an HTTP answer as bytes."""
    lines = [f"HTTP/1.1 {status} Fault", f"Content-Length: {len(body.encode())}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", body]).encode()


def read_request(client):
    """Return ("METHOD /path", the whole request as bytes), or None at the end of the connection."""
    head, rest = read_head(client)
    if not head:
        return None
    length = LENGTH.search(head)
    body = rest + read_exactly(client, int(length[1]) - len(rest)) if length else rest
    method, path = HEAD.match(head).groups()
    return f"{method.decode()} {path.decode()}", head + body


def cut_off(server, message, at):
    """The phone goes away in the middle of its request; returns never."""
    body = message.index(b"\r\n\r\n") + 4
    server.sendall(message[:body] + message[body:][:at])
    server.shutdown(socket.SHUT_WR)
    server.recv(65536)
    raise ConnectionResetError


def pass_answer(server, client, *, head_only, fault, link=None):
    """Read the server's answer whole, then give it to the phone: all of it, half of it or none."""
    head, rest = read_head(server)
    if not head:
        raise ConnectionResetError
    body = b"" if head_only else read_body(server, head, rest)
    if fault and fault.kind == "hold_response":
        fault.released.wait()
    if fault and fault.kind in ("drop_response", "hold_response"):
        raise ConnectionResetError
    if fault and fault.kind == "truncate":
        client.sendall(head + body[: len(body) // 2])
        raise ConnectionResetError
    if link:
        link.carry("down", len(head + body))
    client.sendall(head + body)


def read_head(connection):
    """Return (head with its empty line, what came after it)."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b"", b""
        data += chunk
    end = data.index(b"\r\n\r\n") + 4
    return data[:end], data[end:]


def read_body(server, head, rest):
    """Return the body's bytes as they are on the wire, with a length, in chunks or without a body."""
    if length := LENGTH.search(head):
        return rest + read_exactly(server, int(length[1]) - len(rest))
    if b"chunked" in head.lower():
        while not rest.endswith(b"0\r\n\r\n"):
            chunk = server.recv(65536)
            if not chunk:
                raise ConnectionResetError
            rest += chunk
    return rest


def read_exactly(connection, count):
    """Return that many bytes; raises when the connection ends before."""
    parts = []
    while count > 0:
        chunk = connection.recv(min(count, 65536))
        if not chunk:
            raise ConnectionResetError
        parts.append(chunk)
        count -= len(chunk)
    return b"".join(parts)


def reset(connection):
    """Close with RST, as a network does that goes away."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        connection.close()
