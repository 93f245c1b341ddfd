"""The app's own front to the network: the event loop reads what comes, at whatever pace it comes; then Flask answers in a worker.

Nobody who sends slowly, or stops in the middle, takes a worker from anybody else.
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from urllib.parse import urlsplit

import db
from pwa.server import bodies

WORKERS = 8
"""How many requests are answered at once. Most wait for the disk, and those that wait together are committed together."""
BESIDE = "health", "doorkeeper", "refuser"
"""Threads of their own: for the watcher, for looking up sessions of who sends, and for whoever is refused, be they hundreds at once."""
HEALTH = "/health"
FIXED = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Granian",
    "GATEWAY_INTERFACE": "CGI/1.1",
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,  # the input ends where the body does, also where no length was said
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


class Front:
    """An RSGI application before a Flask app, whose answers are whole: none is a stream."""

    def __init__(self, app):
        self.app, self.bodies = app, bodies.Bodies()
        self.workers = ThreadPoolExecutor(WORKERS, "worker")
        self.health, self.doorkeeper, self.refuser = (ThreadPoolExecutor(1, name) for name in BESIDE)

    async def __rsgi__(self, scope, proto):
        environ = environ_of(scope)
        if not may_have_body(environ, scope.http_version):
            pool = self.health if environ["PATH_INFO"] == HEALTH else self.workers
            return await self.on(pool, self.run, {**environ, "wsgi.input": BytesIO()}, proto)
        head = bodies.look(self.app, environ)
        if head.is_open:
            head = await self.on(self.doorkeeper, self.look_up, environ, head)
        incoming = bodies.Incoming(proto, head)
        with suppress(bodies.Gone), self.bodies.counted(incoming):
            body = await self.bodies.read(incoming)
            pool = self.refuser if isinstance(body, bodies.Refused) else self.workers
            await self.on(pool, self.run, {**environ, "wsgi.input": body}, proto)
        await incoming.rest()

    def __rsgi_del__(self, loop):
        """What was begun is finished; what still waits for a worker is not begun any more."""
        for pool in (self.workers, self.health, self.doorkeeper, self.refuser):
            pool.shutdown(cancel_futures=True)

    def look_up(self, environ, head):
        with self.app.request_context(environ):
            db.database.connect(reuse_if_open=True)
            return bodies.look_up(head)

    def run(self, environ, proto):
        """Let Flask answer; runs in a worker."""
        said = []
        parts = self.app(environ, lambda status, headers, error=None: said.append((int(status[:3]), headers)))
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        proto.response_bytes(*said[-1], body)

    @staticmethod
    def on(pool, work, *values):
        return asyncio.get_running_loop().run_in_executor(pool, work, *values)


def may_have_body(environ, http_version):
    length = environ.get("CONTENT_LENGTH")
    if length is None and "HTTP_TRANSFER_ENCODING" not in environ:
        return not http_version.startswith("1") and environ["REQUEST_METHOD"] not in ("GET", "HEAD")
    return length != "0"


def environ_of(scope):
    """The request as WSGI tells it (PEP 3333), without its body."""
    server, client = urlsplit(f"//{scope.server}"), urlsplit(f"//{scope.client}")
    environ = {
        **FIXED,
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": scope.scheme,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server.hostname or "",
        "SERVER_PORT": str(server.port or 80),
        "REMOTE_ADDR": client.hostname or "",
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    return environ | headers_of(scope)


def headers_of(scope):
    """Headers of one name become one; a value that is no plain text is there, and empty."""
    found = dict.fromkeys(map(variable, scope.headers.keys()), "")
    for name, value in scope.headers.items():
        key = variable(name)
        joined = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{joined}{value}" if found[key] else value
    return found


def variable(name):
    name = name.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
