"""What goes over the air: the first visit and each page, gzip."""

import re
from gzip import decompress

from bench.world import Browser

KIB = 1000


def measure(server):
    """(what, kB, budget). The first visit is the front page with everything it loads, as a browser without a cache would."""
    stranger = Browser(server)
    _, html, _ = stranger.get("/")
    text = decompress(html).decode()
    assets = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', text)) | set(modules(stranger, text))
    sizes = {address: len(stranger.get(address)[1]) for address in assets if "icons/icon" not in address}
    scripts = sum(size for address, size in sizes.items() if address.endswith(".js"))
    styles = sum(size for address, size in sizes.items() if address.endswith(".css"))
    fonts = sum(len(stranger.get(f"{prefix(text)}fonts/{name}")[1]) for name in FONTS)
    preloaded = sum(size for address, size in sizes.items() if "/fonts/" in address)
    yield "first visit with fonts", kb(len(html) + sum(sizes.values()) + fonts - preloaded), "≤ 120 kB"
    yield "  JavaScript of the front page", kb(scripts), "≤ 30 kB"
    yield "  style sheet", kb(styles), "≤ 8 kB"
    for handle, path in (
        ("volunteer", "/"),
        ("volunteer", "/households/new"),
        ("volunteer", "/phone"),
        ("zone-leader", "/review"),
        ("member", "/me"),
    ):
        _, page, _ = Browser(server, server.tokens[handle]).get(path)
        yield f"  {path} as {handle}", kb(len(page)), "≤ 15 kB"
    form = decompress(Browser(server, server.tokens["volunteer"]).get("/households/new")[1]).decode()
    loaded = set(re.findall(r'src="(/static/[^"#]+\.js)', form)) | set(modules(stranger, form))
    yield "JavaScript of the household form, all", kb(sum(len(stranger.get(a)[1]) for a in loaded)), "≤ 30 kB"


FONTS = ("noto-sans-thai-looped-thai.woff2", "noto-sans-thai-looped-latin.woff2")


def modules(browser, text):
    """Every module that the page's scripts import statically, however deep; what is imported later comes later."""
    found, todo = set(), re.findall(r'type="module" src="(/static/[^"]+)"', text)
    while todo:
        address = todo.pop()
        if address in found:
            continue
        found.add(address)
        data = browser.get(address)[1]
        source = (decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
        base = address.rsplit("/", 1)[0]
        todo += [
            f"{base}/{name}"
            for name in re.findall(r"""(?:from|^import) ["']\./([\w.-]+\.js)["']""", source, re.MULTILINE)
        ]
    return found


def prefix(text):
    return re.search(r"(/static/[^/]+/)app\.css", text).group(1)


def kb(size):
    return f"{size / KIB:.1f} kB"
