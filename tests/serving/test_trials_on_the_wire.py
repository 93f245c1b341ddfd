"""The demo village's door without a key, asked byte by byte: which heads of a request open it, and which do not."""

import socket

import pytest

from pwa.cli import is_taken
from tests.browser.chaos import free_port
from tests.serving.wire import SAME, ask

HEADS = {
    "ours": (("{ours}",), {}, 200),
    "another name": (("evil.example",), {}, 404),
    "two names": (("{ours}", "evil.example"), {}, 404),
    "two names, ours last": (("evil.example", "{ours}"), {}, 404),
    "ours twice": (("{ours}", "{ours}"), {}, 404),
    "no name": ((), {}, 404),
    "in capitals": (("LOCALHOST",), {}, 404),
    "with a dot": (("localhost.",), {}, 404),
    "by number": (("127.0.0.1",), {}, 404),
    "a page without an origin": (("{ours}",), {"Origin": "null"}, 404),
    "Via": (("{ours}",), {"via": "1.1 proxy"}, 404),
    "an empty word of a proxy": (("{ours}",), {"X-Forwarded-For": ""}, 404),
    "underscores": (("{ours}",), {"x_forwarded_for": "127.0.0.1"}, 404),
    "no text": (("{ours}",), {"Forwarded": "ก"}, 404),
}


@pytest.mark.only("sqlite")  # nobody looks around without a key elsewhere (domain/test_trials.py)
@pytest.mark.parametrize("name", HEADS)
def test_only_a_plain_request_to_our_own_name_is_heard(server, name):
    hosts, fields, status = HEADS[name]
    token = server.invite("member").partition("#t=")[2]
    ours, body = server.origin.partition("://")[2], f"token={token}"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": len(body)}
    lines = [*(("Host", host.format(ours=ours)) for host in hosts), *{**SAME, **form, **fields}.items()]
    text = "POST /trials/offer HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines)
    assert ask(server, f"{text}\r\n{body}".encode())[0] == status


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_port_is_looked_at_where_it_will_be_served(family, host):
    port = free_port()
    assert not is_taken(host, port)
    with socket.socket(family) as other:
        other.bind((host, port))
        other.listen()
        assert is_taken(host, port)
