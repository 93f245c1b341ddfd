"""What a payee's word may say, and what is half a word."""

from pwa.domain.kinds import forms
from pwa.domain.kinds.payout_receipt import KIND

SIGNED = {"payment": "7b1a5a52-6a0e-4c55-8a1e-0d5f6f3c2a10", "signature": {"blob": "0" * 64, "kind": "paper"}}


def test_somebody_signs_or_it_could_not_be_given():
    said = {name: value for name, value in SIGNED.items() if name != "signature"}
    assert forms.problems("payout_receipt@1", SIGNED) == []
    assert forms.problems("payout_receipt@1", said | {"not_given": "ไม่พบ"}) == []
    wrong = [said, SIGNED | {"not_given": "ไม่พบ"}, said | {"not_given": "ไม่พบ", "received_satang": 100}]
    assert [forms.problems("payout_receipt@1", one)[0][1] for one in wrong] == [KIND.sentences["one_of_two"]] * 3


def test_nobody_decides_about_it_and_the_books_follow_it():
    assert (KIND.checkers, KIND.is_money, "committee" in KIND.recorders) == ((), True, False)
