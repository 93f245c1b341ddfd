"""Every page that a link leads to, for every role: axe, a silent console, no English word in Thai, nothing wider than the screen."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from db.models import Enrolment, QueueImport
from pwa import create_app, web
from pwa.access import DEVICE, SESSION
from pwa.domain.people import accounts, devices, enrolments, reissues, sessions
from pwa.i18n import COOKIE
from tests.browser.phones import TOO_WIDE
from tests.browser.stories import office
from tests.browser.taken_money import take_money
from tests.hamlets import open_access

HANDLES = (
    "volunteer",
    "zone-leader",
    "registrar",
    "committee",
    "admin",
    "network",
    "province",
    "treasurer",
    "auditor",
    "member",
)
SHARES = 2
"""Whoever tells this story walks through all pages and looks at every second one."""
NO_PAGE = re.compile(
    r"^/(static|sync|forms|sw\.js|manifest|places|health|dictionary\.csv|metrics)|/photos/|/signature$|^/collections/new/members$|^/(handovers|payouts|claims)/new/(told|members)$|\.json$|^/me/pocket$|^/reports/|^/figures$|/bundle$"
)
THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)|(?<=/rules/)\w+")
LINK = re.compile(r'href="(/[^"]*)"')
CODE = re.compile(r"\b(?=\S*\d)[\w-]+")
HISTORY_CODE = re.compile(r"\b[0-9A-F]{4}(?: [0-9A-F]{4})+\b")
AT_WORK = """() => document.querySelectorAll("[data-progress]").forEach((bar) => (bar.hidden = false))"""
BESIDE = """() => [...document.querySelectorAll(".row > .chip, .card__head > .chip")].map((one) => one.textContent)"""
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = set("QR CSV XLSX LINE Chrome Safari Android iPhone PIN Face ID Touch English Linux".split())
NAMES |= set("ombun report verify FILE key KEY fund year".split())
"""A command that anybody may type, and the words of a pattern of numbers."""
NAMES |= set("-".join((*HANDLES, "other", "committee", "auditor", "stranger")).split("-"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_fit_for_everybody(village, phones, share):
    village.of_money = take_money(village)
    reader, findings, seen = phones(None, width=320), [], {}
    for handle in (None, *HANDLES):
        become(village, reader, handle)
        for kind, path in walk(village, reader, handle, seen):
            seen[kind, handle if kind == "/" else ""] = handle, path
            findings += look_at(reader, handle, path) if len(seen) % SHARES == share else []
    reader.close()
    reader = phones(None, width=320, text_scale=2)
    for handle, path in sorted(seen.values(), key=str)[share::SHARES]:
        become(village, reader, handle)
        reader.page.goto(path)
        findings += [f"{handle} {path} in large letters is wider: {wide}" for wide in reader.page.evaluate(TOO_WIDE)]
    assert findings == [], "\n" + "\n".join(findings)
    assert not_seen(village, seen) == set()


def become(village, phone, handle):
    """Sign somebody in by cookies, or nobody."""
    if getattr(phone, "reads_as", None) == (handle or "nobody"):
        return
    phone.reads_as = handle or "nobody"
    phone.page.goto("about:blank")
    phone.expects("/sync/")  # the phone is not told that somebody else holds it now
    phone.context.clear_cookies()
    if not handle:
        return
    settings, at = village.config, web.system_clock()
    with office(village):
        device = devices.register(at=at)
        token = sessions.start(accounts.named(handle), device=device, at=at)
        cookies = {SESSION: token, DEVICE: devices.token(device.id, at=at)}
    here = {"url": village.origin}
    phone.context.add_cookies(
        [{"name": settings.cookie(name), "value": value, **here} for name, value in cookies.items()]
    )


def walk(village, phone, handle, seen):
    """Follow every link: each kind of page once, the home page for everybody."""
    queue, met, routes = ["/", *unlinked(village, handle)], set(), create_app(village.config).url_map.bind("localhost")
    while queue:
        path = queue.pop(0)
        kind = kind_of(routes, path.partition("?")[0])
        if kind in met or NO_PAGE.search(path):
            continue
        met.add(kind)
        answer = phone.context.request.get(path)
        assert answer.ok, f"{handle} {path} {answer.status}"
        if (reached := answer.url.removeprefix(village.origin)) != path:
            queue.append(reached)
            continue
        if kind == "/" or (kind, "") not in seen:
            yield kind, path
        queue += [unescape(link).partition("#")[0] for link in LINK.findall(answer.text())]


def kind_of(routes, path):
    """The rule that answers an address, its things as *; the address itself where none does."""
    try:
        rule, _ = routes.match(unquote(path), return_rule=True)
    except (HTTPException, RoutingException):
        return path
    return re.sub("<[^>]*>", "*", rule.rule)


def unlinked(village, handle):
    """Pages that no link leads to, or only after something was done."""
    if handle is None:
        return ["/offline", "/saved", "/phone", "/enrol"]
    if handle == "member":
        return ["/corrections"]
    if handle != "registrar":
        return village.of_money.get(handle, [])
    with office(village):
        at, registrar = web.system_clock(), accounts.named("registrar")
        about = dict(by=registrar, at=at, reason=enrolments.REASONS[0], identity_check=next(iter(enrolments.CHECKS)))
        issued = enrolments.issue(accounts.named("member"), **about)
        brought = QueueImport.create(account=registrar.id, at=at, report="[]")
        assert Enrolment.get_by_id(issued.enrolment.id)
        asked = reissues.ask(accounts.named("member"), **about)
        opened = open_access(accounts.named("member-2"), by=accounts.named("zone-leader"), at=at)
    return [
        f"/accesses/{opened.id}",
        f"/reissues/{asked.id}",
        f"/enrolments/{issued.enrolment.id}",
        f"/custody/imports/{brought.id}",
    ]


def look_at(phone, handle, path):
    """What is wrong with a page in Thai by day and in English by night."""
    found = []
    for language, scheme in (("th", "light"), ("en", "dark")):
        phone.context.add_cookies([{"name": COOKIE, "value": language, "url": phone.origin}])
        phone.page.emulate_media(color_scheme=scheme)
        before = len(phone.errors)
        phone.page.goto(path, wait_until="networkidle" if language == "th" else "load")
        where = f"{handle} {path} {language}"
        found += [f"{where} is wider: {wide}" for wide in phone.page.evaluate(TOO_WIDE)]
        found += [f"{where} has a chip that takes the words' room: {chip}" for chip in phone.page.evaluate(BESIDE)]
        found += [f"{where} console: {error}" for error in phone.errors[before:]]
        phone.page.evaluate(AT_WORK)
        for broken in Axe().run(phone.page).response["violations"]:
            found.append(f"{where} axe {broken['id']}: {[node['html'][:150] for node in broken['nodes'][:3]]}")
        if language == "th":
            shown = CODE.sub("", HISTORY_CODE.sub("", phone.page.locator("body").inner_text()))
            words = set(LATIN.findall(shown)) - NAMES
            found += [f"{where} says {sorted(words)}"] if words else []
            phone.picture(
                f"page-{THING.sub('x', path.partition('?')[0]).strip('/').replace('/', '-') or 'front'}-{handle}"
            )
    return found


def not_seen(village, seen):
    """The pages of the app that the walk missed."""
    rules = create_app(village.config).url_map.iter_rules()
    pages = {re.sub("<[^>]*>", "*", rule.rule) for rule in rules if "GET" in rule.methods}
    return {page for page in pages if not NO_PAGE.search(page)} - {kind for kind, _ in seen}
