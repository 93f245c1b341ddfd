"""The promises about lists of what falls due by the calendar (fund.md §6): once for each person and period, decided first, never to the dead."""

from db.models import Approval, Batch, BatchLine, Claim, Entry, Fact, Fund, Membership, MembershipAct, Person
from pwa.domain.custody import states
from pwa.domain.fund import batches, claims, decided, due_claims, due_periods


def lists_name_each_once():
    """A benefit is granted to a person on lists of the fund at most once for a period; each line is about its list's benefit."""
    granted = {}
    for batch, one in _lines():
        benefit = batches.title_of(batch)
        if one.said["benefit"] != batches.code_of(batch):
            yield f"The claim {one.claim.id} stands on a list of another benefit."
        if one.claim.id != claims.id_of(one.claim.fund.code, _event(one)):
            yield f"The claim {one.claim.id} on a list is not named by its benefit, person and period."
        if one.state == "granted" and benefit and decided.of(one.decision).amount_satang:
            period = due_periods.period_of(benefit, one.claim.event_on).first
            granted.setdefault((one.claim.fund_id, benefit.code, one.claim.person, period), set()).add(one.claim.id)
    for (_, benefit, person, period), found in granted.items():
        if len(found) > 1:
            yield f"The lists grant {benefit} of {period} to {person} {len(found)} times."


def lists_are_decided_before_they_are_paid():
    """Nothing on a list is paid without a resolution that one typed and another confirmed before."""
    for _, one in _lines():
        for act in one.acts:
            before = [each for each in one.acts if each.n < act.n]
            grant = next((each for each in reversed(before) if each.kind == "grant"), None)
            typed = next((each for each in before if grant and each.kind == "propose" and each.n < grant.n), None)
            if act.kind == "pay" and (grant is None or grant.resolution is None or typed is None):
                yield f"The voucher {act.voucher.n} pays a line of a list that no meeting decided."


def lists_pay_nobody_who_died():
    """Nothing on a list is paid to somebody of whom the fund knew then that they had died."""
    for _, one in _lines():
        paid = [act for act in one.acts if act.kind == "pay"]
        known = _known_dead_since(one.claim.person) if paid else None
        for act in paid:
            if known and act.at > known:
                yield f"The voucher {act.voucher.n} pays somebody who had died."


def _lines():
    """(Batch, Standing) of every line that is the last one of its claim."""
    query = BatchLine.select(BatchLine, Batch, Fund).join(Batch).join(Fund).order_by(BatchLine.id)
    last = {line.claim_id: line.batch for line in query}
    rows = Claim.select(Claim, Fund).join(Fund).where(due_claims.on_a_list())
    return [(last[one.claim.id], one) for one in claims.many(rows)]


def _event(one):
    about = {"benefit": one.said["benefit"], "subject": {"type": one.said["subject"]}, "nth": one.said["nth"]}
    return about | {"member": str(one.claim.person), "event_on": one.claim.event_on.isoformat()}


def _known_dead_since(person_id):
    """The first moment at which a row that stands said so."""
    undone = MembershipAct.select(MembershipAct.undoes).where(MembershipAct.undoes.is_null(False))
    ends = MembershipAct.select(MembershipAct.at).join(Membership).where(Membership.person == person_id)
    found = [at for (at,) in ends.where(MembershipAct.why == "deceased", MembershipAct.id.not_in(undone)).tuples()]
    person = Person.get_or_none(Person.id == person_id)
    if person and person.gone == "died":
        path = f"people.{person.local_id}.gone"
        told = Fact.select(Approval.at).join(Entry).join(Approval).where(Fact.subject == person.household_id)
        found += [at for (at,) in told.where(Fact.path == path, states.standing(Approval)).tuples()]
    return min(found, default=None)


OF_BATCHES = (lists_name_each_once, lists_are_decided_before_they_are_paid, lists_pay_nobody_who_died)
