"""GET /metrics: counts for whoever watches from the machine itself or as an administrator; not there for anybody else."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from db.models import Backup, Device
from pwa import web
from tests.sync import line, post

AWAY = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def read(client):
    """{(name, labels): value} as a watcher on the machine reads it; `read(name, **labels)` gives one, 0 when it is not there."""

    def one(name, **labels):
        families = text_string_to_metric_families(client.get("/metrics").text)
        found = {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}
        return found.get((name, frozenset(labels.items())), 0)

    return one


def test_it_counts_lines_by_what_they_were_answered(phone, read):
    names = [("ombun_lines_total", {"outcome": outcome}) for outcome in ("received", "replayed", "quarantined")]
    names += [("ombun_quarantined_total", {"reason": "no_right"})]
    before = [read(name, **labels) for name, labels in names]
    sent = [line(phone), line(phone, place="C05")]
    post(phone.client, *sent)
    post(phone.client, *sent)
    after = [read(name, **labels) for name, labels in names]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 2, 1, 1]


def test_it_knows_what_is_missing_and_what_waits(phone, read):
    waiting = read("ombun_waiting_lines")
    Device.update(waiting=3).where(Device.id == phone.device.id).execute()
    lines, ranges = read("ombun_missing_lines"), read("ombun_missing_ranges")
    assert read("ombun_waiting_lines") == waiting + 3
    assert read("ombun_backup_age_seconds") == -1
    assert lines >= ranges >= read("ombun_phones_with_gaps")
    Backup.create(through=0, at=web.system_clock(), size=1)
    assert 0 <= read("ombun_backup_age_seconds") < 60


def test_it_times_custody_and_pages(phone, client, read):
    before = (
        read("ombun_custody_seconds_count", route="/sync/entries"),
        read("ombun_page_seconds_count", route="/sign-in"),
    )
    post(phone.client, line(phone))
    client.get("/sign-in?next=/households")
    after = (
        read("ombun_custody_seconds_count", route="/sync/entries"),
        read("ombun_page_seconds_count", route="/sign-in"),
    )
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]


def test_alarms_are_in_it(app, client, read):
    assert read("ombun_alarm", alarm="broken-promises") == 0
    from pwa.domain.operations import health

    health.note_check(["a promise"], at=web.system_clock())
    assert read("ombun_alarm", alarm="broken-promises") == 1


def test_nobody_else_reads_it(client, client_as):
    assert client.get("/metrics", environ_base=AWAY).status_code == 404
    for header in (
        "X-Forwarded-For",
        "Forwarded",
        "Via",
        "X-Forwarded-Host",
        "X-Real-IP",
        "X-Forwarded-Proto",
        "CF-Connecting-IP",
    ):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", headers={"Host": "ombun.example.org"}).status_code == 404, (
        "a proxy that only passes it on"
    )
    assert client_as("zone-leader").get("/metrics", environ_base=AWAY).status_code == 404
    assert client_as("admin").get("/metrics", environ_base=AWAY).status_code == 200


def test_no_id_and_no_name_is_in_it(phone, client):
    post(phone.client, line(phone))
    phone.client.get(f"/households/{phone.device.id}")
    text = client.get("/metrics").text
    assert str(phone.device.id) not in text
    assert "uuid:household_id" in text
