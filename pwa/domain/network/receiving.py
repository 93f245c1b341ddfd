"""Reports that come from units below: taken in when they hold, accepted by a person, and of each unit and month the highest number counts.

The same bytes again are known. Two bodies with one number are a fork: neither replaces the other.
"""

from db import database
from db.models import ReceivedReport, ReportAcceptance, Unit
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.network import keys, report_files, verifying

NOT_OURS = N_("This report goes to %(parent)s, and nobody of that name is here.")


class Fork(Refusal):
    """Another report of the same unit with the same number is here."""


class Unsigned(Refusal):
    """No key that counts here signed it."""


def read(data):
    """The Report in these bytes. Refuses what is none."""
    try:
        return report_files.read(data)
    except report_files.NotAReport:
        raise Refusal(report_files.NOT_ONE) from None


def take(data, *, at):
    """(ReceivedReport, whether it was here already) of the bytes of a file. Raises Refusal with the first thing that does not hold."""
    report = read(data)
    known = ReceivedReport.get_or_none(ReceivedReport.sha256 == report.sha256)
    if known is not None:
        return known, True
    odd = verifying.signed(report, keys.trusted())
    if odd:
        raise Unsigned(odd[0].msgid, **odd[0].values)
    odd = verifying.faults(report, keys.trusted())
    if odd:
        raise Refusal(odd[0].msgid, **odd[0].values)
    header = report.header
    if not Unit.select().where(Unit.code == header["parent"]).exists():
        raise Refusal(NOT_OURS, parent=header["parent"])
    with database.atomic():
        other = ReceivedReport.select().where(ReceivedReport.unit == report.unit, ReceivedReport.seq == header["seq"])
        if other.exists():
            raise Fork(verifying.FORK, unit=report.unit, seq=header["seq"])
        about = {name: header[name] for name in ("unit", "period", "seq", "parent")}
        return ReceivedReport.create(sha256=report.sha256, file=data, at=at, **about), False


def is_known(data):
    """Whether these bytes are here."""
    return ReceivedReport.select().where(ReceivedReport.sha256 == read(data).sha256).exists()


def accept(received, *, account, how, at):
    """Take a received report in; the same twice is once."""
    with database.atomic():
        found = ReportAcceptance.get_or_none(ReportAcceptance.received == received)
        return found or ReportAcceptance.create(received=received, account=account, how=how, at=at)


def find(sha256):
    """A received report by its hash, and its acceptance or None. Raises NotFound."""
    received = ReceivedReport.get_or_none(ReceivedReport.sha256 == sha256)
    if received is None:
        raise NotFound
    return received, ReportAcceptance.get_or_none(ReportAcceptance.received == received)


def before(received):
    """The accepted report that this one replaces, or the one of the month before; None where there is neither."""
    of_unit = _accepted().where(ReceivedReport.unit == received.unit, ReceivedReport.id != received.id)
    same = of_unit.where(ReceivedReport.period == received.period).order_by(ReceivedReport.seq.desc()).first()
    earlier = of_unit.where(ReceivedReport.period < received.period)
    return same or earlier.order_by(ReceivedReport.period.desc(), ReceivedReport.seq.desc()).first()


def waiting(parent):
    """[ReceivedReport] that go to a unit and nobody has accepted, the oldest first."""
    accepted = ReportAcceptance.select(ReportAcceptance.received)
    query = ReceivedReport.select().where(ReceivedReport.parent == parent, ReceivedReport.id.not_in(accepted))
    return list(query.order_by(ReceivedReport.id))


def of_today(unit, since):
    """How many reports of a unit came since a moment."""
    return ReceivedReport.select().where(ReceivedReport.unit == unit, ReceivedReport.at >= since).count()


def accepted(parent, period):
    """[Report] that count of a month of a unit: of each child the accepted one with the highest number."""
    found = {}
    query = _accepted().where(ReceivedReport.parent == parent, ReceivedReport.period == period)
    for row in query.order_by(ReceivedReport.seq):
        found[row.unit] = row
    return [report_files.read(bytes(found[unit].file)) for unit in sorted(found)]


def children(parent, period):
    """The codes of all units that ever reported to this one through a month."""
    query = _accepted().where(ReceivedReport.parent == parent, ReceivedReport.period <= period)
    return sorted({row.unit for row in query})


def by_hash(hashes):
    """[Report] of received files with these hashes."""
    query = ReceivedReport.select().where(ReceivedReport.sha256.in_(list(hashes))).order_by(ReceivedReport.unit)
    return [report_files.read(bytes(row.file)) for row in query]


def _accepted():
    return ReceivedReport.select().join(ReportAcceptance)
