"""A version of the app that phones in the field run, out of its archive: served in today's environment, told by its own verbs."""

import subprocess
import sys
import tarfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.browser.server import Server

GOLDEN = Path(__file__).parents[1] / "golden"
VILLAGE = """
import db
from pwa import config, demo, open_data, web
from pwa.domain.field import keys
settings = config.from_environment()
open_data(settings)
db.migrate()
with db.database.connection_context():
    keys.prepare(at=web.system_clock())
    demo.build(at=web.system_clock(), visits=3)
"""
RETURN = """
import sys
import db
from db.models import Entry
from pwa import config, open_data, web
from pwa.domain.people import accounts
from pwa.domain.registry import review
open_data(config.from_environment())
with db.database.connection_context():
    entry = Entry.get(Entry.entry_id == sys.argv[1])
    leader = accounts.named("zone-leader")
    review.send_back(entry, by=leader, at=web.system_clock(), reason=sys.argv[2], comments={sys.argv[3]: sys.argv[4]})
"""


class FieldVersion(Server):
    """An installation of an archived version: `tree` is its folder, `renew` puts today's app in its place over the same data."""

    def __init__(self, archive, folder):
        self.tree = unpack(GOLDEN / f"{archive}.tar.gz", folder / archive)
        super().__init__(folder / "data", PYTHONPATH=str(self.tree))
        self.run(VILLAGE)

    def invite(self, handle):
        """A one-time link by the version's own verb."""
        return self.ombun("invite", handle).strip().splitlines()[-1]

    def send_back(self, entry, reason, path, comment):
        """The zone leader returns an entry with a word at one field."""
        self.run(RETURN, entry, reason, path, comment)

    def run(self, code, *words):
        """Run a program within the version's own code, on this installation."""
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, env=self._environment(), cwd=self.tree, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def renew(self):
        """Stop; today's tree migrates the data folder and serves it."""
        self.kill()
        del self.settings["PYTHONPATH"]
        self.ombun("migrate")
        self.start()


def unpack(archive, folder):
    """The tree, with its catalogues compiled as `make` does."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    for catalogue in folder.glob("locales/*/LC_MESSAGES/messages.po"):
        with open(catalogue, "rb") as read, open(catalogue.with_suffix(".mo"), "wb") as written:
            write_mo(written, read_po(read))
    return folder
