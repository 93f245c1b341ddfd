"""The own keys: wrapped by the passkey where it can, opened again offline, and never by another passkey."""

import pytest

from tests.browser.passkeys import Passkeys
from tests.browser.phone.scripts import META, REFUSED
from tests.browser.phones import Phone

BEGIN = """async ([account, name]) => {
  const { prf } = await import(moduleOf("keys"));
  const user = { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name };
  const credential = await navigator.credentials.create({ publicKey: {
    challenge: crypto.getRandomValues(new Uint8Array(32)), rp: { id: "localhost", name: "ombun" }, user,
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    extensions: prf() } });
  return (await import(moduleOf("session"))).begin({ account, name }, credential);
}"""
SEAL = """async (text) => {
  const [{ sealToSelf }, { put }] = await Promise.all(["keys", "store"].map((name) => import(moduleOf(name))));
  await put("meta", await sealToSelf(new TextEncoder().encode(text), "test|1"), "note");
}"""
OPEN = """async (what) => {
  const [{ openOwn }, { get }] = await Promise.all(["keys", "store"].map((name) => import(moduleOf(name))));
  return openOwn(await get("meta", "note"), what ?? "test|1").then((bytes) => new TextDecoder().decode(bytes), (error) => error.code || error.name);
}"""
KEYS = """async () => (await (await import(moduleOf("store"))).all("keys")).map((pair) => ({
  wrapped: !!pair.wrapped, private: !!pair.private, extractable: pair.private?.extractable ?? null }))"""
UNLOCKED = """async () => (await import(moduleOf("keys"))).unlocked()"""


def test_a_passkey_locks_what_the_phone_keeps(sturdy, office):
    page = sturdy.page
    assert page.evaluate(BEGIN, [office.account, "สมศรี"]) == {"account": office.account, "mode": "prf"}
    assert page.evaluate(KEYS) == [{"wrapped": True, "private": False, "extractable": None}]
    page.evaluate(SEAL, "ยายบุญมา")
    assert page.evaluate(OPEN) == "ยายบุญมา"
    page.reload()
    assert not page.evaluate(UNLOCKED)
    assert page.evaluate(OPEN) == "locked"
    page.evaluate(SEAL, "เขียนได้โดยไม่ต้องเปิด")
    office.close()
    assert page.evaluate(REFUSED, ["keys", "unlock"]) == "accepted"
    assert page.evaluate(OPEN) == "เขียนได้โดยไม่ต้องเปิด"
    assert page.evaluate(OPEN, "test|2") == "OperationError"
    page.evaluate("""async () => (await import(moduleOf("keys"))).lock()""")
    sturdy.passkeys.verify_user(False)
    assert page.evaluate(REFUSED, ["keys", "unlock"]) == "cancelled"
    assert page.evaluate(OPEN) == "locked"


def test_the_first_sign_in_makes_the_phone_ready_for_the_field(sturdy, office):
    sturdy.page.evaluate(BEGIN, [None, "สมศรี"])
    assert sturdy.page.evaluate(META, "me")["account"] == office.account
    assert sturdy.page.evaluate(META, "chain")["device"] == office.device
    assert sturdy.page.evaluate(META, "server")["keys"][0]["kid"] == "seal-1"
    field = {
        "/households/new",
        "/saved",
        "/kit",
        "/round",
        "/collections/new",
        "/handovers/new",
        "/payouts/new",
        "/corrections",
        "/claims/new",
    }
    kept = {"/", "/phone", "/me"} | field
    assert set(sturdy.page.evaluate(META, "shells")["urls"]) == kept
    assert sturdy.page.evaluate("() => caches.keys()") == [f"person-{office.account}"]


def test_a_second_passkey_gets_keys_of_its_own(sturdy, office):
    page = sturdy.page
    page.evaluate(BEGIN, [office.account, "สมศรี"])
    page.evaluate(SEAL, "เก่า")
    page.evaluate(BEGIN, [office.account, "สมศรี"])
    assert len(page.evaluate(KEYS)) == 2
    page.reload()
    assert page.evaluate(REFUSED, ["keys", "unlock"]) == "accepted"
    assert page.evaluate(OPEN) == "locked"
    assert page.evaluate(REFUSED, ["keys", "unlock", page.evaluate(META, "note")["pair"]]) == "accepted"
    assert page.evaluate(OPEN) == "เก่า"


@pytest.fixture
def plain_phone(playwright, office, tmp_path):
    phone = Phone(playwright, office.origin, tmp_path / "plain", passkeys=Passkeys(hasPrf=False))
    phone.page.goto("/bare")
    yield phone
    phone.close()


def test_without_prf_the_protection_is_basic(plain_phone, office):
    page = plain_phone.page
    assert page.evaluate(BEGIN, [office.account, "สมศรี"])["mode"] == "basic"
    assert page.evaluate(KEYS) == [{"wrapped": False, "private": True, "extractable": False}]
    page.evaluate(SEAL, "ยายบุญมา")
    page.reload()
    assert page.evaluate(UNLOCKED)
    assert page.evaluate(OPEN) == "ยายบุญมา"
