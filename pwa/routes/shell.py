"""What makes a web site an app on a phone: the worker with its list of files, the manifest, and the page for no network."""

import json
from functools import cache

from flask import Blueprint, Response, jsonify
from flask_babel import force_locale

from pwa.access import public
from pwa.domain import kinds
from pwa.i18n import LANGUAGES
from pwa.i18n import gettext as _
from pwa.server import assets
from pwa.web import render

bp = Blueprint("shell", __name__)

KEPT = (".css", ".js", ".json", ".png", ".svg", ".woff2")
NO_CACHE = {"Cache-Control": "no-cache"}
COLOUR = "#1f3b75"
PAPER = "#f6f3ec"


@bp.get("/sw.js")
@public
def worker():
    headers = NO_CACHE | {"Service-Worker-Allowed": "/"}
    return Response(worker_source(), mimetype="text/javascript", headers=headers)


@bp.get("/manifest.webmanifest")
@public
def manifest():
    with force_locale("th"):
        response = jsonify(described())
    response.mimetype = "application/manifest+json"
    response.headers.update(NO_CACHE)
    return response


@bp.get("/offline")
@public
def offline():
    return render("shell/offline.html")


@cache
def worker_source():
    """The worker of this version: any changed static file gives the phone a worker of other bytes, and so an update."""
    source = (assets.STATIC / "sw.js").read_text()
    files = json.dumps(precached(), indent=0)
    source = source.replace("__VERSION__", assets.version()).replace("__PRECACHE__", files)
    return source.replace("__LANGUAGES__", json.dumps(list(LANGUAGES)))


def precached():
    """The versioned address of every file that a phone needs without a network."""
    return [assets.address(name) for name in assets.names() if name.endswith(KEPT) and name != "sw.js"]


def described():
    return {
        "id": "/",
        "name": _("Ombun"),
        "short_name": _("Ombun"),
        "description": _("Register of community welfare fund members"),
        "lang": "th",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": PAPER,
        "icons": [
            {"src": assets.address("icons/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
            {"src": assets.address("icons/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {
                "src": assets.address("icons/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [{"name": _(kind.begins), "url": kind.page} for kind in kinds.BEGUN],
    }
