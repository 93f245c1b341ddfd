"""Keys that the unit above certifies: signed here by the unit above, or brought by its report, and kept beside the keys that were pinned."""

from db import database
from db.models import Fund, KeyCertificate, ReceivedReport, Unit
from pwa.domain import N_, Refusal
from pwa.domain.network import certificates, keys, notes, report_files
from pwa.domain.places import units as places

NOT_ABOVE = N_("%(by)s does not stand above %(unit)s, so it certifies none of its keys.")
NOBODY_ABOVE = N_("Nobody here stands above %(unit)s. Say who certifies the key.")
FROM = N_("%(unit)s has a key already. Say from which number of its reports on the new one counts.")
PAST = N_("%(unit)s has sent the report %(seq)s already. The new key counts from a higher number on.")


def certify(unit, text, *, at, by="", from_seq=None):
    """The unit above certifies a key of a unit, from a number on in the place of the one in use. The Certificate."""
    key, above = keys.read(text), by or above_of(unit)
    _must_fit(key, unit, above)
    with database.atomic():
        row, private = keys.needed(above)
        for one in of(above):
            if one.key == key.text and not one.revoked and from_seq in (None, one.from_seq):
                return one
        known = keys.trusted(unit)
        before = max((one for one in known if one.text != key.text), key=lambda one: one.from_seq, default=None)
        from_seq = from_seq or next((one.from_seq for one in known if one.text == key.text), None)
        if before is not None:
            _must_be_later(unit, from_seq, before)
        key, replaces = key._replace(from_seq=from_seq or 1), before.text if before else ""
        made = certificates.made(key, keys.read(row.vkey), private, replaces=replaces)
        keep(made, row.vkey, at=at)
    return made


def revoke(unit, text, *, at, by=""):
    """From now on nothing that a key signed counts here; where the unit above signs here, its report tells it to all others."""
    with database.atomic():
        found = keys.revoke(unit, text, at=at)
        above = by or above_of(unit, default="")
        if above and keys.own(above) is not None and not _is_revoked(unit, text.strip()):
            row, private = keys.needed(above)
            made = certificates.made(keys.read(text), keys.read(row.vkey), private, revoked=True)
            keep(made, row.vkey, at=at)
    return found


def take(told, *, at):
    """Keep the certificates that a report brought, as far as a key in use of the unit above signed them."""
    for one in told:
        if above_of(one.unit, default=one.by) != one.by:
            continue
        above = one.signer(key for key in keys.trusted(one.by) if key.until is None)
        if above is not None:
            keep(one, above.text, at=at)


def keep(certificate, certifier, *, at):
    """Keep a certificate that was looked at; the same twice is once."""
    if KeyCertificate.get_or_none(KeyCertificate.signed == certificate.signed) is None:
        about = dict(unit=certificate.unit, vkey=certificate.key, from_seq=certificate.from_seq, certifier=certifier)
        about |= dict(replaces=certificate.replaces, revoked=certificate.revoked, signed=certificate.signed)
        KeyCertificate.create(at=at, **about)


def renew(above, *, at):
    """What a unit certified with an earlier key it certifies again with the one that it has now."""
    row, private = keys.needed(above)
    mine = keys.read(row.vkey)
    for one in of(above):
        if one.signer([mine]) is None:
            key = keys.read(one.key)._replace(from_seq=one.from_seq)
            made = certificates.made(key, mine, private, replaces=one.replaces, revoked=one.revoked)
            keep(made, row.vkey, at=at)


def of(above):
    """[Certificate] that a unit signed, the last one of each key and kind."""
    found = {}
    for row in KeyCertificate.select().order_by(KeyCertificate.id):
        one = keys.certificate(row)
        if one.by == above:
            found[one.key, one.revoked] = one
    return list(found.values())


def told_by(above, units):
    """What the header of a parent's report says of keys: its certificates, and the keys of these children that it only pinned."""
    certified = of(above)
    known = {one.key for one in certified}
    pinned = [key.text for unit in units for key in keys.trusted(unit) if key.text not in known]
    return sorted([one.in_header for one in certified], key=notes.canonical) + sorted(pinned)


def above_of(unit, **default):
    """The code of the unit above: by the tree of this machine, else the one to which the unit's reports go. Raises Refusal."""
    fund = Fund.get_or_none(Fund.code == unit)
    place = fund.unit if fund else Unit.get_or_none(Unit.code == unit)
    if place is not None and (above := places.reports_to(place)):
        return above
    sent = ReceivedReport.select().where(ReceivedReport.unit == unit).order_by(ReceivedReport.id.desc()).first()
    if sent is not None:
        return sent.parent
    if "default" not in default:
        raise Refusal(NOBODY_ABOVE, unit=unit)
    return default["default"]


def _must_fit(key, unit, above):
    if key.unit != unit:
        raise Refusal(keys.OTHER, unit=key.unit)
    if above_of(unit, default=above) != above:
        raise Refusal(NOT_ABOVE, by=above, unit=unit)


def _is_revoked(unit, vkey):
    query = KeyCertificate.select().where(KeyCertificate.unit == unit, KeyCertificate.vkey == vkey)
    return query.where(KeyCertificate.revoked).exists()


def _must_be_later(unit, from_seq, before):
    """The new key begins above every report that came here with the one before."""
    if from_seq is None:
        raise Refusal(FROM, unit=unit)
    later = ReceivedReport.select().where(ReceivedReport.unit == unit, ReceivedReport.seq >= from_seq)
    for row in later.order_by(ReceivedReport.seq.desc()):
        report = report_files.read(bytes(row.file))
        if any(before.holds(one, report.body) for one in report.signatures):
            raise Refusal(PAST, unit=unit, seq=row.seq)
