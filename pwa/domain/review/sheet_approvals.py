"""The approval of a sheet in one act: each receipt that was chosen answers, approved or with the reason why not."""

from db import database
from pwa.domain import N_, Refusal
from pwa.domain.custody import entries
from pwa.domain.fund.sentences import Sentence
from pwa.domain.review import collection_sheets, review

LOOK_FIRST = N_("Look at this one by itself: %(why)s")
NOT_HERE = N_("This receipt does not wait on this sheet any more.")
NONE_CHOSEN = N_("Choose the receipts that you approve.")
ASKED = N_("Its recorder was asked about it and has not answered yet.")


def approve_clean(key, chosen, *, by, at, on):
    """Approve those of the chosen receipts (entry ids) that are clean on the sheet as it is now.

    Returns (approved: [Line or None], refused: [(Line or None, Sentence)]): each chosen one is in one of them. The same twice changes nothing.
    """
    with database.atomic():
        sheet = collection_sheets.of(key, by, at=at, on=on)
        if not chosen:
            raise Refusal(NONE_CHOSEN)
        here = {one.row.entry_id: line for line in sheet.lines for one in line.told}
        approved, refused = [], []
        for entry_id in dict.fromkeys(chosen):
            line = here.get(entry_id)
            answer = _answer(line, sheet, entry_id, by=by, at=at)
            if answer is None:
                approved.append(line)
            else:
                refused.append((line, answer))
    return approved, refused


def _answer(line, sheet, entry_id, *, by, at):
    """None when the receipt is approved, else the sentence why not."""
    if line is None:
        return None if _is_decided(sheet, entry_id) else Sentence(NOT_HERE)
    if line.is_asked or line.objection:
        return Sentence(ASKED if line.is_asked else line.objection)
    if line.flags:
        return Sentence(LOOK_FIRST, {"why": line.flags[0].says})
    try:
        with database.atomic():
            for one in line.told:
                review.approve(one.row, by=by, at=at)
    except Refusal as refusal:
        return Sentence(refusal.message, refusal.values)
    return None


def _is_decided(sheet, entry_id):
    """Whether a receipt of this sheet that this entry tells is approved already."""
    approved = [receipt for receipt in sheet.decided if receipt.stands.state == "approved"]
    return entries.find(entry_id).id in collection_sheets.telling(approved)
