"""Stores that somebody else keeps: a write gives up after ten seconds, nothing of it is there, and the next one goes through."""

OCCUPY = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("ombun");
  request.onerror = reject;
  request.onsuccess = () => {
    const tx = request.result.transaction(["meta"], "readwrite");
    window.released = new Promise((done) => { tx.oncomplete = done; });
    const stay = () => { if (!window.leaves) tx.objectStore("meta").get("x").onsuccess = stay; };
    stay();
    resolve();
  };
})"""
RELEASE = "async () => { window.leaves = true; await window.released; }"
MUTE = "() => { IDBTransaction.prototype.abort = () => {}; }"
"""As WebKit does where a page that is gone keeps the stores."""
BEGIN = """() => {
  window.outcome = "waits";
  import(moduleOf("store")).then(({ put }) => put("meta", "late", "mark"))
    .then(() => { window.outcome = "written"; }, (error) => { window.outcome = error.code ?? `${error}`; });
}"""
MARK = """async () => (await (await import(moduleOf("store"))).get("meta", "mark")) ?? null"""


def test_a_write_that_is_kept_waiting_gives_up_whole_and_may_be_tried_again(ready):
    ready.clock.install()
    ready.evaluate(OCCUPY)
    ready.evaluate(BEGIN)
    ready.clock.run_for(9_000)
    assert ready.evaluate("() => window.outcome") == "waits"
    ready.clock.run_for(2_000)
    ready.wait_for_function("() => window.outcome !== 'waits'", polling=50)
    assert ready.evaluate("() => window.outcome") == "stuck"
    ready.evaluate(RELEASE)
    assert ready.evaluate(MARK) is None
    ready.evaluate(BEGIN)
    ready.wait_for_function("() => window.outcome === 'written'", polling=50)
    assert ready.evaluate(MARK) == "late"


def test_it_gives_up_also_where_the_browser_tells_no_end_of_it(ready):
    ready.clock.install()
    ready.evaluate(OCCUPY)
    ready.evaluate(MUTE)
    ready.evaluate(BEGIN)
    ready.clock.run_for(11_000)
    ready.wait_for_function("() => window.outcome === 'stuck'", polling=50)


def test_a_write_in_time_is_left_alone(ready):
    ready.clock.install()
    ready.evaluate(BEGIN)
    ready.wait_for_function("() => window.outcome === 'written'", polling=50)
    ready.clock.run_for(30_000)
    assert ready.evaluate(MARK) == "late"
