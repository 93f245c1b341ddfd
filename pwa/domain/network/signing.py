"""A draft is agreed to by two officers of the fund and signed with its key: number, the report before, and the bytes of the file."""

from datetime import UTC

from db import database
from db.models import Fund, ReportAgreement, ReportIssue, Unit
from pwa.domain import N_, Refusal
from pwa.domain.network import attacking, head_counts, keys, month_members, notes, report_files, reports, verifying
from pwa.domain.people import hands, roles
from pwa.domain.places import funds, units

AGREE = roles.may("agree-reports")
ABOVE = roles.may("agree-above")
"""Who agrees to the report of a network or a province."""
LATE = 20
"""From the day after this one of the month after, a month that is not closed is reported with its people alone."""
OPEN = N_("The books of %(period)s are not closed. Until the 20th of the month after, the report waits for that.")
ANEW = N_("Something has changed since this draft was made. Make it anew, look at it, and sign that.")
SIGNED = N_("A report of %(period)s is signed already. What was wrong in it is restated, with a reason.")
NOT_AN_OFFICER = N_("%(name)s is no officer here who agrees to reports.")
ONE_PERSON = N_("Two people agree to a report, and neither opened the other's access.")
LEAK = N_("A small number could be found again by adding up: %(cell)s. Tell whoever runs the system.")


def sign(data, *, by, agreed, at, how):
    """Two officers agree to a draft (the bytes of its file), and the fund's key signs it; twice changes nothing. Its State."""
    draft = reports.drafted(data)
    with database.atomic():
        now = reports.state(draft)
        known = [one.account_id for one in now.agreed]
        for account in (by, agreed):
            if now.issue is None and (account.id not in known or by.id == agreed.id):
                now = agree_one(draft, account, at=at, how=how)
        return now


def agree_one(draft, account, *, at, how):
    """One officer agrees; the second one's word signs the draft with the unit's key. Its State."""
    signed = reports.latest(draft.unit, draft.period)
    if signed and reports.is_whole(signed) and not draft.restates:
        raise Refusal(SIGNED, period=draft.period)
    _must_be_closed(draft, at)
    turn = len(reports.state(draft).agreed) + 1
    agree(draft, account, turn, at=at, how=how)
    if turn < 2:
        return reports.state(draft)
    if draft.fund is None:
        head_counts.count(draft.unit, draft.period, by=account, at=at)
    return _issued(draft, at)


def units_of(account):
    """[(code, name)] of the funds, networks and provinces to whose reports an account agrees, by name."""
    reach, above = funds.kept_on(account, *AGREE), units.granted_on(account.id, ABOVE)
    mine = list(Fund.select(Fund.code, Fund.name).where(Fund.unit.in_(reach)).tuples()) if reach else []
    mine += list(Unit.select(Unit.code, Unit.name).where(Unit.id.in_(above)).tuples()) if above else []
    return sorted(mine, key=lambda one: one[::-1])


def agree(draft, account, turn, *, at, how):
    """An officer of the unit agrees, as the first or the second; the second is somebody else."""
    allowed, place = (AGREE, draft.fund.unit_id) if draft.fund else (ABOVE, units.get(draft.unit).id)
    reach = funds.kept_from if draft.fund else units.below
    held = {grant.role for grant in units.grants(account, *allowed) if place in reach({grant.unit_id})}
    if not held:
        raise Refusal(NOT_AN_OFFICER, name=account.name)
    others = [one.account_id for one in draft.agreements]
    if account.id in others or (others and hands.are_tied(account.id, others)):
        raise Refusal(ONE_PERSON)
    role = next(role for role in allowed if role in held)
    ReportAgreement.create(draft=draft, turn=turn, account=account, role=role, how=how, at=at)


def _issued(draft, at):
    """Number, sign and keep a draft to which two have agreed; its State."""
    row, private = keys.needed(draft.unit)
    last = ReportIssue.select().where(ReportIssue.unit == draft.unit).order_by(ReportIssue.seq.desc()).first()
    seq = max(last.seq + 1 if last else 1, row.from_seq)
    prev = last.sha256 if last and last.seq >= row.from_seq else row.prev or (last.sha256 if last else "")
    report = report_files.read(report_files.whole(bytes(draft.body), []))
    made_at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    header = report.header | {"seq": seq, "prev": prev, "made_at": made_at, "agreed": _roles(draft)}
    body = report_files.body(header, report.cells.values())
    signed = report_files.whole(body, [notes.line(keys.read(row.vkey), private, body)])
    made = report_files.read(signed)
    odd = verifying.signed(made, keys.trusted(draft.unit))
    if odd:
        raise Refusal(odd[0].msgid, **odd[0].values)
    leaks = [one for one in attacking.attack([made], reports.earlier(draft.unit)) if one.is_leak]
    if leaks:
        raise Refusal(LEAK, cell=report_files.called(leaks[0].cell))
    about = dict(unit=draft.unit, seq=seq, prev=prev, sha256=made.sha256, file=signed, at=at)
    ReportIssue.create(draft=draft, **about)
    return reports.state(draft)


def _roles(draft):
    return [one.role for one in draft.agreements.order_by(ReportAgreement.turn)]


def _must_be_closed(draft, at):
    """A draft without its money goes out only once the month after is well under way, and only while the books are open."""
    report = report_files.read(report_files.whole(bytes(draft.body), []))
    if draft.fund is None or report.cells["contributed", ()]["s"] != "missing":
        return
    if reports.is_closed(draft.fund, draft.period, at):
        raise Refusal(ANEW)
    if at < waited_until(draft.period):
        raise Refusal(OPEN, period=draft.period)


def waited_until(period):
    """The instant from which a month that is not closed is reported without its money: the 20th of the month after is over, in Thai time."""
    _, last = month_members.days_of(period)
    return month_members.ends(f"{last + month_members.DAY:%Y-%m}").replace(day=LATE)
