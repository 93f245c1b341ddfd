"""How the app is served: one process, a few threads, and no more memory than a small box has."""

import contextlib
import ctypes
import gc

M_ARENA_MAX = -8
"""glibc's name for how many heaps a process may have."""
THREADS = 8
"""How many requests are answered at once. Most wait for the disk, and those that wait together are committed together."""


def run(settings):
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    _save_memory()
    Granian(
        "pwa.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_access=False,
        log_level="error",
        websockets=False,
    ).serve()


def _save_memory():
    """One heap for all threads instead of one each, which only grow; and what is loaded now stays shared with the worker."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    gc.collect()
    gc.freeze()
