"""One request to another server: a body goes out, status and a short answer come back. Nothing is followed, nothing waits long."""

import http.client
import urllib.error
import urllib.request

PATIENCE_S = 10
LONGEST = 64 * 1024
"""Bytes of an answer that are read."""


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *about):
        return None


_opener = urllib.request.build_opener(_Unfollowed, urllib.request.ProxyHandler({}))


def post(url, data):
    """(status, the first bytes of the answer) of a POST of text. Raises OSError where nobody answers."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Accept": "application/json"}
    asked = urllib.request.Request(url, data=data, headers=headers, method="POST")
    try:
        with _opener.open(asked, timeout=PATIENCE_S) as answer:
            return answer.status, answer.read(LONGEST)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read(LONGEST)
    except http.client.HTTPException as garbled:
        raise OSError("no answer in HTTP") from garbled
