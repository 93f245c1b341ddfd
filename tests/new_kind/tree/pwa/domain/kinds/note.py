"""A sentence about a house, for whoever checks."""

from pwa.domain import N_
from pwa.domain.kinds import leaves
from pwa.domain.kinds.kind import Kind, as_named, on_the_round

KIND = Kind(
    name="note",
    title=N_("A note"),
    labels={"text": N_("Text")},
    recorders=("volunteer",),
    checkers=("zone_leader",),
    place=as_named,
    refusal=on_the_round,
    letters=leaves.hidden,
    purpose=N_("To ask about it at the next visit"),
)
