"""The app as a server loads it, from the environment's settings: `app` for WSGI, `front` for the server that we bring."""

import gc

from pwa import create_app
from pwa.server import bookkeeping, logs
from pwa.server.front import Front

logs.to_stderr()
app = create_app()
front = Front(app)
bookkeeping.begin()
gc.collect()
gc.freeze()  # what is loaded now stays: each full collection walked all of it, 70 ms in the middle of somebody's page
