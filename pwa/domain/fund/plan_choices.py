"""Which of a fund's plans a member pays by: a dated row a choice. Rule: fund.md §3; of several plans the member's, else the first.

A choice is taken back by another row from the same day; the last that was written down for a day holds.
"""

from db.models import Account, PlanChoice
from db.statements import Prepared
from pwa.domain import N_, Refusal
from pwa.domain.fund import rulings
from pwa.domain.text import wording

NO_SUCH_PLAN = N_("Choose one of the plans that the regulation has on that day.")

_rows = Prepared(
    lambda ids: (
        PlanChoice.select(PlanChoice.membership, PlanChoice.first, PlanChoice.plan)
        .where(PlanChoice.membership.in_(ids))
        .order_by(PlanChoice.first, PlanChoice.id)
        .tuples()
    )
)


def of(memberships):
    """{membership id: ((day, code), …)} in the order of days, with one query; nothing of those who chose none."""
    found = {}
    for membership, first, code in _rows.rows(list(memberships)):
        found.setdefault(membership, {})[first] = code
    return {key: tuple(days.items()) for key, days in found.items()}


def offered(fund, on):
    """{code: name} of the plans that the fund's regulation has on a day."""
    version = rulings.of(fund, on).version
    return {plan.code: plan.name for plan in version.settings.plans} if version else {}


def written(membership):
    """[PlanChoice] of a membership with who wrote each, the latest day first."""
    query = PlanChoice.select(PlanChoice, Account).join(Account).where(PlanChoice.membership == membership)
    return list(query.order_by(PlanChoice.first.desc(), PlanChoice.id.desc()))


def choose(membership, code, *, first, by, at, reason=""):
    """From a day on the member pays by this plan; "" is the fund's first. The same choice twice is one.

    Raises Refusal at `plan` for one that the regulation of that day does not have. Who may, and from when: `membership_acts`.
    """
    if code and code not in offered(membership.fund, first):
        raise Refusal(NO_SUCH_PLAN, field="plan")
    last = PlanChoice.select().where(PlanChoice.membership == membership, PlanChoice.first == first)
    last = last.order_by(PlanChoice.id.desc()).first()
    if last is not None and last.plan == code:
        return last
    told = dict(membership=membership, first=first, plan=code, reason=wording.said(reason), account=by, at=at)
    return PlanChoice.create(**told)
