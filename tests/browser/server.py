"""The real `ombun serve` behind the misbehaving network, on its own data folder; it may be killed and started again."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import db
from pwa import config, open_data
from pwa.cli import is_taken
from pwa.domain.people import accounts, enrolments
from pwa.web import system_clock
from tests.browser.chaos import Chaos, free_port
from tests.browser.loaded import execute
from tests.browser.phones import wait_until

OMBUN = Path(sys.executable).with_name("ombun")


class Server:
    """One installation: `origin` is what phones see (at a free port, or at this one), `proxy` the network between, `data` its folder."""

    def __init__(self, data, *, launch=execute, port=None, **settings):
        self.data, self.launch, self.settings = Path(data), launch, settings
        self.log = self.data.with_name(self.data.name + ".log")
        self.port = free_port()
        self.proxy = Chaos(self.port, port)
        self.origin = f"http://localhost:{self.proxy.port}"
        self.process = None

    def start(self):
        """Serve, and return when /health answers."""
        self.process = self.launch(self._environment(), self.log)
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start:\n" + self.log.read_text()[-4000:])
            time.sleep(0.05)

    def kill(self):
        """kill -9, workers too: nothing is written that was not written already."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            wait_until(lambda: not is_taken("127.0.0.1", self.port))  # its workers end when they end
            self.process = None

    def restart(self):
        """kill -9 and serve again."""
        self.kill()
        self.start()

    def become(self, tree=""):
        """kill -9, and serve the version of the app that lies in this folder; without one, our own again."""
        self.settings["PYTHONPATH"], self.launch = str(tree), execute
        self.restart()

    def stop(self):
        """End server and network."""
        self.kill()
        self.proxy.clear()
        self.proxy.down()

    def ombun(self, *words, **settings):
        """Run an `ombun` verb on this installation and return what it printed."""
        done = subprocess.run(
            [OMBUN, *words],
            env={**self._environment(), **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"ombun {' '.join(words)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    @property
    def config(self):
        """The settings that it runs with."""
        return config.from_environment(self._environment())

    @contextlib.contextmanager
    def office(self):
        """The installation's own data, open beside the server."""
        open_data(self.config)
        with db.database.connection_context():
            yield

    def invite(self, handle):
        """Return a one-time link that adds a passkey to an account."""
        with self.office():
            about = {"by": None, "at": system_clock(), "reason": enrolments.KEEPER}
            return f"{self.origin}/enrol#t={enrolments.issue(accounts.named(handle), **about).token}"

    def health(self):
        """Return what /health says, past the proxy."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=10) as answer:
            return json.load(answer)

    def _answers(self):
        try:
            return self.health() is not None
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _environment(self):
        ours = {
            "OMBUN_DATA": str(self.data),
            "OMBUN_ORIGIN": self.origin,
            "OMBUN_PORT": str(self.port),
            "OMBUN_DEMO": "0",
            **self.settings,
        }
        return {**{name: value for name, value in os.environ.items() if not name.startswith("OMBUN_")}, **ours}
