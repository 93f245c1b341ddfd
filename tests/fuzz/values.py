"""What people, phones and attackers put where a word is expected: thirty texts for a parameter, thirty things for JSON."""

import json

TEXTS = [
    "",
    " ",
    "\x00",
    "ก\x00ข",
    "\r\nSet-Cookie: a=b",
    "/\r\nLocation: //evil.example",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\ufffe\uffff",
    "\u202eแอบกลับ\u2066",
    "\x1b[31m\x07\x7f\x85",
    "ก" * 4000,
    "a" * 400,
    "😀" * 50,
    "๑๒๓๔๕๖๗๘",
    "²³",
    "-1",
    "0",
    "1e400",
    "NaN",
    str(2**31),
    str(2**63),
    str(10**40),
    "9" * 5000,
    "'; DROP TABLE entry; --",
    "%s%(x)s{0}{{7*7}}",
    "<script>alert(1)</script>",
    "../../secret",
    "///evil.example",
    "http://[::1/%zz?#",
    "00000000-0000-0000-0000-00000000000g",
]
SURROGATE = "\ud83d"
DEEP = "[" * 900 + "]" * 900
THINGS = [
    None, True, 0, -1, 1.5, 1e308, 2**31, 2**63, 10**40, "", " ", "ก\x00ข", SURROGATE, f"บุญ{SURROGATE}มา", "\u202eก\u2066",
    "\x1b\x7f\x85", "ก" * 100_000, "a" * 400, "../../secret", "9" * 5000, [], {}, [[]], [None], {"": ""}, {SURROGATE: SURROGATE},
    ["x"] * 1000, {"a": {"b": {"c": 1}}}, json.loads(DEEP), "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
BODIES = [json.dumps(thing).encode() for thing in THINGS[:-6]]
BODIES += [b"[" * 100_000, b"\xff\xfe{", b"{", b'"\\ud800"', json.dumps(SURROGATE).encode("utf-16"), b"\xed\xa0\x80"]
assert len(BODIES) == 30
assert len(TEXTS) == len(THINGS) == 30
