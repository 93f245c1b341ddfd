"""A page takes nothing of the phone's stores before it has loaded: WebKit never takes back what a page holds that was left before."""

import pytest

HALF = '<!doctype html><meta charset="utf-8"><title>-</title><img src="/late.png" alt="">'
LOOK = """async () => {
  window.outcome = "waits";
  const { get } = await import(moduleOf("store"));
  get("meta", "chain").then((chain) => { window.outcome = chain ? "read" : "empty"; }, (error) => { window.outcome = `${error}`; });
}"""
STILL = """async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
  const database = await asked(indexedDB.open("ombun"));
  for (let turn = 0; turn < 20; turn += 1) await asked(database.transaction("meta").objectStore("meta").count());
  return window.outcome;
}"""
"""What became of it while somebody else read twenty times."""
READ = "() => window.outcome === 'read'"


@pytest.fixture
def loading(ready):
    """A page of which a picture is still on its way; `loading.arrive()` lets it come."""
    asked = []
    ready.route("**/half", lambda route: route.fulfill(body=HALF, content_type="text/html"))
    ready.route("**/late.png", lambda route: asked.append(route))
    ready.clock.install()
    ready.goto("/half", wait_until="domcontentloaded")
    ready.arrive = lambda: asked.pop().abort()
    ready.evaluate(LOOK)
    return ready


def test_it_reads_once_it_has_loaded(loading):
    loading.clock.run_for(4_000)
    assert loading.evaluate(STILL) == "waits"
    loading.arrive()
    loading.wait_for_function(READ, polling=50)


def test_it_waits_no_longer_than_five_seconds_for_what_never_comes(loading):
    loading.clock.run_for(5_100)
    loading.wait_for_function(READ, polling=50)
    loading.wait_for_function("() => document.readyState === 'interactive'", polling=50)
