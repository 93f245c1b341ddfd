"""The watcher's door: 200 while custody is safe, 503 with fixed words while it is not; never a name, never slow."""

from pwa.domain.crypto import keyring
from pwa.domain.operations import health


def test_it_answers_anybody(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"ok": True})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_raises_alarms(client, app, data):
    health.note_check(["a broken promise of บุญมา"], at=app.config["CLOCK"]())
    hidden = keyring.ring.path(keyring.newest("seal").kid)
    hidden.rename(hidden.with_suffix(".hidden"))
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json == {"ok": False, "alarms": ["missing-key", "broken-promises"]}
    hidden.with_suffix(".hidden").rename(hidden)
