"""The national list of subdistricts for the phone's address search: the same for everybody, fetched once."""

import gzip
import json
from functools import cache

from flask import Blueprint, Response, request, url_for

from pwa.access import public
from pwa.domain.places import addresses

bp = Blueprint("places", __name__)


@bp.get("/places/subdistricts.json")
@public
def subdistricts():
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(packed() if zipped else gzip.decompress(packed()), mimetype="application/json")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    is_current = request.args.get("v") == addresses.VERSION
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
    response.vary.add("Accept-Encoding")
    return response


@bp.app_template_global("subdistricts_url")
def address():
    """Where a page finds the list; the address changes with the list, so that a phone may keep it for good."""
    return url_for("places.subdistricts", v=addresses.VERSION)


@cache
def packed():
    text = json.dumps(addresses.compact(), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)
