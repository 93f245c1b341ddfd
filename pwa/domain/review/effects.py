"""What an entry of each kind does when it is approved, and what it is looked at for before. A kind without a row changes no record.

That somebody decides about a kind stands in `kinds`; that the register is folded from it, in `three_way_merge.FOLDED`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from db.models import Unit
from pwa.domain import N_, Refusal
from pwa.domain.register import register
from pwa.domain.review import claiming, correcting, glancing, machine_checks, money


def _nothing(*about, **decided):
    return []


def _fold(one, **decided):
    register.apply(one.opening.subject)


def place_must_be_known(one, record, changes):
    """Refuses an entry about a place that nobody here has heard of."""
    if not Unit.select().where(Unit.code == one.opening.place).exists():
        raise Refusal(N_("The place of this entry is not known. Return it."))


@dataclass(frozen=True)
class Effect:
    """`apply(one, by=, at=, never_received=)` brings what stands on an entry up to date with what was decided about it, after an
    approval, a rejection, and after either was undone.

    `checks` are findings (machine_checks.Check) about an entry beside a record; `must_be_possible` refuses an approval that could
    not be carried out; `glance` is what a list shows of an entry (fields of glances.Glance).
    """

    apply: Callable = _nothing
    checks: Callable = _nothing
    must_be_possible: Callable = place_must_be_known
    glance: Callable = lambda one: {}
    objection: Callable = lambda one, by: None
    """The sentence why this account may not decide, beside what holds for every entry (deciders); None when it may."""
    beside: Callable = lambda one: None
    """What its sheet shows beside what it says, for the kind's own template."""


EFFECTS = {
    "household": Effect(_fold, machine_checks.of_visit, place_must_be_known, glancing.at_visit),
    "correction": Effect(_fold, machine_checks.of_correction, correcting.must_be_possible, glancing.at_correction),
    "contribution": Effect(money.apply, must_be_possible=money.must_count, objection=money.objection),
    "receipt_void": Effect(
        money.apply_void, must_be_possible=money.must_be_possible_to_void, objection=money.objection_to_void
    ),
    "claim": Effect(
        claiming.apply, claiming.checks, claiming.must_be_possible, claiming.glance, beside=claiming.beside
    ),
}
NONE = Effect()


def of(kind):
    """The effect of a kind; takes any."""
    return EFFECTS.get(kind, NONE)
