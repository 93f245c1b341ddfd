"""A process that has the app loaded and forks `ombun serve` on request: loading it and reading its templates takes longer than most stories."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.browser.phones import wait_until


class Loaded:
    """`launch` starts a server as `execute` does. What templates were read to lies in `folder`, for every process that tests."""

    def __init__(self, folder):
        command = [sys.executable, "-m", __name__, folder]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def launch(self, environment, log):
        """Serve in a new process group with this environment, printing into a file."""
        self.process.stdin.write(json.dumps([environment, str(log)]) + "\n")
        self.process.stdin.flush()
        return Child(int(self.process.stdout.readline()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()


class Child:
    """A process that somebody else started and buries."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        """None while it lives."""
        return None if Path(f"/proc/{self.pid}").exists() else "ended"

    def wait(self):
        wait_until(self.poll)


def execute(environment, log):
    """Start `ombun serve` as its keeper does, in a new process group."""
    with open(log, "ab") as printed:
        return subprocess.Popen(
            [Path(sys.executable).with_name("ombun"), "serve"],
            env=environment,
            stdout=printed,
            stderr=printed,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def _fork_on_request(folder):
    from flask import Flask
    from granian import Granian  # noqa: F401  what `serve` loads late
    from jinja2 import FileSystemBytecodeCache

    from pwa import cli

    Path(folder).mkdir()
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(folder)}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _serve(cli, *json.loads(line))
        print(pid, flush=True)


def _serve(cli, environment, log):
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 1)
    os.dup2(1, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ombun", "serve"]
    try:
        cli.main()
    finally:
        os._exit(0)


if __name__ == "__main__":
    _fork_on_request(sys.argv[1])
