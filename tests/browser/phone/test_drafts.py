"""Drafts: every keystroke is sealed and on the disk; the newest one wins; a saved entry leaves no draft behind."""

from tests.browser.phone.conftest import SETUP
from tests.browser.phone.scripts import ADD, ENTRY

TYPE = """async ([count, id]) => {
  const { save } = await import(moduleOf("drafts"));
  const { transaction } = await import(moduleOf("store"));
  let last;
  for (let n = 1; n <= count; n++) last = save("household@1", id, { typed: n });
  await last;
}"""
TYPE_ON = """async () => {
  const { save } = await import(moduleOf("drafts"));
  for (let n = 1; ; n++) {
    await save("household@1", "draft-1", { typed: n });
    window.typed = n;
  }
}"""
DRAFTS = """async ([verb, ...given]) => {
  const drafts = await import(moduleOf("drafts"));
  return drafts[verb](...given).then((value) => value ?? null, (error) => error.code ?? `${error}`);
}"""
RAW = """async () => JSON.stringify((await (await import(moduleOf("store"))).all("drafts")).map((draft) =>
  new TextDecoder().decode(draft.ct)))"""
COUNT_WRITES = """() => {
  const real = IDBObjectStore.prototype.put;
  window.writes = 0;
  IDBObjectStore.prototype.put = function (...given) { if (this.name === "drafts") window.writes++; return real.apply(this, given); };
}"""


def test_fast_typing_is_written_seldom_and_the_newest_wins(ready):
    ready.evaluate(COUNT_WRITES)
    ready.evaluate(TYPE, [200, "draft-1"])
    assert ready.evaluate(DRAFTS, ["open", "draft-1"]) == {"typed": 200}
    assert ready.evaluate("() => window.writes") <= 3
    (listed,) = ready.evaluate(DRAFTS, ["list"])
    assert (listed["id"], listed["form"]) == ("draft-1", "household@1")
    assert "typed" not in ready.evaluate(RAW)


def test_kill_9_loses_no_keystroke_that_was_kept(sturdy, office):
    sturdy.page.evaluate(SETUP, office.account)
    sturdy.page.evaluate(f"() => void ({TYPE_ON})()")
    sturdy.until("() => window.typed > 5")
    typed = sturdy.page.evaluate("() => window.typed")
    sturdy.restart()
    sturdy.page.goto("/bare")
    assert sturdy.page.evaluate(DRAFTS, ["open", "draft-1"])["typed"] >= typed


def test_a_saved_entry_takes_its_draft_away_for_good(ready):
    ready.evaluate(TYPE, [1, "draft-2"])
    ready.evaluate(f"() => void ({TYPE})([50, 'draft-1'])")
    ready.evaluate(ADD, {**ENTRY, "draft": "draft-1"})
    assert [draft["id"] for draft in ready.evaluate(DRAFTS, ["list"])] == ["draft-2"]
    ready.evaluate(DRAFTS, ["remove", "draft-2"])
    assert ready.evaluate(DRAFTS, ["list"]) == []
    assert ready.evaluate(DRAFTS, ["open", "draft-2"]) == "missing"


def test_somebody_else_sees_no_draft_of_mine(ready):
    ready.evaluate(TYPE, [1, "draft-1"])
    ready.evaluate(SETUP, "0199f0a1-0000-4000-8000-00000000000c")
    assert ready.evaluate(DRAFTS, ["list"]) == []


CALL = """async ([module, verb, ...given]) => (await import(moduleOf(module)))[verb](...given)"""
HELD = """async () => (await (await import(moduleOf("store"))).all("outbox")).map(({ kind, subject }) => [kind, subject])"""


def test_two_forms_about_one_house_are_two_drafts_and_each_ends_by_its_own(ready, office):
    home = ENTRY["subject"]
    names = [ready.evaluate(CALL, ["kinds", "draftKey", kind, home]) for kind in ("household", "note")]
    assert names == [home, f"note/{home}"], "a household's draft keeps the name that it had"
    for name, form in zip(names, ("household@1", "note@1"), strict=True):
        ready.evaluate(DRAFTS, ["save", form, name, {"typed": form}])
    assert {one["id"] for one in ready.evaluate(DRAFTS, ["list"])} == set(names)
    ready.evaluate(CALL, ["draft-custody", "handOver"])
    assert ready.evaluate(HELD) == [["draft", home]] * 2, "both are about the house"
    for name in names:
        ready.evaluate(DRAFTS, ["remove", name])
    ready.evaluate(ADD, {**ENTRY, "kind": "note", "form": "note@1"})
    kept_at = "2026-01-01T08:00:00+07:00"
    office.held = {
        f"0199f0a1-0000-4000-8000-00000000000{n}": {"draft": name, "form": form, "kept_at": kept_at, "values": {"n": n}}
        for n, (name, form) in enumerate(zip(names, ("household@1", "note@1"), strict=True), 1)
    }
    kept = [{"id": entry, "kind": "draft", "state": "received", "finished": False} for entry in office.held]
    ready.evaluate(CALL, ["draft-custody", "takeBack", kept])
    assert [one["id"] for one in ready.evaluate(DRAFTS, ["list"])] == [home], "the note ended the draft of a note only"
