"""Several processes serve from one data folder: each line is kept once whichever of them it reached, and all of them count as one."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client.parser import text_string_to_metric_families

from db.models import Entry
from pwa import config, web
from pwa.domain.custody import trouble
from pwa.domain.custody.phones import Phone
from pwa.domain.operations import promises
from pwa.domain.people import accounts, devices, sessions
from tests import databases
from tests.browser.server import Server
from tests.sync import NDJSON, line

PHONES, LINES = 6, 8


@pytest.fixture
def server(village_of_today, tmp_path):
    folder = tmp_path / "data"
    databases.copy(village_of_today, folder)
    server = Server(folder, OMBUN_WORKERS="2", OMBUN_DATABASE_URL=databases.address(folder))
    server.start()
    yield server
    server.stop()
    databases.drop(folder)


def made(server):
    """[(headers, lines)] of as many phones of one volunteer."""
    at, cookie, found = web.system_clock(), server.config.cookie, []
    for _ in range(PHONES):
        phone = Phone(accounts.named("volunteer"), at=at)
        known = {
            cookie("ombun_session"): sessions.start(phone.account, device=phone.device, at=at),
            cookie("ombun_device"): devices.token(phone.device.id, at=at),
        }
        said = "; ".join(f"{name}={value}" for name, value in known.items())
        found.append(({"Cookie": said, **NDJSON}, [line(phone) for _ in range(LINES)]))
    return found


def ask(server, method, path, body=None, headers=None):
    """One request over a connection of its own, which either process may take."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        host = server.origin.partition("//")[2]
        connection.request(method, path, body=body, headers={"Host": host, "Origin": server.origin, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def counted(server, name, **labels):
    families = text_string_to_metric_families(ask(server, "GET", "/metrics")[1])
    return sum(one.value for family in families for one in family.samples if (one.name, one.labels) == (name, labels))


def test_each_line_is_kept_once_and_counted_by_all_together(server):
    with server.office():
        phones = made(server)

    def send(phone):
        headers, lines = phone
        return [ask(server, "POST", "/sync/entries", one, headers) for one in lines for _ in range(2)]

    with ThreadPoolExecutor(2 * PHONES) as senders:
        answers = [one for sent in senders.map(send, phones + phones) for one in sent]
    assert {status for status, _ in answers} == {200}
    ids = {json.loads(text.splitlines()[0])["id"] for _, text in answers}
    assert len(ids) == PHONES * LINES
    for _ in range(6):
        assert counted(server, "ombun_lines_total", outcome="received") == PHONES * LINES
        assert counted(server, "ombun_lines_total", outcome="replayed") == len(answers) - PHONES * LINES
    [shared] = server.data.glob(".metrics-*")
    assert len({path.stem.rpartition("_")[2] for path in shared.glob("counter_*.db")}) == 2, "both took part"
    with server.office():
        kept = [row.number for row in Entry.select().where(Entry.entry_id.in_(ids)).order_by(Entry.number)]
        assert kept == list(range(kept[0], kept[0] + PHONES * LINES))
        assert promises.check() == []


def test_what_one_of_them_cannot_keep_all_of_them_tell(server):
    with server.office():
        [(headers, lines), *_] = made(server)
        trouble.note(at=web.system_clock())
    for _ in range(6):
        status, told = ask(server, "GET", "/health")
        assert (status, json.loads(told)["alarms"]) == (503, ["phones-sent-away"])
    assert ask(server, "POST", "/sync/entries", lines[0], headers)[0] == 200
    for _ in range(6):
        assert ask(server, "GET", "/health") == (200, '{"ok":true}\n')


@pytest.mark.parametrize("said", ["0", "65", "-1", "two", "1.5", "๒๐๐"])
def test_how_many_must_be_a_number(said):
    with pytest.raises(config.BadSetting, match="OMBUN_WORKERS"):
        config.from_environment({"OMBUN_WORKERS": said})
    assert config.from_environment({"OMBUN_WORKERS": ""}).workers == 1
