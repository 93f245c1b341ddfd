"""One app for all tests of a process: putting it together takes longer than most tests, and its routes are the same for each."""

import db
from pwa import create_app, open_data, web
from pwa.domain.crypto import keyring

MADE = []
"""The app, and its configuration as it was at first."""


def app_on(settings, clock=web.system_clock):
    """The app on a migrated data folder, which it opens."""
    open_data(settings)
    with db.database.connection_context():
        keyring.prepare(at=clock())
    if not MADE:
        MADE.append(create_app(settings, TESTING=True))
        MADE.append(dict(MADE[0].config))
    app, config = MADE
    app.config.clear()
    app.config.update(config, OMBUN=settings, CLOCK=clock)
    return app
