"""What the stories share: a phone ready for the field, a network that is gone, and a look into the office."""

import contextlib

from db.models import Entry, Unbooked
from pwa.domain.custody import entries, states
from pwa.domain.operations import promises
from tests.browser.phones import PATIENCE_S, wait_until
from tests.browser.server import Server

SHELLS = (
    "/",
    "/households/new",
    "/phone",
    "/saved",
    "/kit",
    "/round",
    "/collections/new",
    "/claims/new",
    "/handovers/new",
    "/payouts/new",
    "/me",
)
CALL = """async ([module, verb, ...given]) => {
  const address = moduleOf(module);
  return (await import(address))[verb](...given);
}"""
KEPT = """async () => {
  const name = (await caches.keys()).find((key) => key.startsWith("person-"));
  return name ? (await (await caches.open(name)).keys()).length : 0;
}"""
office = Server.office
NO_WORKER = "delete ServiceWorkerRegistration.prototype.sync"
NO_SIGNAL = "Failed to load resource|ERR_|NetworkError|Failed to fetch"


def call(phone, module, verb, *given):
    """Call one of the phone's own functions, as its pages do."""
    return phone.page.evaluate(CALL, [module, verb, *given])


def ready(phone, pages=None):
    """Wait until the phone may go into the field: worker active, and all pages kept, or so many."""
    phone.page.goto("/")
    phone.worker_ready()
    phone.until(f"async () => (await ({KEPT})()) >= {pages or len(SHELLS)}")
    return phone


def sign_out(phone):
    phone.page.goto("/phone")
    phone.page.locator('main form[action="/session/end"] button').click()
    phone.page.wait_for_url("**/sign-in*")


@contextlib.contextmanager
def no_signal(village, *phones):
    """Nothing gets through for the length of a with block; afterwards the browsers hear that there is a network again."""
    for phone in phones:
        phone.expects(NO_SIGNAL)
    with village.proxy.offline():
        yield
    network_again(*phones)


def network_again(*phones):
    """The browsers hear that there is a network, and try again what they had put off for up to two minutes."""
    for phone in phones:
        phone.context.set_offline(True)
        phone.context.set_offline(False)


def alone(phone):
    """From its next page on, the phone sends by its pages only: no worker takes over at a moment that nobody chose."""
    phone.scripts.append(NO_WORKER)
    phone.context.add_init_script(NO_WORKER)
    return phone


def looked_over(phone, picture):
    phone.fits()
    phone.is_accessible()
    phone.picture(picture)


def counts(phone):
    return call(phone, "outbox", "counts")


def sent(phone, number, timeout=PATIENCE_S):
    """Wait until so many entries are proved and no photo waits; return what the phone lists."""
    phone.until(
        f"""async () => {{
          const {{ waiting, kept, aside, sent, blobs }} = await ({CALL})(["outbox", "counts"]);
          return waiting + kept + aside + blobs === 0 && sent === {number};
        }}""",
        timeout=timeout,
    )
    return call(phone, "outbox", "list")


def waiting(phone, number):
    """Wait until so many entries wait on the phone."""
    phone.until(f"async () => (await ({CALL})(['outbox', 'counts'])).waiting === {number}")


def alarm_for_the_worker(phone, village):
    """Return what fires the Background Sync that the phone asked for, as the browser does when there is a network again."""
    browser = phone.context.new_cdp_session(phone.page)
    found = []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    browser.send("ServiceWorker.enable")
    phone.until(lambda: found)
    named = {"origin": village.origin, "registrationId": found[0]["registrationId"], "tag": "outbox"}
    return lambda: browser.send("ServiceWorker.dispatchSyncEvent", {**named, "lastChance": False})


def held(village, *ids):
    """The rows in custody with these entry ids, in order, each as what it says and how it stands."""
    with office(village):
        rows = Entry.select().where(Entry.entry_id.in_(ids)).order_by(Entry.id)
        return [about(row) for row in rows]


def about(row):
    return {
        "id": str(row.entry_id),
        "author": str(row.author),
        "outcome": row.outcome,
        "reason": row.reason,
        "transport": row.transport,
        "number": row.number,
        "seq": row.seq,
        "state": states.of(row),
        **({"plain": entries.plaintext(row)} if row.outcome == "received" else {}),
    }


@contextlib.contextmanager
def when_booked(village):
    """A look into the office once all money in custody is in the books, or on the desk with a reason: that comes a moment after the receipts."""
    with office(village):
        wait_until(lambda: not Unbooked.select().where(Unbooked.reason == "").exists())
        yield


def keeps_every_promise(village):
    with office(village):
        assert promises.check() == []


def proofs(phone, entry):
    """The receipts that this phone holds for an entry."""
    return next(one["receipts"] for one in call(phone, "outbox", "list") if one["id"] == entry)
