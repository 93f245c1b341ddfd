"""An unfinished form in custody: nothing is said yet, nobody checks it, and only who began it reads it."""

from pwa.domain import N_
from pwa.domain.kinds.kind import Kind, by_anybody, nowhere

LABELS = {
    "form": N_("Form that was begun"),
    "draft": N_("Number of the draft"),
    "kept_at": N_("Draft last kept"),
    "values": N_("What was filled in"),
    "sealed": N_("What was filled in, sealed"),
}

KIND = Kind(
    name="draft",
    title=N_("Unfinished form"),
    called=N_("Draft, kept for its author"),
    labels=LABELS,
    place=nowhere,
    refusal=by_anybody,
    carried_to="author",
    purpose=N_("To give an unfinished form back to who began it, on any phone"),
    readers=N_("Only who began it; no checker and no officer"),
    retention=N_("Until it is finished; erased on request"),
)
