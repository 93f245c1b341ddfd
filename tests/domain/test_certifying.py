"""Keys that the unit above certifies: taken without pinning, told on by its report, and what an old key signs is refused everywhere."""

import pytest

from db.models import KeyCertificate, ReceivedReport, ReportAcceptance
from pwa.domain import Refusal
from pwa.domain.network import (
    certificates,
    certifying,
    keys,
    parent_reports,
    receiving,
    report_files,
    signing,
    verifying,
)
from pwa.domain.people import accounts
from tests import reporting
from tests.claiming import AT, TODAY
from tests.domain.test_certificates import NEW, OLD, made, pair

PROVINCE = pair("52", 1)


@pytest.fixture
def network(app):
    """The network signs here, and knows F1's first key from paper."""
    keys.pin("F1", OLD[0].text, at=AT)
    keys.new("NET", last=None, at=AT)
    return accounts.named("network")


def signed(by, **more):
    return reporting.signed(*by, **more)


def take(data):
    return receiving.take(data, at=AT)[0]


def accept(data):
    return receiving.accept(take(data), account=None, how="terminal", at=AT)


def refused(call, *given, **more):
    with pytest.raises(Refusal) as found:
        call(*given, **more)
    return found.value.message


def certify(key=NEW[0], **more):
    return certifying.certify(key.unit, key.text, at=AT, **more)


def test_a_second_key_counts_only_once_it_is_certified(network):
    accept(signed(OLD, seq=3))
    assert refused(keys.pin, "F1", NEW[0].text, at=AT) == keys.KNOWN
    assert refused(take, signed(NEW, seq=1003)) == verifying.STRANGE
    assert refused(certify) == certifying.FROM and refused(certify, from_seq=3) == certifying.PAST
    assert refused(certify, by="52", from_seq=4) == certifying.NOT_ABOVE
    for _ in range(2):
        certify(from_seq=1003)
    assert KeyCertificate.select().count() == 1
    accept(signed(NEW, seq=1003))
    assert refused(take, signed(OLD, seq=1004)) == verifying.ENDED
    assert refused(take, signed(NEW, seq=5)) == verifying.BEFORE
    accept(signed(OLD, seq=5, period="2026-09"))


def test_what_came_before_the_new_key_is_not_accepted_after_it(network):
    waits = take(signed(OLD, seq=1500))
    with pytest.raises(Refusal):
        certify(from_seq=1003)
    certifying.revoke("F1", OLD[0].text, at=AT)
    certify(from_seq=1003)
    assert refused(receiving.accept, waits, account=None, how="terminal", at=AT) == verifying.STRANGE
    assert not ReportAcceptance.select().exists() and ReceivedReport.select().count() == 1
    assert refused(keys.pin, "F1", OLD[0].text, at=AT) == keys.REVOKED


def test_a_certified_key_is_taken_without_pinning_and_a_revoked_one_is_not(network):
    one = pair("F7", 1)
    assert refused(certify, one[0]) == certifying.NOBODY_ABOVE
    certify(one[0], by="NET")
    accept(signed(one))
    certifying.revoke("F7", one[0].text, at=AT)
    assert refused(take, signed(one, seq=2)) == verifying.STRANGE
    assert [row.revoked for row in KeyCertificate.select().order_by(KeyCertificate.id)] == [False, True]


def test_the_parents_report_tells_its_certificates_and_the_keys_that_it_pinned(network):
    accept(signed(OLD))
    pinned = report_files.read(parent_reports.make("NET", "2026-10", at=AT, today=TODAY).file)
    assert pinned.header["keys"] == [OLD[0].text] and not pinned.faults
    certify(from_seq=1003)
    state = parent_reports.make("NET", "2026-10", at=AT, today=TODAY)
    second = accounts.add("network-2", name="ผู้ประสานคนที่สอง", unit=accounts_unit(), role="network", at=AT)
    issued = signing.sign(state.file, by=network, agreed=second, at=AT, how="terminal")
    report = report_files.read(issued.file)
    own = keys.read(keys.own("NET").vkey)
    assert [key.text for key in verifying.keys_told([report], [own])] == [own.text, NEW[0].text]
    assert verifying.faults(report, keys.trusted()) == []


def accounts_unit():
    from pwa.domain.places import units

    return units.get("NET")


def test_an_accepted_report_of_the_unit_above_brings_its_certificates_here(app):
    """On a fund's own machine: the network above it is pinned, and its report tells of the key of another fund."""
    net, sibling = pair("NET", 1), pair("F5", 1)
    keys.pin("NET", net[0].text, at=AT)
    told = made(sibling[0], 1).in_header
    bad = made(pair("F6", 1)[0], 1, above=PROVINCE).in_header
    assert refused(take, signed(net, parent="ELSEWHERE", keys=[bad])) == verifying.CERTIFICATE
    assert refused(take, signed(sibling)) == verifying.STRANGE
    accept(signed(net, parent="ELSEWHERE", level="network", keys=[told, OLD[0].text]))
    assert [(key.unit, key.by) for key in keys.trusted()] == [("NET", ""), ("F5", "NET")]
    take(signed(sibling))
    certifying.take([made(pair("F1", 3)[0], 1, above=sibling)], at=AT)
    assert [key.unit for key in keys.trusted()] == ["NET", "F5"]


def test_a_parent_with_a_new_key_certifies_again_what_it_had_certified(network):
    one = certify(from_seq=1003)
    before = keys.own("NET").vkey
    keys.new("NET", last=(4, "ab" * 32), at=AT)
    assert [key.text for key in keys.trusted("F1")] == [OLD[0].text]
    certifying.renew("NET", at=AT)
    [again] = certifying.of("NET")
    assert (
        again.key == one.key
        and again.signer([keys.read(keys.own("NET").vkey)])
        and not again.signer([keys.read(before)])
    )
    assert [key.text for key in keys.trusted("F1")] == [OLD[0].text, NEW[0].text]


def test_an_own_key_that_was_replaced_signs_nothing_any_more(network):
    accept(signed(OLD))
    state = parent_reports.make("NET", "2026-10", at=AT, today=TODAY)
    second = accounts.add("network-2", name="ผู้ประสานคนที่สอง", unit=accounts_unit(), role="network", at=AT)
    keys.pin("52", PROVINCE[0].text, at=AT)
    other = certificates.made(pair("NET", 9)[0], *PROVINCE, replaces=keys.own("NET").vkey)
    certifying.take([other], at=AT)
    assert refused(signing.sign, state.file, by=network, agreed=second, at=AT, how="terminal") == verifying.ENDED
