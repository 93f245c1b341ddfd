"""How the app is served: one process, a few threads, and no more memory than a small box has; more processes where somebody asks for them.

Of several each answers whatever reaches it. They share the data folder and what they count; this one watches and answers nobody.
"""

import contextlib
import ctypes
import gc
import resource

from pwa.domain.operations import folders
from pwa.server import metrics

M_ARENA_MAX = -8
"""glibc's name for how many heaps a process may have."""
CONNECTIONS = 4096
"""How many may be open at once: those that only wait take no worker, and little memory."""
STOP_S = 30
"""How long what was begun may take when the server is told to stop; an unfinished body must not keep it. Then it is killed, which loses nothing."""


def run(settings):
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    _save_memory()
    _open_files()
    with _counted_together(settings):
        Granian(
            "pwa.server.wsgi:front",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.RSGI,
            workers=settings.workers,
            backpressure=CONNECTIONS,
            workers_kill_timeout=STOP_S,
            log_access=False,
            log_level="error",
            websockets=False,
        ).serve()


@contextlib.contextmanager
def _counted_together(settings):
    """Where several processes answer, they count in files of a folder that goes with the server; one alone counts for itself."""
    if settings.workers == 1:
        yield
        return
    with folders.scratch(".metrics-", settings.data) as shared:
        metrics.share(shared)
        yield


def _save_memory():
    """One heap for all threads instead of one each, which only grow; and what is loaded now stays shared with the worker."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    gc.collect()
    gc.freeze()


def _open_files():
    """Each connection is a file to the system; many systems allow a thousand unless asked for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
