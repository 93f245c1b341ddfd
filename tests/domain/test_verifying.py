"""What a report must hold beside its form: its signature by a known key, its sums, and its place after those before."""

import pytest

from pwa.domain.network import notes, report_files, verifying
from pwa.domain.network.report_files import read
from tests import reporting
from tests.domain.test_notes import KEY, PRIVATE


def signed(**more):
    body = read(reporting.made(**more)).body
    return read(report_files.whole(body, [notes.line(KEY, PRIVATE, body)]))


def messages(found):
    return [one.msgid for one in found]


def test_a_signed_report_holds():
    assert verifying.faults(signed(), [KEY]) == []


@pytest.mark.parametrize(
    ("report", "keys", "message"),
    [
        (reporting.report(), [KEY], verifying.UNSIGNED),
        (reporting.report(seq=0), [KEY], verifying.DRAFT),
        (signed(), [], verifying.STRANGE),
        (signed(unit="F2"), [KEY], verifying.STRANGE),
        (signed(), [notes.Key("F1", bytes(32))], verifying.STRANGE),
        (signed(changed={"members": 43}), [KEY], verifying.SUM),
        (signed(changed={"paid_out": 4001}), [KEY], verifying.SUM),
        (signed(sex={"f": 30, "m": 11, "unknown": 0}), [KEY], verifying.PARTS),
        (signed(sex={"f": 41, "m": None, "unknown": None}), [KEY], verifying.OVER),
        (signed(dictionary="0" * 64), [KEY], verifying.DICTIONARY),
    ],
)
def test_what_does_not_hold_is_named(report, keys, message):
    assert message in messages(verifying.faults(report, keys))


def test_a_byte_changed_after_signing_is_found():
    data = report_files.whole(signed().body, []).replace(b'"n":9000', b'"n":9001', 1)
    whole = signed()
    line = notes.line(KEY, PRIVATE, whole.body)
    assert verifying.FORGED in messages(verifying.faults(read(data + f"{line}\n".encode()), [KEY]))


def test_figures_that_are_not_known_here_are_kept_and_take_part_in_no_sum():
    cuts = reporting.header()["cuts"] | {"trees": []}
    body = report_files.body(reporting.header(cuts=cuts), [*reporting.cells(), report_files.told("trees", 9)])
    found = read(report_files.whole(body, [notes.line(KEY, PRIVATE, body)]))
    assert verifying.faults(found, [KEY]) == [] and found.number("trees") == 9


def test_the_next_month_begins_where_the_last_one_ended():
    first = signed()
    about = {"members_before": 42, "members": 44, "cash_before": 105500, "cash_and_bank": 111000}
    follows = dict(seq=2, prev=first.sha256, period="2026-11")
    sex = {"f": 32, "m": 12, "unknown": 0}
    assert verifying.together([first, signed(changed=about, sex=sex, **follows)]) == []
    wrong = about | {"members_before": 41, "members": 43}
    found = messages(verifying.together([first, signed(changed=wrong, sex=sex | {"f": 31}, **follows)]))
    assert found == [verifying.PREVIOUS]


def test_two_reports_with_one_number_are_a_fork_and_an_older_number_follows_nothing():
    first, other = signed(), signed(name="อื่น")
    assert verifying.FORK in messages(verifying.together([first, other]))
    assert verifying.SEQ in messages(verifying.together([first, signed(prev=first.sha256, seq=1, name="x")]))


def test_a_parent_is_the_sum_of_its_children():
    children = [signed(), signed(unit="F2")]
    named = [{"seq": one.header["seq"], "sha256": one.sha256, "unit": one.unit} for one in children]
    double = {figure: 2 * n for figure, n in reporting.NUMBERS.items()}
    sex = {"f": 60, "m": 24, "unknown": 0}
    about = dict(unit="NET", level="network", children=named, sex=sex)
    assert verifying.together([*children, signed(changed=double, **about)]) == []
    found = messages(verifying.together([*children, signed(changed=double | {"arrears": 999}, **about)]))
    assert found == [verifying.CHILDREN]


def test_a_header_that_says_nothing_is_named_part_by_part():
    found = verifying.faults(read(b'{"format":"ombun-report@1"}\n\n'), [KEY])
    assert len(found) > 15 and messages(found)[-1] == verifying.UNSIGNED
