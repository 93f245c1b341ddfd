"""Static files under a versioned address, so that a phone keeps them for good and never mixes two versions of the app."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from pwa.access import public
from pwa.server import released

STATIC = Path(__file__).parents[1] / "static"
# What is for those who read the source, not for phones.
COMMENT = {
    ".js": re.compile(rb"^[ ]*/\*\*.*?\*/\n+", re.MULTILINE | re.DOTALL),
    ".css": re.compile(rb"[ ]*/\*.*?\*/", re.DOTALL),
}
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["'](\.{1,2}/[\w./-]+\.js)["']""", re.MULTILINE)
VERSION = "[0-9a-f]{12}"
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
            todo += [normpath(f"{dirname(name)}/{other}") for other in IMPORT.findall(source)]
    return [name for name in found if name not in names]


@cache
def version():
    """A hash over every static file, templates and catalogues: what one build of the app looks like to a phone."""
    digest = hashlib.sha256()
    for folder in (STATIC, STATIC.parent / "templates", STATIC.parents[1] / "locales"):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".mo", ".pyc")):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def names():
    """Every static file of ours, in order."""
    return sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


def everything():
    """What this version answers under /static: each name with its bytes."""
    return ((name, load(name)[0]) for name in names())


def send(version, name):
    plain, small, kind = load(name) if version == globals()["version"]() else of_before(version, name)
    if small and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(small, mimetype=kind, headers={"Content-Encoding": "gzip"})
    else:
        response = Response(plain, mimetype=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.vary.add("Accept-Encoding")
    return response


def of_before(version, name):
    """A file as an earlier version answered it; never today's in its place, or a phone would mix the two."""
    plain = released.read(current_app.config["OMBUN"].data, version, name) if re.fullmatch(VERSION, version) else None
    if plain is None:
        raise NotFound
    return plain, packed(name, plain), kind_of(name)


@cache
def load(name):
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise NotFound
    plain = path.read_bytes()
    if path.suffix in COMMENT:
        plain = COMMENT[path.suffix].sub(b"", plain)
    return plain, packed(name, plain), kind_of(name)


def packed(name, plain):
    return gzip.compress(plain, 9, mtime=0) if Path(name).suffix in TEXT else None


def kind_of(name):
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
