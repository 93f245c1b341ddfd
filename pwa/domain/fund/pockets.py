"""What a member's own phone keeps of their rights: each fund with the days on which an answer changes. Theirs alone: unlike a kit it
leaves nothing out, since nobody else can open it.
"""

from dataclasses import dataclass
from datetime import date

from db.models import Person
from pwa.domain.fund import member_rights, outlook, prices, versions
from pwa.domain.fund.member_rights import FundRights
from pwa.domain.fund.outlook import Outlook
from pwa.domain.fund.terms import Benefit, Regulation

BY_PIECE = {"per_unit", "percent"}
"""Parts of which the sum of one night or piece is not what somebody gets."""


@dataclass(frozen=True)
class Pocket:
    """One membership. `benefits` are those of the outlook, in the fund's order; without a regulation there are none."""

    held: FundRights
    benefits: list[Benefit]
    outlook: Outlook

    def since(self, code: str) -> date | None:
        """The first day of a right that there is today."""
        return next((one.since for one in self.held.rights if one.benefit.code == code), None)


def of(person: Person, *, on: date) -> list[Pocket]:
    """Each membership of a person, the oldest first."""
    return [_of(one, on) for one in member_rights.of(person, on=on)]


def _of(held: FundRights, on: date) -> Pocket:
    known = versions.effective(held.membership.fund)
    if not known:
        return Pocket(held, [], Outlook((), ()))
    seen = outlook.of(Regulation(known[0].regulation, tuple(known)), held.case, today=on)
    latest = {code: benefit for version in known for code, benefit in version.benefits.items()}
    shown = dict.fromkeys(code for code, *_ in seen.rows)
    return Pocket(held, sorted((latest[code] for code in shown), key=prices.place), seen)


def is_counted(benefit: Benefit) -> bool:
    """Whether an answer's own sum is what to show, and not what one night or piece is paid with."""
    return not BY_PIECE & {part.kind for clause in benefit.clauses for part in clause.parts}
