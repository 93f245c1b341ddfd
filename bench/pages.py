"""How long the main pages take on the server, with a thousand households."""

from bench.world import Browser, percentile
from db.models import Entry
from pwa.domain.custody import states

ROUNDS = 60


def measure(server):
    """(page, p50 / p95, budget) for each main page; warm, one connection."""
    for handle, path in addresses(server):
        browser = Browser(server, server.tokens.get(handle))
        answers = [browser.get(path) for _ in range(ROUNDS + 5)][5:]
        status = answers[0][0]
        times = [seconds for _, _, seconds in answers]
        label = f"{path.split('?')[0][:30]} as {handle or 'a stranger'} ({status})"
        yield label, f"{percentile(times, 0.5)} / {percentile(times, 0.95)}", "p95 ≤ 40 ms"


def addresses(server):
    import db

    with db.database.connection_context():
        waiting = Entry.select().where(*states.undecided()).order_by(Entry.id.desc()).first()
    yield None, "/"
    yield "volunteer", "/"
    yield "volunteer", "/households"
    yield "volunteer", "/households/new"
    yield "zone-leader", "/review"
    yield "zone-leader", f"/review/{waiting.entry_id}"
    yield "registrar", "/admissions"
    yield "member", "/me"
    yield "volunteer", "/sync/status"
