"""The `ombun` of a terminal, on the data folder of a test: a process that has the app loaded forks for each verb, since loading it takes
longer than most verbs. Stories of what happens when a command starts or is killed start a whole one."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from tests import databases


def ombun(folder, *words):
    """Run a verb there: its exit code, what it said, and what it complained of."""
    address = databases.address(folder)
    settings = {"OMBUN_DATA": str(folder)} | ({"OMBUN_DATABASE_URL": address} if address else {})
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OMBUN_")}
    with tempfile.TemporaryDirectory() as papers:
        said, complained = (Path(papers) / name for name in ("said", "complained"))
        code = _asked([[*map(str, words)], kept | settings, os.getcwd(), str(said), str(complained)])
        return SimpleNamespace(code=code, said=said.read_text(), complained=complained.read_text())


def _asked(request):
    loaded = _loaded()
    loaded.stdin.write(json.dumps(request) + "\n")
    loaded.stdin.flush()
    return int(loaded.stdout.readline())


@cache
def _loaded():
    """The one of this process; it ends with it."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(process.communicate)
    return process


def _fork_on_request():
    from pwa import cli

    for line in sys.stdin:
        if (pid := os.fork()) == 0:
            _run(cli.main, *json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(main, words, environment, folder, said, complained):
    """Be the command, as a shell starts it: these words, settings, folder and streams."""
    for number, name, how in (
        (0, os.devnull, os.O_RDONLY),
        (1, said, os.O_WRONLY | os.O_CREAT),
        (2, complained, os.O_WRONLY | os.O_CREAT),
    ):
        os.dup2(os.open(name, how, 0o600), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ombun", *words]
    main()
    sys.exit()


if __name__ == "__main__":
    _fork_on_request()
