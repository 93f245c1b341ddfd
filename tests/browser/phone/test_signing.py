"""The phone signs what it writes, with a key that never leaves it; what the server does not know yet goes unsigned, nothing waits for it."""

import hashlib
import json
import time
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.browser.phone.office import unb64
from tests.browser.phone.scripts import ADD, ADD_MANY, COUNTS, ENTRY, FLUSH, LINES, META, REFUSED, SET_META
from tests.browser.phone.test_settle import NEW_NUMBER

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "signatures.json").read_text())
AGREE = """async ({ public_key, envelope }) => {
  const { nameOf, signedText } = await import(moduleOf("signing"));
  const { unb64url, utf8 } = await import(moduleOf("bytes"));
  const how = { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("raw", unb64url(public_key), how, false, ["verify"]);
  const text = await signedText(envelope);
  return { text, key: await nameOf({ public_key }), isGood: await crypto.subtle.verify(how, key, unb64url(envelope.sig), utf8(text)) };
}"""
SIGNS = """async ({ jwk, public_key, envelope }) => {
  const { signed } = await import(moduleOf("signing"));
  const { get, put } = await import(moduleOf("store"));
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  await put("meta", { device: envelope.device, from_seq: 1, public_key, private: key, answered: true }, "signing");
  const { sig, ...rest } = envelope;
  return (await signed({ ...rest, v: 1 }, await get("meta", "signing"))).envelope;
}"""
EXPORTED = """async () => {
  const { get } = await import(moduleOf("store"));
  const { private: key, ...rest } = await get("meta", "signing");
  const outcome = await crypto.subtle.exportKey("jwk", key).then(() => "taken out", (error) => error.name);
  return { ...rest, outcome, usages: key.usages };
}"""
FORGET = """async (key) => (await import(moduleOf("store"))).remove("meta", key)"""
BEFORE_KEYS = """async () => {
  const { get, put, remove } = await import(moduleOf("store"));
  await remove("meta", "signing");
  const { key, ...before } = (await get("meta", "custody")) ?? {};
  if (before.device) await put("meta", before, "custody");
}"""
"""As a phone of the version without keys is when the new one arrives."""
WITHOUT_PRIVATE = """async () => {
  const { get, put } = await import(moduleOf("store"));
  const { private: key, ...rest } = await get("meta", "signing");
  await put("meta", { ...rest, private: null }, "signing");
}"""


@pytest.mark.parametrize("line", GOLDEN["lines"], ids=["first", "second"])
def test_browser_and_python_sign_the_same_text(ready, line):
    public_key, envelope = GOLDEN["public_key"], line["envelope"]
    said = ready.evaluate(AGREE, {"public_key": public_key, "envelope": envelope})
    assert said == {"text": line["text"], "key": GOLDEN["key"], "isGood": True}
    verify(public_key, envelope, line["text"])
    made = ready.evaluate(SIGNS, {"jwk": GOLDEN["jwk"], "public_key": public_key, "envelope": envelope})
    assert list(made) == list(envelope) and made | {"sig": 0} == envelope | {"sig": 0}
    verify(public_key, made, line["text"])
    for name, value in {"seq": 9, "author": envelope["id"], "prev": "0" * 64, "ct": "AAAA", "kid": "seal-2"}.items():
        assert not ready.evaluate(AGREE, {"public_key": public_key, "envelope": {**envelope, name: value}})["isGood"]


def test_a_new_number_has_a_key_that_nobody_can_take_out(ready, office):
    held = ready.evaluate(EXPORTED)
    assert (held["device"], held["from_seq"], held["usages"]) == (office.device, 1, ["sign"])
    assert held["outcome"] == "InvalidAccessError" and office.key_of[office.device][2] == held["public_key"]
    ready.evaluate(ADD_MANY, [2, ENTRY])
    for line in map(json.loads, ready.evaluate(LINES)):
        assert line["v"] == 2
        verify(held["public_key"], line)
    assert ready.evaluate(FLUSH)["sent"] == 2
    ready.evaluate(FLUSH)
    assert "PUT key" not in office.log and office.posts == [2]


def test_a_phone_from_before_gets_its_key_once_and_keeps_what_it_wrote(ready, office):
    ready.evaluate(BEFORE_KEYS)
    office.key_of.clear()
    ready.evaluate(ADD_MANY, [2, ENTRY])
    old = ready.evaluate(LINES)
    assert ready.evaluate(FLUSH)["sent"] == 2
    assert office.key_of[office.device][1] == 3, "the first number that will be signed"
    ready.evaluate(ADD, ENTRY)
    assert [json.loads(line)["v"] for line in ready.evaluate(LINES)] == [1, 1, 2]
    assert ready.evaluate(LINES)[:2] == old
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert office.log.count("PUT key") == 1
    verify(office.key_of[office.device][2], json.loads(ready.evaluate(LINES)[2]))


def test_a_lost_answer_is_asked_for_again_before_the_next_line_goes(ready, office):
    def lost(desk, body):
        desk.office.learn(desk.office.device, json.loads(body)["public_key"], json.loads(body)["from_seq"])
        desk.reset()

    ready.evaluate(BEFORE_KEYS)
    office.key_of.clear()
    ready.evaluate(ADD, ENTRY)
    office.key_answers = [lost] * 20  # a browser repeats by itself what died
    ready.evaluate(FLUSH)
    office.key_answers = []
    known = office.key_of[office.device]
    ready.evaluate(ADD, ENTRY)
    assert [json.loads(line)["v"] for line in ready.evaluate(LINES)] == [1, 1], "unsigned until it was answered"
    ready.evaluate(FLUSH)
    assert office.key_of[office.device] == known and ready.evaluate(META, "chain")["device"] == office.device
    assert office.log.index("PUT key") < max(at for at, one in enumerate(office.log) if one == "POST /sync/entries")
    ready.evaluate(ADD, ENTRY)
    assert [json.loads(line)["v"] for line in ready.evaluate(LINES)] == [1, 1, 2]


def test_without_a_session_it_goes_on_unsigned(ready, office):
    ready.evaluate(BEFORE_KEYS)
    office.key_of.clear()
    office.key_answers = [lambda desk, body: desk.reply(401, {"error": "session"})]
    ready.evaluate(ADD, ENTRY)
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": None}
    assert json.loads(ready.evaluate(LINES)[0])["v"] == 1
    ready.evaluate(FLUSH)
    assert office.key_of[office.device][1] == 2


def test_another_key_of_the_number_costs_the_number_and_nothing_else(ready, office):
    ready.evaluate(BEFORE_KEYS)
    first, lost = office.device, office.key_of[office.device]
    ready.evaluate(ADD, ENTRY)
    sealed = ready.evaluate(LINES)
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert office.leaves == [None, {"device": first, "seq": 1}] and office.device != first
    assert office.key_of[first] == lost and ready.evaluate(LINES) == sealed
    ready.evaluate(ADD, ENTRY)
    lines = [json.loads(line) for line in ready.evaluate(LINES)]
    assert [(line["v"], line["device"], line["seq"]) for line in lines] == [(1, first, 1), (2, office.device, 1)]


@pytest.mark.parametrize("loses", [FORGET, WITHOUT_PRIVATE], ids=["record", "key"])
def test_a_key_that_the_browser_dropped_costs_the_number_and_nothing_else(ready, office, loses):
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    first = office.device
    ready.evaluate(loses, "signing")
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    assert office.device != first and ready.evaluate(COUNTS)["sent"] == 2
    ready.evaluate(ADD, ENTRY)
    lines = [json.loads(line) for line in ready.evaluate(LINES)]
    assert [(line["v"], line["seq"]) for line in lines] == [(2, 1), (1, 2), (2, 1)]


def test_a_restored_server_learns_the_same_key_again(ready, office):
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    known = office.key_of.pop(office.device)
    ready.evaluate(FLUSH)
    ready.evaluate(ADD, ENTRY)
    assert json.loads(ready.evaluate(LINES)[1])["v"] == 2, "what the cookie vouches for goes on"
    ready.evaluate(FLUSH)
    assert office.key_of[office.device] == known


def test_too_many_new_numbers_are_waited_for_and_told(ready, office):
    ready.evaluate(FORGET, "chain")
    office.key_answers = [lambda desk, body: desk.reply(429, {}, headers={"Retry-After": "1800"})]
    assert ready.evaluate(REFUSED, ["outbox", "add", ENTRY]) == "too-many-numbers"
    until = ready.evaluate(META, "wait-number")
    assert abs(until - (time.time() + 1800) * 1000) < 5000
    assert ready.evaluate(FLUSH)["stop"] == "numbers" and office.log.count("POST /sync/device") == 2
    ready.evaluate(SET_META, ["wait-number", 1])
    ready.evaluate(ADD, ENTRY)
    assert ready.evaluate(FLUSH)["sent"] == 1


def test_a_line_is_sealed_again_when_the_key_was_answered_meanwhile(ready, context, office):
    """Two pages: one saves all the time, the other takes a new number with a new key; every line fits its chain."""
    other = context.new_page()
    other.goto("/bare")
    ready.evaluate(f"(given) => void ({ADD_MANY})(given)", [12, ENTRY])
    other.evaluate(NEW_NUMBER, office.device)
    ready.wait_for_function("""async () => (await (await import(moduleOf("outbox"))).counts()).waiting === 12""")
    for line in map(json.loads, ready.evaluate(LINES)):
        verify(office.key_of[line["device"]][2], line)


def verify(public_key, envelope, text=None):
    """As Python does it: ES256 over the text of the contract."""
    sealed = hashlib.sha256(unb64(envelope["enc"]) + unb64(envelope["ct"])).hexdigest()
    named = [envelope[name] for name in ("author", "device", "seq", "id", "prev", "kid")]
    spelt = "|".join(map(str, ["ombun/2", *named, sealed]))
    assert text in (None, spelt)
    raw = unb64(envelope["sig"])
    assert len(raw) == 64
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(public_key))
    try:
        key.verify(der, spelt.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise AssertionError(f"the signature of {envelope['id']} is not good") from None
