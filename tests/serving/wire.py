"""Requests byte by byte, as a browser would never send them."""

import contextlib
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

from db.models import Account
from pwa import web
from pwa.domain.people import devices, sessions

IMPATIENT = """
import sys
from pwa import cli
from pwa.server import bodies, serving
bodies.SECONDS, bodies.STRANGERS_TOGETHER, serving.STOP_S = 2, 1_000_000, 3
sys.argv = ["ombun", "serve"]
cli.main()
"""
SAME = {"Sec-Fetch-Site": "same-origin"}


def execute_impatient(environment, log):
    """`ombun serve` that waits two seconds for a body and three to stop, and holds one megabyte of strangers' bodies."""
    with open(log, "ab") as printed:
        return subprocess.Popen(
            [sys.executable, "-c", IMPATIENT],
            env=environment,
            stdout=printed,
            stderr=printed,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def cookies(server, handle):
    """{"session": …, "device": …}: the Cookie headers of a signed-in account, each alone."""
    at, port = web.system_clock(), urlsplit(server.origin).port
    with server.office():
        account, device = Account.get(Account.handle == handle), devices.register(at=at)
        session = sessions.start(account, device=device, at=at)
        token = devices.token(device.id, at=at)
    return {"session": f"ombun_session_{port}={session}", "device": f"ombun_device_{port}={token}"}


def head(method, path, **fields):
    lines = {"Host": "localhost", **SAME, **{name.replace("_", "-"): value for name, value in fields.items()}}
    return (f"{method} {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines.items()) + "\r\n").encode()


def connect(server, *parts):
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    for part in parts:
        connection.sendall(part)
    return connection


def answer(connection):
    """(status, seconds that it took, the whole answer as bytes); status 0 where the connection ended without one."""
    start, data = time.monotonic(), b""
    with contextlib.suppress(OSError):
        while not is_whole(data := final(data)) and (more := connection.recv(65536)):
            data += more
    status = int(data.split(b" ", 2)[1]) if data else 0
    return status, time.monotonic() - start, data


def final(data):
    """What is left when an interim answer (100 Continue), which may come together with the real one, is taken off."""
    return data.partition(b"\r\n\r\n")[2] if data.startswith(b"HTTP/1.1 100") and b"\r\n\r\n" in data else data


def is_whole(data):
    text, end, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in text.split(b"\r\n")[1:])
    return bool(end) and len(body) >= int(fields.get(b"content-length", 0))


def ask(server, *parts):
    with connect(server, *parts) as connection:
        return answer(connection)
