"""What Flask is told of a request is what Granian's own WSGI would tell it."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.browser.chaos import free_port
from tests.browser.phones import wait_until

NAMES = ("PATH_INFO", "QUERY_STRING", "REQUEST_METHOD", "REMOTE_ADDR", "SERVER_NAME", "SERVER_PROTOCOL", "SCRIPT_NAME")
REQUESTS = {
    "plain": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "thai": b"GET /%E0%B8%81/a%20b?q=%E0%B8%81&x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "proxied": b"GET /a HTTP/1.1\r\nHost: ombun.example\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n\r\n",
    "cookies": b"GET /a HTTP/1.1\r\nHost: h\r\nCookie: a=1; b=2\r\nAccept-Language: th\r\nRange: bytes=0-1\r\n\r\n",
    "no text": "GET /a HTTP/1.1\r\nHost: h\r\nSec-Fetch-Site: ก\r\n\r\n".encode(),
    "head": b"HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n",
}


@pytest.fixture(scope="module")
def told():
    """`told(request)`: the environment by the front, and by Granian's WSGI."""
    ports, servers = {"rsgi": free_port(), "wsgi": free_port()}, []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HTTP_")}
    for interface, target in (("rsgi", "front"), ("wsgi", "app")):
        command = [sys.executable, "-m", "tests.serving.echo", interface, target, str(ports[interface])]
        servers.append(subprocess.Popen(command, env=environment, start_new_session=True))
    wait_until(lambda: all(is_up(port) for port in ports.values()))
    yield lambda request: [ask(port, request) for port in ports.values()]
    for server in servers:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def is_up(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        data = b""
        while more := connection.recv(65536):
            data += more
    head, _, body = data.partition(b"\r\n\r\n")
    return head, json.loads(body) if body else None


@pytest.mark.parametrize("name", REQUESTS)
def test_flask_is_told_the_same(told, name):
    (head, front), (_, wsgi) = told(REQUESTS[name])
    assert head.startswith(b"HTTP/1.1 200")
    if name == "head":
        assert (front, wsgi) == (None, None)
        return
    names = {*NAMES, *(key for key in (*front, *wsgi) if key.startswith(("HTTP_", "CONTENT_")))}
    assert {key: front.get(key) for key in names} == {key: wsgi.get(key) for key in names}
    assert front["SERVER_PORT"].isdigit()
    assert (front["wsgi.url_scheme"], front["wsgi.input_terminated"]) == ("http", True)
