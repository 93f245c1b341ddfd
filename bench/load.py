"""Phones as a load: requests made ready before, one kept-alive connection a phone, bare sockets, in a process of their own."""

import socket
import threading
import time
from multiprocessing import get_context


def run(port, phones):
    """Send each phone's requests (bytes) in turn, all phones at once: ([seconds of a request], seconds in all, [answers])."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_send_all, args=(theirs, port, phones))
    process.start()
    times, seconds, answers = ours.recv()
    process.join()
    return times, seconds, answers


def request(method, path, body, **headers):
    """A request as it goes over the wire."""
    fields = {"Host": "localhost", "Content-Length": len(body), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def _send_all(pipe, port, phones):
    times, answers = [], []
    together = threading.Barrier(len(phones) + 1)
    threads = [threading.Thread(target=_send, args=(port, phone, together, times, answers)) for phone in phones]
    for thread in threads:
        thread.start()
    together.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    pipe.send((times, time.perf_counter() - start, answers))


def _send(port, requests, together, times, answers):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        together.wait()
        for one in requests:
            start = time.perf_counter()
            connection.sendall(one)
            answers.append(_answer(connection))
            times.append(time.perf_counter() - start)


def _answer(connection):
    """The whole answer, head and body, as bytes."""
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(connection)
    fields = dict(line.lower().split(b":", 1) for line in data[:end].split(b"\r\n")[1:])
    whole = end + 4 + int(fields[b"content-length"])
    while len(data) < whole:
        data += _more(connection)
    return data


def _more(connection):
    data = connection.recv(256 * 1024)
    if not data:
        raise ConnectionError("the server hung up")
    return data
