"""A backup while it is being written: no half of one is ever left for somebody to find, whatever becomes of the process.

Where the disk can, the file has no name before it is whole, so that a killed process leaves nothing. Elsewhere it has a hidden one,
locked for as long as it is written, and the next backup into that folder sweeps away what nobody holds any more.
"""

import errno
import fcntl
import os
import secrets
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from pwa.domain.operations import archives

HALF = ".part"
NAMELESS = getattr(os, "O_TMPFILE", 0)
UNABLE = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL, errno.EXDEV}


@contextmanager
def begun(path):
    """A file to write into, which gets its name when the `with` ends well, in the place of any other of that name."""
    descriptor, name = _nameless(path), None
    if descriptor is None:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=HALF, dir=path.parent)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            name = name or _name(descriptor, path)
        os.replace(name, path)
    finally:
        if name is not None:
            Path(name).unlink(missing_ok=True)


def sweep(folder):
    """Remove the halves of backups that nobody writes any more."""
    for path in folder.glob(f".*{HALF}"):
        with suppress(OSError), open(path, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if file.read(len(archives.MAGIC)) in (b"", archives.MAGIC):
                path.unlink()


def _nameless(path):
    """A descriptor of a file without a name beside the path; None where the disk has no such files."""
    if not NAMELESS or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(path.parent, NAMELESS | os.O_RDWR, 0o600)
    except OSError as problem:
        if problem.errno in UNABLE:
            return None
        raise


def _name(descriptor, path):
    """Give a nameless file a hidden name, from which it moves to its own in one step."""
    name = path.parent / f".{path.name}.{secrets.token_hex(4)}{HALF}"
    folder = os.open(path.parent, os.O_RDONLY)
    try:  # with a folder named, Python asks for the file behind the link in /proc, and not for that link
        os.link(f"/proc/self/fd/{descriptor}", name.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)
    return name
