"""Static files under a versioned address, so that a phone keeps them for good and never mixes two versions of the app."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound

from pwa.access import public

STATIC = Path(__file__).parent / "static"
COMMENT = re.compile(rb"^[ ]*/\*\*.*?\*/\n+", re.MULTILINE | re.DOTALL)  # for those who read the source, not for phones
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["']\./([\w.-]+\.js)["']""", re.MULTILINE)
TEXT = {".js", ".css", ".svg", ".json", ".webmanifest", ".txt"}
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def init_app(app):
    app.add_url_rule("/static/<version>/<path:name>", "static", public(send))
    app.jinja_env.globals.update(asset=address, modules=modules)


def address(name):
    """The versioned address of one static file."""
    return f"/static/{version()}/{name}"


@cache
def modules(*names):
    """What these scripts import, however deep, each once: a page names them so that the phone fetches all at the same time."""
    found, todo = [], list(names)
    while todo:
        name = todo.pop(0)
        if name not in found:
            found.append(name)
            source = (STATIC / name).read_text()
            todo += [f"js/{other}" for other in IMPORT.findall(source)]
    return [name for name in found if name not in names]


@cache
def version():
    """A hash over every static file, templates and catalogues: what one build of the app looks like to a phone."""
    digest = hashlib.sha256()
    for folder in (STATIC, STATIC.parent / "templates", STATIC.parents[1] / "locales"):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".mo"):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def names():
    """Every static file of ours, in order."""
    return sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


def send(version, name):
    plain, packed, kind = load(name)
    if packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(packed, mimetype=kind, headers={"Content-Encoding": "gzip"})
    else:
        response = Response(plain, mimetype=kind)
    current = version == globals()["version"]()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    response.vary.add("Accept-Encoding")
    return response


@cache
def load(name):
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise NotFound
    plain = COMMENT.sub(b"", path.read_bytes()) if path.suffix == ".js" else path.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0) if path.suffix in TEXT else None
    return plain, packed, mimetypes.guess_type(name)[0] or "application/octet-stream"
