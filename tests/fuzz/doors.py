"""Every door of the app with what it takes, read off the URL map, the routes' code and the pages' forms: nothing is listed by hand."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

import db

PWA = Path(__file__).parents[2] / "pwa"
TAKEN = re.compile(r'(?:get|getlist)\(\s*"([\w.:-]+)"|named\("([\w.]+)"\)|for n(?:ame)? in \(([^)]*)\)')
NAMED = re.compile(r'name="([\w.:-]+)"|(?:field|area|choices|select)\(\s*"([\w.:-]+)"')
HEADER = re.compile(r'headers\.get\("([\w-]+)"|"([\w-]+)" in request\.headers')
USUAL = (
    "Accept Accept-Encoding Accept-Language Content-Encoding Content-Type Host HX-Current-URL HX-Request If-Modified-Since "
    "If-None-Match Origin Range Referer User-Agent X-Forwarded-For X-Real-IP X-Request-Id"
).split()


def rules(app):
    """(method, rule, who may enter) of every door."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = app.view_functions[rule.endpoint].access
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, rule, access


def address(rule, values):
    """The address of a door with these texts in its place-holders, whatever they are."""

    def filled(match):
        return quote(str(values.get(match[1], "x")), safe="")

    return re.sub(r"<[^>]*?(\w+)>", filled, rule.rule)


@cache
def parameters(room):
    """Names of the parameters that a room's routes read or its pages send."""
    code = code_of(room)
    found = {part for match in TAKEN.findall(code) for part in re.findall(r"[\w.:-]+", ",".join(match))}
    for page in (PWA / "templates" / room).glob("*.html"):
        found |= {name for match in NAMED.findall(page.read_text()) for name in match if name}
    return sorted({f"{name}x" if name.endswith(".") else name for name in found})


def code_of(room):
    """What the routes of a room do; the door of the static files is no room."""
    path = PWA / f"routes/{room}.py"
    return path.read_text() if path.exists() else ""


@cache
def reads_json(room):
    """Whether a room's routes read JSON, as a body or in a field."""
    code = code_of(room)
    return "json" in code and any(word in code for word in ("get_json", "json.loads", "credential"))


def room(rule):
    return rule.endpoint.partition(".")[0]


@cache
def headers():
    """Names of the headers that the app reads, and of those that every browser or proxy sends."""
    code = "\n".join(path.read_text() for path in PWA.rglob("*.py"))
    return sorted({name for match in HEADER.findall(code) for name in match if name} | set(USUAL))


def header(name, text):
    """The environ of a header, as a server passes on its bytes."""
    key = name.upper().replace("-", "_")
    sent = text.encode("utf-8", "surrogatepass").decode("latin-1")
    return {key if key == "CONTENT_TYPE" else f"HTTP_{key}": sent}


def knock(client, method, path, **about):
    """(status, body) that a request is answered; nothing that it wrote stays."""
    with db.database.atomic() as change:
        response = client.open(path, method=method, **about)
        answer = response.status_code, response.get_data()
        response.request.environ["wsgi.input"].close()  # a large body lies in a file of the test's
        change.rollback()
    return answer
