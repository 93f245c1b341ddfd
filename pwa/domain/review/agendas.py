"""The agenda of a fund's committee, made from what waits: claims to decide, those typed that a second one confirms, and the money there is."""

from dataclasses import dataclass

from db import database
from db.models import Claim, Fund
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import claim_cases, claim_lists, claim_payments, claim_people, claims, pots, versions
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.review import claim_decisions

TYPISTS = roles.may("propose-claims")


@dataclass(frozen=True)
class Item:
    """A claim on the agenda. `satang` is what the rules give, None where a meeting must look; `objection` why this account may not act."""

    row: claim_lists.Row
    satang: int | None
    objection: str | None

    @property
    def claim(self):
        return self.row.claim

    @property
    def typed(self):
        """The resolution that waits for a second one (ClaimAct)."""
        return self.row.standing.last("propose")

    @property
    def is_plain(self):
        """Whether it may be typed with others in one go: the rules give a sum, and nothing stands in this account's way."""
        return bool(self.satang) and self.objection is None


@dataclass(frozen=True)
class Agenda:
    """`pots` are [(name, satang)] of what the fund has, `promised` what was granted and waits to be paid."""

    fund: Fund
    to_decide: list[Item]
    to_confirm: list[Item]
    pots: list[tuple[str, int]]
    promised: int


def funds(account):
    """[Fund] for whose committee this account types or confirms, by name."""
    return list(Fund.select().where(Fund.unit.in_(units.within(account, *TYPISTS))).order_by(Fund.name))


def fund(code, *, seen_by):
    """One of them. Raises NotFound."""
    found = next((one for one in funds(seen_by) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def of(fund, account, *, device=None):
    """The agenda of a fund as this account sees it on this phone: by the day of the event, then as it came."""
    decide, confirm = (
        claim_lists.rows(Claim.fund == fund, claim_lists.stands((state,))) for state in ("certified", "proposed")
    )
    return Agenda(
        fund=fund,
        to_decide=[
            Item(row, _by_rules(row), claim_people.objection(account, row.standing, "propose")) for row in decide
        ],
        to_confirm=[_typed(row, account, device) for row in confirm],
        pots=_pots(fund),
        promised=claim_payments.promised(fund),
    )


def propose(fund, chosen, *, by, at, **sitting):
    """Type one resolution for several claims (ids): each gets what the rules give. All of them, or none."""
    with database.atomic():
        for claim in _chosen(fund, chosen):
            claim_decisions.propose(claim, accepted=True, by=by, at=at, **sitting)


def confirm(fund, chosen, *, by, at, device):
    """Confirm several that were typed, each as it was read: "id:n". All of them, or none."""
    read = dict(one.partition(":")[::2] for one in chosen)
    with database.atomic():
        for claim in _chosen(fund, list(read)):
            seen = read[str(claim.id)]
            claim_decisions.confirm(
                claim, agrees=True, seen=int(seen) if seen.isdecimal() else 0, by=by, at=at, device=device
            )


def _pots(fund):
    names = pots.names(versions.effective(fund))
    return [(names.get(pot, ""), satang) for pot, satang in claim_payments.pots_of(fund).items()]


def _typed(row, account, device):
    typed = row.standing.last("propose")
    return Item(row, typed.amount_satang, claim_people.objection(account, row.standing, "grant", device=device))


def _by_rules(row):
    try:
        payload, filed_on, _ = claims.told(row.claim)
    except NotFound:
        return None
    answer = claim_cases.proposal(payload, filed_on=filed_on).answer
    return answer.amount_satang if answer and answer.outcome == "entitled" else None


def _chosen(fund, ids):
    """[Claim] of the fund by the order of the agenda. Refuses none, or one that is not there."""
    found = [one for one in Claim.select(Claim, Fund).join(Fund).where(Claim.fund == fund) if str(one.id) in ids]
    if not ids:
        raise Refusal(N_("Choose at least one claim."), field="claim")
    if len(found) != len(set(ids)):
        raise NotFound
    return sorted(found, key=lambda one: (one.event_on, one.at, str(one.id)))
