"""What an entry of each kind does when it is approved, and what it is looked at for before. A kind without a row changes no record.

That somebody decides about a kind stands in `kinds`; that the register is folded from it, in `statements.FOLDED`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from db.models import Unit
from pwa.domain import N_, Refusal
from pwa.domain.register import register
from pwa.domain.review import correcting, glancing, machine_checks


def _nothing(*about):
    return []


def place_must_be_known(one, record, changes):
    """Refuses an entry about a place that nobody here has heard of."""
    if not Unit.select().where(Unit.code == one.opening.place).exists():
        raise Refusal(N_("The place of this entry is not known. Return it."))


@dataclass(frozen=True)
class Effect:
    """`apply` brings the tables of a subject up to date with what was decided, after an approval and after it was undone.

    `checks` are findings (machine_checks.Check) about an entry beside a record; `must_be_possible` refuses an approval that could
    not be carried out; `glance` is what a list shows of an entry (fields of glances.Glance).
    """

    apply: Callable = _nothing
    checks: Callable = _nothing
    must_be_possible: Callable = place_must_be_known
    glance: Callable = dict


EFFECTS = {
    "household": Effect(register.apply, machine_checks.of_visit, place_must_be_known, glancing.at_visit),
    "correction": Effect(
        register.apply, machine_checks.of_correction, correcting.must_be_possible, glancing.at_correction
    ),
}
NONE = Effect(glance=lambda one: {})


def of(kind):
    """The effect of a kind; takes any."""
    return EFFECTS.get(kind, NONE)
