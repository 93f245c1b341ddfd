"""Pages answered in this very process, so that a figure is what a page costs and not what else the machine does: milliseconds of
CPU, statements, bytes on the wire."""

import gc
import time

from pwa import config, create_app
from tests.statements import listening

UNTOLD, ROUNDS = 3, 20


class Inside:
    """The app on a data folder, asked as `tokens` ({handle: (session, device)}) say."""

    def __init__(self, data, tokens, origin="http://localhost"):
        self.settings = config.from_environment({}, data=data, origin=origin)
        self.app, self.tokens = create_app(self.settings), tokens
        gc.collect()
        gc.freeze()  # as the server does (wsgi)

    def cost(self, handle, path):
        """(status, sorted milliseconds of CPU, statements, bytes) of a page that was opened before."""
        client = self._client(handle)
        for _ in range(UNTOLD):
            answer = client.get(path)
        times = sorted(self._timed(client, path) for _ in range(ROUNDS))
        with listening() as statements:
            client.get(path)
        return answer.status_code, times, len(statements), len(answer.data)

    def post(self, handle, path, said):
        """(bytes of the answer, unpacked, ms of CPU) of one request that says something in JSON."""
        client, start = self._client(handle), time.process_time()
        answer = client.post(path, json=said, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200, answer.data
        return answer.data, (time.process_time() - start) * 1000

    def _timed(self, client, path):
        start = time.process_time()
        client.get(path)
        return (time.process_time() - start) * 1000

    def _client(self, handle):
        client = self.app.test_client()
        client.environ_base |= {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ACCEPT_ENCODING": "gzip"}
        for name, value in zip(("ombun_session", "ombun_device"), self.tokens.get(handle, ()), strict=False):
            client.set_cookie(self.settings.cookie(name), value)
        return client
