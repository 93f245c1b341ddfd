"""The app as a server loads it, from the environment's settings."""

from pwa import create_app, logs

logs.to_stderr()
app = create_app()
