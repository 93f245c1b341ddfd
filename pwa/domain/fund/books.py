"""What the register and the books hold about members, as the rows that coverage and standing ask, each with its source.

Many members cost as many queries as one. Nothing is kept: whoever asks again reads again.
"""

from dataclasses import dataclass, field
from datetime import date

from peewee import JOIN

from db.models import Account, Admission, Fund, Membership, Resolution
from db.statements import Prepared
from pwa.domain import N_, NotFound
from pwa.domain.custody import states
from pwa.domain.fund import coverage, membership_acts, paid, paying, plan_choices, rulings, standing
from pwa.domain.fund.case import Step
from pwa.domain.fund.coverage import Brought, Coverage
from pwa.domain.fund.rulings import Ruling
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.standing import Standing
from pwa.domain.fund.tenure import Term
from pwa.domain.text import thai
from pwa.domain.text.dates import BANGKOK

PASSBOOK = N_("passbook, confirmed by %(name)s on %(day)s")
RESOLVED = N_("resolution %(board)s/%(meeting)s of %(day)s")
APPLIED = N_("application, as the fund counts; %(resolution)s")
RECEIPTS = Sentence(N_("receipts that were approved"))
NOT_STARTED = Sentence(N_("the fund counts from the first payment, and none is recorded here"))
NO_RECEIPTS = Sentence(N_("no passbook was confirmed, and receipts are not recorded here yet"))


@dataclass(frozen=True)
class Book:
    """One member's page. `brought` is None where nobody knows through when they paid."""

    membership: Membership
    terms: tuple[Term, ...]
    joined_source: Sentence
    tenure_source: Sentence
    paid_source: Sentence
    brought: Brought | None = None
    lines: tuple[coverage.Line, ...] = field(default=())
    acts: membership_acts.Acts = membership_acts.NOTHING
    choices: rulings.Choices = ()


def member(fund, number):
    """The standing membership with this number, in whatever digits. Raises NotFound."""
    asked = thai.clean(thai.digits(number))
    here = Membership.select(Membership, Fund).join(Fund).where(Membership.fund == fund, Membership.number == asked)
    found = here.where(states.standing(Membership)).first()
    if found is None:
        raise NotFound
    return found


def _named(memberships):
    query = Membership.select(Membership, Fund, Admission, Account, Resolution).join(Fund)
    query = query.switch(Membership).join(Admission).join(Account)
    query = query.switch(Admission).join(Resolution, JOIN.LEFT_OUTER)
    return query.where(Membership.id.in_(memberships), states.standing(Membership))


_memberships = Prepared(_named)


def of(memberships):
    """{membership id: Book}, with four queries."""
    rows = _memberships.rows(list(memberships))
    ids = [row.id for row in rows]
    lines, acts, choices = paid.lines({row.person for row in rows}), membership_acts.of(ids), plan_choices.of(ids)
    return {
        row.id: _book(
            row,
            tuple(lines.get((row.person, row.fund_id), ())),
            acts=acts.get(row.id, membership_acts.NOTHING),
            choices=choices.get(row.id, ()),
        )
        for row in rows
    }


def covered(book, ruling: Ruling, on: date) -> Coverage | None:
    """What is covered as of a day; None where nobody knows. After coming back only what was paid since they had left counts."""
    begun = [term for term in book.terms if term.joined <= on]
    grants = book.acts.grants()
    if not begun or not (book.brought or book.lines or grants):
        return None
    lines, brought = book.lines, book.brought
    if len(begun) > 1:
        brought, left = None, begun[-2].left
        lines = tuple(line for line in lines if line.counts_on >= left)
    about = dict(lines=lines, grants=grants, brought=brought, cut_over=ruling.cut_over)
    return coverage.cover(due_from=begun[-1].due_from, plans=ruling.plans_of(book.choices), on=on, **about)


def standing_of(book, ruling: Ruling, on: date) -> Standing:
    """How the member stands on a day on which some term of theirs had begun."""
    return _standing(book, ruling, on, covered(book, ruling, on))


def told(book, ruling: Ruling, on: date) -> tuple[Standing | None, tuple[Step, ...] | None]:
    """(`standing_of`, None before any term began; `steps`) of a day, the days that are covered walked once."""
    held = covered(book, ruling, on)
    begun = any(term.joined <= on for term in book.terms)
    return _standing(book, ruling, on, held) if begun else None, _steps(ruling, held)


def _standing(book, ruling, on, held):
    about = dict(plans=ruling.plans_of(book.choices), suspensions=book.acts.suspensions())
    return standing.of(book.terms, rules=ruling.rules, on=on, covered=held, **about)


def steps(book, ruling: Ruling, on: date) -> tuple[Step, ...] | None:
    """How far it was paid from each day on, as of a day, with the cure days after what was paid late; None where nobody knows."""
    return _steps(ruling, covered(book, ruling, on))


def _steps(ruling, held):
    if held is None:
        return None
    payments = [paying.Payment(one.paid_on or date.min, one.first, one.last) for one in held.stretches]
    kept_for, cure = paying.spans(ruling.version.settings) if ruling.version else (None, None)
    return paying.steps(payments, due_from=held.due_from, kept_for=kept_for, cure=cure)


def ruling_of(book, on):
    return rulings.of(book.membership.fund, on)


def _book(row, lines, acts, **more):
    admission = row.admission
    if admission.kind == "existing":
        day = admission.at.astimezone(BANGKOK).date()
        joined = Sentence(PASSBOOK, {"name": admission.account.name, "day": day})
    else:
        sitting = admission.resolution
        about = {"board": sitting.board, "meeting": sitting.meeting, "day": sitting.resolved_on}
        joined = Sentence(RESOLVED, about)
    known = admission.kind == "existing" and row.paid_through is not None
    return Book(
        membership=row,
        terms=acts.terms(Term(row.joined_on, row.tenure_from or _first_paid(lines))),
        joined_source=joined,
        tenure_source=_tenure_source(row, joined),
        paid_source=RECEIPTS if lines else joined if known else NO_RECEIPTS,
        brought=Brought(row.paid_through, str(admission.id)) if known else None,
        lines=lines,
        acts=acts,
        **more,
    )


def _first_paid(lines):
    """Where tenure begins with the first payment: the day of the first line that stands."""
    return min((line.counts_on for line in lines), default=None)


def _tenure_source(row, joined):
    if row.tenure_from is None:
        return NOT_STARTED
    return joined if row.tenure_from == row.joined_on else Sentence(APPLIED, {"resolution": joined})
