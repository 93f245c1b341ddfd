"""The backup files that the server keeps by itself: which there are, which are old enough to go, and which never go.

Kept are the newest of each of the last 7 days, 4 weeks and 12 months that have one; besides the newest whole one, and the newest
that was proved to be restorable.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.models import Generation, RestoreProof
from pwa.domain import N_, Refusal
from pwa.domain.text.dates import BANGKOK

PERIODS = (("%Y-%m-%d", 7, N_("daily")), ("%G-%V", 4, N_("weekly")), ("%Y-%m", 12, N_("monthly")))
"""A way to write the date of a backup, of how many different ones the newest is kept, and what such a backup is called."""
NAME = re.compile(r"ombun-\d{4}-\d\d-\d\d-\d{6}\.backup")
STAMP = "ombun-%Y-%m-%d-%H%M%S.backup"
EVER = datetime.max.replace(tzinfo=UTC)
LEAST_KEPT = 2
LEAST_FREE = 500 * 1024 * 1024
STEP = 1024 * 1024


@dataclass(frozen=True)
class File:
    """A backup file on the disk; `row` is what the server noted when it wrote it, None for one that it does not know."""

    path: Path
    at: datetime
    size: int
    row: Generation | None

    @property
    def is_whole(self):
        return self.row is not None and not self.row.damaged and self.row.size == self.size


def file_name(at):
    return at.astimezone(BANGKOK).strftime(STAMP)


def listed(folder, at=EVER):
    """The files in the folder, newest first; one that is only half written has another name. Those that a clock wrote which was
    ahead, dated after `at`, come last: nobody knows how old they are."""
    paths = [path for path in folder.glob("ombun-*.backup") if NAME.fullmatch(path.name)] if folder.is_dir() else []
    rows = {row.name: row for row in Generation.select().order_by(Generation.id)}
    files = [File(path, _written_at(path), path.stat().st_size, rows.get(path.name)) for path in paths]
    return sorted(files, key=lambda file: (file.at <= at, file.at), reverse=True)


def note(written, path, *, at):
    """Remember a file that is whole on the disk."""
    held = {"entries": written.entries, "photos": written.photos, "damaged": len(written.damaged)}
    return Generation.create(name=path.name, at=at, sha256=written.sha256, size=written.size, **held)


def kept(instants):
    """{instant: what it is kept as} for those of these backups that are, by day, week and month in Thailand."""
    chosen = {}
    for period, most, word in PERIODS:
        newest = {instant.astimezone(BANGKOK).strftime(period): instant for instant in sorted(instants)}
        for instant in sorted(newest.values())[-most:]:
            chosen.setdefault(instant, []).append(word)
    return chosen


def prune(folder, at=EVER):
    """Delete what is neither kept nor precious; returns the names. Of those dated after `at` the same are kept, beside the others."""
    files = listed(folder, at)
    stays = {file.at for file in precious(files)}
    for is_ahead in (False, True):
        stays |= kept([file.at for file in files if (file.at > at) is is_ahead]).keys()
    return [_delete(file) for file in files if file.at not in stays]


def make_room(folder, at=EVER):
    """Before a backup: the oldest give way when the disk is short, so that backups never stop custody; some always stay."""
    files = listed(folder, at)
    needed = LEAST_FREE + 2 * (files[0].size if files else 0)
    gives = [file for file in files[LEAST_KEPT:] if file not in precious(files)]
    while shutil.disk_usage(folder).free < needed:
        if not gives:
            raise Refusal(N_("The disk has no room for another backup."))
        _delete(gives.pop())


def precious(files):
    """The newest whole one, and the newest that was restored with every promise kept."""
    whole = [file for file in files if file.is_whole]
    return whole[:1] + proved(whole)[:1]


def proved(files):
    """Those that were restored with every promise kept."""
    hashes = {proof.sha256 for proof in RestoreProof.select().where(RestoreProof.findings == "")}
    return [file for file in files if file.is_whole and file.row.sha256 in hashes]


def fingerprint(path):
    """The hash of a file as it lies on the disk now."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(STEP):
            digest.update(piece)
    return digest.hexdigest()


def _written_at(path):
    return datetime.strptime(path.name, STAMP).replace(tzinfo=BANGKOK)


def _delete(file):
    file.path.unlink()
    return file.path.name
