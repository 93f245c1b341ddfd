"""What no database and no page can hold: NUL, and halves of letters that JSON lets through. Read once and shown as "\N{REPLACEMENT CHARACTER}",
so that a word stored long ago, or by a changed app, never keeps a page from opening."""

import json
import re
from typing import Any

UNKEPT = re.compile("[\x00\ud800-\udfff]")
ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
INSTEAD = "\N{REPLACEMENT CHARACTER}"


def kept(text: str) -> str:
    """The text as it can be kept and shown."""
    return UNKEPT.sub(INSTEAD, text)


def read(raw: str | bytes) -> Any:
    """What JSON says, every text in it as it can be kept and shown. ValueError for what is no JSON, or nested too deep."""
    try:
        value = json.loads(raw)
        if isinstance(raw, bytes) and not (b"\\u" in raw or b"\xed" in raw or b"\x00" in raw):
            return value
        return json.loads(ESCAPED_NUL.sub(rf"\g<1>{INSTEAD}", kept(json.dumps(value, ensure_ascii=False))))
    except RecursionError as problem:
        raise ValueError("nested too deep") from problem
