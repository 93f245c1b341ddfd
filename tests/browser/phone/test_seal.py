"""Sealing in the browser is the same HPKE as everybody's: the working group's vector, and Python both ways."""

import json
from importlib.resources import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser.phone.office import SUITE, b64, point, unb64

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "hpke.json").read_text())
VECTOR = """async ({ ephemeral, receiver, info, aad, plaintext }) => {
  const { agree, open, schedule, seal, P256 } = await import(moduleOf("seal"));
  const { hex, join, unb64url, utf8 } = await import(moduleOf("bytes"));
  const load = (jwk) => crypto.subtle.importKey("jwk", jwk, P256, true, ["deriveBits"]);
  const point = ({ x, y }) => join(new Uint8Array([4]), unb64url(x), unb64url(y));
  const { d, ...publicJwk } = ephemeral;
  const pair = { privateKey: await load(ephemeral), publicKey: await crypto.subtle.importKey("jwk", publicJwk, P256, true, []) };
  const to = point(receiver);
  const { key, nonce } = await schedule(await agree(pair.privateKey, to), point(ephemeral), to, info);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const first = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: utf8(aad) }, aes, utf8(plaintext));
  const bare = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, aes, utf8(plaintext));
  const sealed = await seal(to, info, utf8(plaintext), pair);
  const opened = await open(await load(receiver), to, info, sealed.enc, sealed.ct);
  return { key: hex(key), nonce: hex(nonce), first: hex(first), bare: hex(bare),
           enc: hex(sealed.enc), ct: hex(sealed.ct), opened: new TextDecoder().decode(opened) };
}"""
SEAL = """async ([publicKey, info, plaintext]) => {
  const { seal } = await import(moduleOf("seal"));
  const { b64url, unb64url, utf8 } = await import(moduleOf("bytes"));
  const { enc, ct } = await seal(unb64url(publicKey), info, utf8(plaintext));
  return [b64url(enc), b64url(ct)];
}"""
OPEN = """async ([jwk, publicKey, info, enc, ct]) => {
  const { open, P256 } = await import(moduleOf("seal"));
  const { text, unb64url } = await import(moduleOf("bytes"));
  const key = await crypto.subtle.importKey("jwk", jwk, P256, false, ["deriveBits"]);
  return open(key, unb64url(publicKey), info, unb64url(enc), unb64url(ct)).then(text, (error) => error.name);
}"""


def test_it_reproduces_the_working_groups_vector(page):
    wanted = working_group_vector()
    first = wanted["encryptions"][0]
    said = page.evaluate(
        VECTOR,
        {
            "ephemeral": private_jwk(private(wanted["skEm"])),
            "receiver": private_jwk(private(wanted["skRm"])),
            "info": bytes.fromhex(wanted["info"]).decode(),
            "aad": bytes.fromhex(first["aad"]).decode(),
            "plaintext": bytes.fromhex(first["pt"]).decode(),
        },
    )
    assert (said["key"], said["nonce"], said["first"]) == (wanted["key"], wanted["base_nonce"], first["ct"])
    assert (said["enc"], said["ct"]) == (wanted["enc"], said["bare"])
    assert said["opened"] == bytes.fromhex(first["pt"]).decode()


def test_it_opens_what_python_sealed(page):
    for case in GOLDEN:
        assert page.evaluate(OPEN, opening(case)) == case["plaintext"], case["sealed_by"]


def test_python_opens_what_it_sealed(page):
    key = ec.generate_private_key(ec.SECP256R1())
    enc, ct = page.evaluate(SEAL, [b64(point(key)), "ombun/1|ก", "ยายบุญมา"])
    assert SUITE.decrypt(unb64(enc) + unb64(ct), key, info="ombun/1|ก".encode()).decode() == "ยายบุญมา"
    for case in GOLDEN:
        sealed = unb64(case["enc"]) + unb64(case["ct"])
        opened = SUITE.decrypt(sealed, private(unb64(case["private_key"]).hex()), info=case["info"].encode())
        assert opened.decode() == case["plaintext"], case["sealed_by"]


def test_it_refuses_what_was_altered(page):
    jwk, public_key, info, enc, ct = opening(GOLDEN[0])
    other = b64(bytes([unb64(ct)[0] ^ 1]) + unb64(ct)[1:])
    assert page.evaluate(OPEN, [jwk, public_key, info, enc, other]) == "OperationError"
    assert page.evaluate(OPEN, [jwk, public_key, info + "|", enc, ct]) == "OperationError"


def working_group_vector():
    vectors = json.loads((files("cryptography_vectors") / "HPKE" / "test-vectors.json").read_text())
    suite = {"mode": 0, "kem_id": 16, "kdf_id": 1, "aead_id": 2}
    return next(vector for vector in vectors if suite.items() <= vector.items())


def opening(case):
    key = private(unb64(case["private_key"]).hex())
    return [private_jwk(key), b64(point(key)), case["info"], case["enc"], case["ct"]]


def private(scalar):
    return ec.derive_private_key(int(scalar, 16), ec.SECP256R1())


def private_jwk(key):
    raw = point(key)
    scalar = key.private_numbers().private_value.to_bytes(32, "big")
    return {"kty": "EC", "crv": "P-256", "x": b64(raw[1:33]), "y": b64(raw[33:]), "d": b64(scalar)}
