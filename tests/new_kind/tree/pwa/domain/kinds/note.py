"""A sentence about a house, for whoever checks."""

from pwa.domain import N_
from pwa.domain.kinds import leaves
from pwa.domain.kinds.kind import Kind, as_named, on_the_round

LABELS = {
    "text": N_("Text"),
    "told_by": N_("Told by"),
    "told_by_name": N_("Name of who told it"),
    "goers": N_("Who shall go"),
    "goers.*": N_("Somebody who shall go"),
    "goers.*.name": N_("Name of who shall go"),
    "goers.*.leads": N_("Leads"),
    "goers.*.share": N_("Part of the work (%)"),
    "begins": N_("Who begins"),
}
CHOICES = {"told_by": {"household": N_("The household"), "neighbour": N_("A neighbour")}}

KIND = Kind(
    name="note",
    title=N_("A note"),
    page="/notes/new",
    labels=LABELS,
    choices=CHOICES,
    lists=("goers",),
    recorders=("volunteer",),
    checkers=("zone_leader",),
    place=as_named,
    refusal=on_the_round,
    letters=leaves.hidden,
    sentences={"told_by": N_("Say who told it.")},
    purpose=N_("To ask about it at the next visit"),
)
