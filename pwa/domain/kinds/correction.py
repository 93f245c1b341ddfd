"""What a member says is wrong in their own household's record, and what it should say instead."""

from typing import Any

from pwa.domain import N_
from pwa.domain.kinds import leaves
from pwa.domain.kinds.kind import Kind, about_the_own_house, where_the_own_house_stands
from pwa.domain.people import roles

LABELS = {
    "path": N_("The value that is not right"),
    "person": N_("Person it concerns"),
    "shown": N_("Value as seen"),
    "statement": N_("What it should say instead"),
    "proposed": N_("Value it should be"),
}


def _tells_health(payload: dict[str, Any]) -> bool:
    """Whether the value that it names is one of health."""
    return ".health." in f"{payload.get('path', '')}."


KIND = Kind(
    name="correction",
    title=N_("says it is wrong"),
    called=N_("Correction"),
    page="/corrections",
    icon="comment",
    labels=LABELS,
    checkers=roles.may("check"),
    place=where_the_own_house_stands,
    refusal=about_the_own_house,
    carried_to="author",
    has_base=True,
    stays_with_house=True,
    letters=leaves.unkept,
    tells_health=_tells_health,
    names_paths_of_the_record=True,
    purpose=N_("To correct what a member says is wrong"),
)
