"""The app as a server loads it, from the environment's settings."""

import db
from pwa import create_app

app = create_app()
held = db.hold_open()
