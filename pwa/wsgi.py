"""The app as a server loads it, from the environment's settings: `app` for WSGI, `front` for the server that we bring."""

from pwa import create_app, logs
from pwa.front import Front

logs.to_stderr()
app = create_app()
front = Front(app)
