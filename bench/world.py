"""A village of a thousand households behind the real server, and browsers without a browser: sessions made on its data."""

import http.client
import time
from urllib.parse import urlsplit

import db
from db.models import Account
from pwa import config, demo, open_data, web
from pwa.demo import families
from pwa.domain.field import devices, keys
from pwa.domain.field.phones import Phone
from pwa.domain.people import sessions
from pwa.domain.registry import review
from tests.browser.server import Server

HOUSEHOLDS = 1_000
FIRST = "สม บุญ ประ วิ ชัย ศรี พร ทอง แก้ว จันทร์ อุดม มาลี กิตติ ณัฐ ปัญ รัตน สุ เพ็ญ วร อนุ".split()
SECOND = "ชาย หญิง เสริฐ ชัย มา ศักดิ์ วัฒน์ นภา ดา พงษ์ สิทธิ์ เดช ลักษณ์ พล นันท์ ธร จิต ใจ พร ภา".split()
THIRD = "งาม ดี สุข เรือง แก้ว มา แสน เย็น มูล วงศ์ คำ ทอง".split()


def large_village(folder):
    """Serve the demo village with its households made up to a thousand; `server.phone` is a volunteer's phone on it."""
    data = folder / "data"
    open_data(config.from_environment({}, data=data, origin="http://localhost"))
    db.migrate()
    at = web.system_clock()
    with db.database.connection_context():
        keys.prepare(at=at)
        demo.build(at=at)
        fill_up(at)
        server = Server(data)
        server.phone = Phone(Account.get(Account.handle == "volunteer"), at=at)
        server.tokens = {
            handle: session(handle, at) for handle in ("volunteer", "zone-leader", "registrar", "member", "admin")
        }
    server.start()
    return server


def fill_up(at):
    account = Account.get(Account.handle == "volunteer")
    leader = Account.get(Account.handle == "zone-leader")
    world = demo.Village(at)
    world.chance.seed(7)
    phone = Phone(account, at=at, ids=world.new_id)
    with db.database.atomic():
        for index in range(HOUSEHOLDS - 130):
            place = f"C0{index % 3 + 1}"
            payload = families.household(world, number=f"{index + 100}", fund="F1", join=0, on=at.date())
            name_as_in_life(payload, world.chance)
            entry = phone.record("household", payload, subject=world.new_id(), place=place, at=at)
            if index % 20:
                review.approve(entry, by=leader, at=at)


def name_as_in_life(payload, chance):
    """The demo's fifty first names would make half the village look alike; a real one has hundreds, and as many surnames."""
    surname = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(THIRD)
    for person in payload["people"]:
        person["first_name"] = chance.choice(FIRST) + chance.choice(SECOND)
        person["last_name"] = surname


def session(handle, at):
    account = Account.get(Account.handle == handle)
    device = devices.register(at=at)
    return sessions.start(account, device=device, at=at), devices.token(device.id, at=at)


class Browser:
    """One kept-alive connection with an account's cookies."""

    def __init__(self, server, tokens=None):
        port = urlsplit(server.origin).port
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
        if tokens:
            self.headers["Cookie"] = f"ombun_session_{port}={tokens[0]}; ombun_device_{port}={tokens[1]}"

    def get(self, path):
        return self.request("GET", path)

    def request(self, method, path, body=None, **headers):
        """(status, bytes on the wire, seconds)."""
        start = time.perf_counter()
        self.connection.request(method, path, body, {**self.headers, **headers})
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, data, time.perf_counter() - start


def percentile(seconds, share):
    """Whole milliseconds at a share of sorted measurements."""
    ordered = sorted(seconds)
    return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.0f} ms"
