"""Ombun: the members' database of community welfare funds. `create_app` is its table of contents."""

from flask import Flask
from htmx_flask import Htmx

import db
from pwa import access, config, errors, fund_words, i18n, keyless, menu, passbook_words, values, web
from pwa.domain.crypto import keyring
from pwa.domain.operations import folders
from pwa.routes import BLUEPRINTS
from pwa.server import asking, assets, logs


def create_app(settings=None, **overrides):
    """Build the app on an already migrated data folder. Raises keys.MissingKey when the folder lacks a named key."""
    settings = settings or config.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        {"OMBUN": settings, "MAX_CONTENT_LENGTH": 8 * 1024 * 1024, "CLOCK": web.system_clock, **overrides}
    )
    open_data(settings)
    with db.database.connection_context():
        keyring.prepare(at=app.config["CLOCK"]())
    Htmx(app)
    asking.init_app(app)
    i18n.init_app(app)
    values.init_app(app)
    fund_words.init_app(app)
    passbook_words.init_app(app)
    assets.init_app(app)
    logs.init_app(app)
    web.init_app(app)
    access.init_app(app)
    keyless.init_app(app)
    errors.init_app(app)
    app.jinja_env.globals["nav_items"] = menu.nav_items
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def open_data(settings):
    """Open the database and the keys of a data folder."""
    folders.shut(settings.data, None if settings.database_url else "ombun.db")
    db.open_database(settings.database_url or settings.data / "ombun.db")
    keyring.open_ring(settings.data / "keys", settings.secret_key)
