"""The money of claims counted once more from who was given what, in plain lists that share no code with claims and books."""

from collections import Counter

from db.models import Booking, ClaimAct, ClaimEntry, Entry, PayoutReceipt, Unbooked, Voucher
from pwa.domain.custody import entries
from pwa.domain.fund import bookings, reopenings
from pwa.domain.operations import promises
from tests.collecting import balances
from tests.faults.claimants import event_of
from tests.faults.counted import said


def settle(day):
    """What was given stands in the books once, with its ground and its paper; nothing is left to be booked a second time."""
    wrote = bookings.catch_up(at=day.world.at, again=True) or day.restored
    one_event_is_one_claim(day)
    books_are_what_was_given(day)
    each_payment_has_one_ground_and_one_paper(day)
    each_word_is_kept_once(day)
    stands = balances()
    assert bookings.catch_up(at=day.world.at, again=True) == 0, "nothing is booked twice"
    assert balances() == stands
    assert not (broken := promises.check() if wrote else []), broken


def paid_by_the_books(day):
    """{number of a voucher: from where} of what the books say that payees have, by what was written since the last restore."""
    found = {}
    for what, n, place in day.world.vouchers:
        if what == "pay":
            found[n] = place
        else:
            found.pop(n)
    return found


def one_event_is_one_claim(day):
    found = {}
    for row in ClaimEntry.select(ClaimEntry, Entry).join(Entry):
        known = said(day.world, row.entry)
        if known is not None:
            found.setdefault(event_of(known.payload), set()).add(row.claim_id)
    assert all(len(claims) == 1 for claims in found.values()), found


def books_are_what_was_given(day):
    """Each hand and the bank hold what was not given; a benefit is spent once for each payee who has it."""
    if reopenings.is_shut(day.fund):
        return
    stands = balances()
    places = {place: stands.get(place, 0) for place in day.purse}
    assert places == {place: satang + day.astray[place] for place, satang in day.purse.items()}, (places, day.purse)
    spent = sum(satang for code, satang in stands.items() if code.startswith("50"))
    assert spent + sum(places.values()) == day.all, "nothing leaves the fund but for a payee"
    if not day.astray:
        assert spent == sum(paper.satang for paper in day.given.values())
        assert set(paid_by_the_books(day)) == {paper.n for paper in day.given.values()}


def each_payment_has_one_ground_and_one_paper(day):
    acts = list(ClaimAct.select().order_by(ClaimAct.claim, ClaimAct.n))
    paid = [one for one in acts if one.kind == "pay"]
    papers = Counter(one.voucher_id for one in paid)
    assert set(papers.values()) <= {1}, "a paper pays once"
    benefits = {row.id for row in Voucher.select().where(Voucher.kind == "expense")}
    assert benefits == set(papers), "each paper of a benefit has its claim, and each payment its paper"
    for one in paid:
        before = [each for each in acts if each.claim_id == one.claim_id and each.n < one.n]
        ground = next(each for each in reversed(before) if each.kind in ("grant", "refuse", "reopen", "withdraw"))
        assert ground.kind == "grant" and ground.resolution_id, "paid on a resolution that stands"


def each_word_is_kept_once(day):
    """Of what payees said each is kept once, as it was said; what waits names a payment that is not here, or came back."""
    words = list(PayoutReceipt.select(PayoutReceipt, Entry, Voucher).join(Entry).switch(PayoutReceipt).join(Voucher))
    assert len({one.entry_id for one in words}) == len(words)
    booked = {row.entry_id for row in Booking.select()}
    for one in words:
        told = said(day.world, one.entry).payload
        satang = told.get("received_satang", one.voucher.amount_satang) if "signature" in told else 0
        assert (str(one.voucher.command_id), one.amount_satang) == (told["payment"], satang)
        assert one.entry_id in booked
    here = {str(row.command_id): row.n for row in Voucher.select()}
    stands = paid_by_the_books(day)
    for row in Unbooked.select(Unbooked, Entry).join(Entry).where(Entry.outcome == "received"):
        known = said(day.world, row.entry)
        if known is not None and known.kind == "payout_receipt" and entries.line(row.entry):
            n = here.get(known.payload["payment"])
            wanted = {"unknown_payment": n is None, "came_back": n is not None and n not in stands}
            assert wanted.get(row.reason), (row.reason, n)
