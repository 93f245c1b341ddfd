"""Reports that come from units below: taken in when they hold, accepted by a person, and of each unit and month the highest number counts.

The same bytes again are known. Two bodies with one number are a fork: both are kept, and neither is accepted in the place of the other
until the two officers of the unit have named one, by signing a later report that follows it.
"""

from peewee import JOIN

from db import database
from db.models import ReceivedReport, ReportAcceptance, ReportSeat, Unit
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.network import certificates, certifying, keys, leavings, report_files, told_months, verifying

NOT_OURS = N_("This report goes to %(parent)s, and nobody of that name is here.")
FORKED = N_(
    "There are two different reports of %(unit)s with the number %(seq)s. Its officers say which one counts: their next report follows it."
)


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


def must_hold(report):
    """Refuses a report that no key which counts here signed, that does not hold, or that goes to nobody here."""
    trusted = keys.trusted(report.unit)
    odd = verifying.signed(report, trusted)
    if odd:
        raise Unsigned(odd[0].msgid, **odd[0].values)
    odd = verifying.faults(report, trusted)
    if odd:
        raise Refusal(odd[0].msgid, **odd[0].values)
    if not _is_for_us(report.header):
        raise Refusal(NOT_OURS, parent=report.header["parent"])


def take(data, *, at, look=must_hold):
    """(ReceivedReport, whether it was here already) of the bytes of a file, of which `look` refuses what does not hold. Fork where it is
    kept beside another one with its number."""
    report = read(data)
    known = _known(report)
    if known is None:
        look(report)
    with database.atomic():
        known = known or _known(report)
        received = known or _kept(report, data, at)
        is_apart = is_forked(received) and not is_accepted(received)
    if is_apart:
        raise Fork(verifying.FORK, unit=received.unit, seq=received.seq)
    return received, known is not None


def is_known(data):
    """Whether these bytes are here."""
    return _known(read(data)) is not None


def accept(received, *, account, how, at):
    """Take a received report in, with the certificates of keys that it brings; the same twice is once. Raises Refusal for one of two
    with the same number, and where its key does not count any more.
    """
    with database.atomic():
        found = ReportAcceptance.get_or_none(ReportAcceptance.received == received)
        if found is not None:
            return found
        if is_forked(received):
            raise Refusal(FORKED, unit=received.unit, seq=received.seq)
        report = report_files.read(bytes(received.file))
        must_hold(report)
        certifying.take(certificates.of_header(report.header["keys"]), at=at)
        told_months.keep(received, report)
        return ReportAcceptance.create(received=received, account=account, how=how, at=at)


def is_accepted(received):
    """Whether somebody took it in."""
    return ReportAcceptance.select().where(ReportAcceptance.received == received).exists()


def is_forked(received):
    """Whether another report has the same number, and no later one of the unit follows this one and not the other."""
    query = ReceivedReport.select(ReceivedReport.sha256).join(ReportSeat)
    rivals = query.where(ReportSeat.unit == received.unit, ReportSeat.seq == received.seq)
    hashes = [row.sha256 for row in rivals]
    if len(hashes) < 2:
        return False
    named = ReportSeat.select(ReportSeat.prev).where(ReportSeat.unit == received.unit, ReportSeat.prev.in_(hashes))
    return {row.prev for row in named} != {received.sha256}


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
    known = (ReceivedReport.id, ReceivedReport.unit, ReceivedReport.period, ReceivedReport.seq, ReceivedReport.parent)
    query = ReceivedReport.select(*known, ReceivedReport.sha256, ReceivedReport.at).join(
        ReportAcceptance, JOIN.LEFT_OUTER
    )
    query = query.where(ReceivedReport.parent == parent, ReportAcceptance.id.is_null())
    return list(query.order_by(ReceivedReport.id))


def of_today(unit, since):
    """How many reports of a unit came since a moment."""
    return ReceivedReport.select().where(ReceivedReport.unit == unit, ReceivedReport.at >= since).count()


def accepted(parent, period):
    """[Report] that count of a month of a unit, by their units: of each child the accepted one with the highest number."""
    return [report_files.read(data) for data in told_months.files(parent, period)]


def children(parent, period):
    """The codes of all units that reported to this one through a month, and have not left it."""
    through = [unit for unit, first in told_months.firsts(parent).items() if first <= period]
    left = leavings.of(parent, through, [period])
    return sorted(unit for unit in through if period not in left.get(unit, ()))


def by_hash(hashes):
    """[Report] of received files with these hashes."""
    query = ReceivedReport.select().where(ReceivedReport.sha256.in_(list(hashes))).order_by(ReceivedReport.unit)
    return [report_files.read(bytes(row.file)) for row in query]


def _accepted():
    return ReceivedReport.select().join(ReportAcceptance)


def _is_for_us(header):
    """Whether the unit to which it goes is here, or it comes from the unit above one of here, as a witness of what that one summed."""
    if Unit.select().where(Unit.code == header["parent"]).exists():
        return True
    own = Unit.select(Unit.network_parent).where(Unit.network_parent.is_null(False))
    return Unit.select().where(Unit.code == header["unit"], Unit.id.in_(own)).exists()


def _known(report):
    return ReceivedReport.get_or_none(ReceivedReport.sha256 == report.sha256)


def _kept(report, data, at):
    """The row of a report that has just come, in its seat."""
    header = report.header
    about = {name: header[name] for name in ("unit", "period", "seq", "parent")}
    received = ReceivedReport.create(sha256=report.sha256, file=data, at=at, **about)
    rivals = ReportSeat.select().where(ReportSeat.unit == report.unit, ReportSeat.seq == header["seq"]).count()
    about = dict(unit=report.unit, seq=header["seq"], fork=rivals, prev=header["prev"])
    ReportSeat.create(received=received, **about)
    return received
