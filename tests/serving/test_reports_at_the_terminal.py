"""`ombun report` from a terminal: made, signed, verified and taken apart; each fault one Thai line, and the exit codes of the contract."""

import json
import re

import pytest

from tests import terminal

THAI = re.compile("[ก-๙]")
SIGNERS = ("--by", "treasurer", "--agreed", "auditor")


@pytest.fixture
def report(app, data):
    return lambda *words: terminal.ombun(data, "report", *words)


@pytest.fixture
def signed(report, tmp_path):
    """September's report of the village, without its money: nobody has closed a month."""
    file = tmp_path / "F1.ombun-report"
    vkey = report("key", "new", "F1").said.splitlines()[0]
    for words in (("make", "F1", "2026-09", "--out", file), ("sign", file, *SIGNERS)):
        done = report(*words)
        assert done.code == 0 and THAI.search(done.said), done
    return file, vkey


def test_a_signed_file_holds_by_its_key_and_by_what_is_pinned_here(report, signed, tmp_path):
    file, vkey = signed
    keys = tmp_path / "keys.txt"
    keys.write_text(f"{vkey}\n")
    for given in ((), ("--key", keys)):
        assert report("verify", file, *given).code == 0
    assert vkey in report("key", "show", "F1").said
    again = report("recompute", file, "--deep")
    assert again.code == 0 and "เหมือนเดิม" in again.said
    assert report("attack", file).code == 0


def test_what_does_not_hold_is_a_line_each_and_exit_code_1(report, signed, tmp_path):
    file, vkey = signed
    data = file.read_bytes()
    other = tmp_path / "other"
    for changed in (data.replace(b'"seq":1', b'"seq":2'), b"\xef\xbb\xbf" + data):
        other.write_bytes(changed)
        found = report("verify", other, "--key", vkey)
        assert found.code == 1 and all(THAI.search(line) for line in found.complained.splitlines())
    assert report("key", "revoke", "F1", vkey).code == 0
    assert report("verify", file).code == 1


def test_the_network_certifies_a_key_in_the_place_of_another(report, signed, tmp_path):
    file, vkey = signed
    above, note = report("key", "new", "NET").said.splitlines()[0], tmp_path / "note"
    second = report("key", "new", "F1", "--last-seq", 1, "--last-sha256", "ab" * 32).said.splitlines()[0]
    assert report("key", "certify", "F1", second, "--by", "F2").code == 2
    made = report("key", "certify", "F1", second, "--out", note)
    assert '"from_seq":1001' in made.said
    assert made.code == 0 and made.said == note.read_text() and "ombun-key@1" in made.said
    given = ("--key", note, "--key", above)
    assert report("verify", file, *given, "--key", vkey).code == 0 and report("verify", file, *given).code == 1


def test_what_is_no_report_or_a_wrong_command_is_exit_code_2(report, signed, tmp_path):
    file, _ = signed
    other = tmp_path / "other"
    other.write_bytes(b"PK\x03\x04")
    for words in (
        ("verify", other, tmp_path / "none"), ("verify",), ("make", "F9", "2026-09"), ("make", "F1", "9/2569"),
        ("sign", file, "--by", "nobody", "--agreed", "auditor"), ("key", "pin", "F1", "x"),
    ):  # fmt: skip
        found = report(*words)
        assert found.code == 2 and THAI.search(found.complained) and "Traceback" not in found.complained, (words, found)


def test_it_is_written_for_other_systems(report, signed, tmp_path):
    file, _ = signed
    for kind in ("xlsx", "dhis2"):
        assert report("export", file, "--as", kind, "--out", tmp_path).code == 0
    told = json.loads((tmp_path / "F1-2026-09.dhis2.json").read_text())
    missing = next(one for one in told["dataValues"] if one["dataElement"] == "CONTRIBUTED")
    assert (missing["value"], missing["deleted"], missing["comment"]) == ("", True, "missing w=not_closed")
    assert report("diff", file, file).code == 0
