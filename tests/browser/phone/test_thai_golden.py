"""Names, dates, ID numbers and addresses: the phone's own code gives the answers of the golden files, in a real browser."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pwa.domain.places import addresses
from pwa.domain.register import duplicates, traits
from pwa.domain.text import thai
from tests.browser.modules import WHERE
from tests.browser.phones import FLAGS, HEADLESS

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"


class Files(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def log_message(self, *arguments):
        """Keep quiet."""


@pytest.fixture(scope="module")
def page(playwright):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=ROOT / "pwa" / "static"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = playwright.chromium.launch(executable_path=HEADLESS, args=FLAGS)
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/icons.svg")
    yield page
    browser.close()
    server.shutdown()
    server.server_close()


def golden(name):
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def asked(page, module, call, cases, more=None):
    """What the module answers to each case; `call` is JavaScript over `m` (the module), `it` (a case) and `more`."""
    script = f"""async ([cases, more]) => {{
      const m = await import("/js/{WHERE[module]}");
      return JSON.stringify(cases.map((it) => {call}));
    }}"""
    return json.loads(page.evaluate(script, [cases, more]))


def test_it_reads_names_like_the_server(page):
    names = golden("thai")["names"]
    texts = [text for text, *_ in names]
    # half surrogates do not travel to the browser as they are: escaped, they do
    call = "((text) => [m.clean(text), m.searchKey(text), m.tooStrange(text)])(JSON.parse(it))"
    assert asked(page, "thai", call, [json.dumps(text) for text in texts]) == [expected for _, *expected in names]


def test_it_reads_dates_like_the_server(page):
    dates = golden("dates")
    call = "m.fromBuddhist(it[0], it[1], it[2], more)"
    for part, ahead in (("readings", False), ("ahead", True)):
        answers = asked(page, "dates", call, dates[part], {"today": dates["today"], "mayBeAhead": ahead})
        assert answers == [expected for *_, expected in dates[part]]


def test_it_shows_dates_like_the_server(page):
    rows = golden("dates")["parts"]
    answers = asked(page, "dates", "m.parts(it[0])", rows)
    assert [[answer["day"], answer["month"], answer["year"]] for answer in answers] == [parts for _, *parts in rows]
    later = golden("dates")["later"]
    assert asked(page, "dates", "m.laterYear(it[0])", later) == [year for _, year in later]
    latest, ages = golden("dates")["latest"], golden("dates")["ages"]
    assert asked(page, "dates", "m.latestBirth(it[0])", latest) == [day for _, day in latest]
    assert asked(page, "dates", "m.age(it[0], it[1])", ages) == [years for _, _, years, _ in ages]


def test_it_checks_id_numbers_like_the_server(page):
    rows = golden("national_ids")
    answers = asked(page, "national-ids", "[m.clean(it[0]), m.valid(m.clean(it[0]))]", rows)
    assert answers == [expected for _, *expected in rows]


def test_it_finds_addresses_like_the_server(page):
    rows = {
        typed: codes for typed, codes in golden("addresses").items() if not typed.strip().isascii() or not typed.strip()
    }
    call = "m.find((globalThis.places ??= m.index(more)), it).map(({ code }) => code)"
    assert asked(page, "addresses", call, list(rows), addresses.compact()) == list(rows.values())
    labels = asked(page, "addresses", "globalThis.places.find(({ code }) => code === it).label", ["901104", "100101"])
    assert labels == [addresses.label("901104"), addresses.label("100101")]


def test_it_hears_names_like_the_server(page):
    names = [text for text, *_ in golden("thai")["names"] if text.isprintable()]
    names += [part for pair in golden("duplicates") for one in (pair["one"], pair["other"]) for part in called(one)]
    answers = asked(page, "thai", "[m.soundKey(it), ...m.stripTitle(it)]", names)
    assert answers == [[thai.sound_key(name), *thai.strip_title(name)] for name in names]


def test_it_takes_the_same_people_for_the_same(page):
    """Reasons and points of every golden pair, both ways round."""
    codes = {message: code for code, (_, message) in duplicates.FOR.items()}
    there = [(pair["one"], pair["other"]) for pair in golden("duplicates")]
    pairs = [*there, *((other, one) for one, other in there)]
    call = "m.likeness([it[1]], it[0], 1).map(({ score, reasons }) => [score, reasons])[0] ?? null"
    expected = [duplicates.candidates(one, [other], enough=1) for one, other in pairs]
    assert asked(page, "search", call, pairs) == [
        [found[0].score, [codes[message] for message, _ in found[0].reasons]] if found else None for found in expected
    ]


def test_it_finds_what_the_server_finds(page):
    """The homes that each text finds (tests/domain/test_searches.py asks the server the same)."""
    told = golden("searches")
    parts = ("title", "first_name", "last_name")
    kit = {
        "places": [{"code": code, "name": name} for code, name in told["places"].items()],
        "households": [],
        "people": [],
    }
    for home in told["homes"]:
        house = {part: home.get(part, "") for part in ("number", "description", "lane")}
        kit["households"].append({"id": home["id"], "place": home["place"], "order": home["id"], "house": house})
        for *names, nickname in home["people"]:
            kit["people"].append(
                {"household": home["id"], "name": dict(zip(parts, names, strict=True)), "nickname": nickname}
            )
    call = "[...new Set(m.find(more, it).map(({ household }) => household.id))].sort()"
    texts = [text for text, _ in told["queries"]]
    assert dict(zip(texts, asked(page, "search", call, texts, kit), strict=True)) == dict(told["queries"])


def test_it_reads_house_numbers_like_the_server(page):
    numbers = ["45/2", "เลขที่ ๔๕ / ๒", "บ้านเลขที่ ๑๒๑/๓ ก", "บ้าน 7", "ม.5 12-3", "", "ไม่มี"]
    assert asked(page, "traits", "m.numberKey(it)", numbers) == [traits.number_key(number) for number in numbers]


def called(person):
    return [person[part] for part in ("first_name", "last_name", "nickname") if person.get(part)]


def test_it_reads_and_spells_money_like_the_server(page):
    said = golden("money")
    read = "((told) => [told.satang ?? null, told.problem ?? null])(m.read(it))"
    assert asked(page, "money", read, [typed for typed, *_ in said["read"]]) == [told for _, *told in said["read"]]
    assert asked(page, "money", "m.words(it)", [satang for satang, _ in said["words"]]) == [
        words for _, words in said["words"]
    ]
