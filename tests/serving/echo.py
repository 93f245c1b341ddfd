"""A WSGI app that answers with what it was told, served by both of Granian's interfaces."""

import json
import sys

from granian import Granian

from pwa.server.front import Front

PASSED_ON = ("wsgi.url_scheme", "wsgi.input_terminated", "wsgi.multithread", "wsgi.version")


def app(environ, start_response):
    told = {name: value for name, value in environ.items() if name in PASSED_ON or name.isupper()}
    data = json.dumps(told).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(data)))])
    return [data]


front = Front(app)

if __name__ == "__main__":
    interface, target, port = sys.argv[1:]
    Granian(f"tests.serving.echo:{target}", port=int(port), interface=interface, log_level="error").serve()
