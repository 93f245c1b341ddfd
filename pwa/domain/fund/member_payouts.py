"""Money that was paid to somebody, which they say themselves has come: with their own passkey, on their own phone.

Only who is surely the owner of an access says so: whoever opened it for them may hold it, and may be the one who paid.
"""

from db.models import Claim, Person
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import payouts, unsigned

NOT_SURE = N_(
    "Somebody else opened this access for you, and no second officer has asked you about it yet. Sign on paper."
)
MORE = N_("The voucher says less. Nobody signs for more than was paid.")


def of(person):
    """[Payment] to a person that nobody signed for: by their own right, or by that of somebody of their house."""
    house = Person.select(Person.id).where(Person.household == person.household_id)
    return [one for one in unsigned.among(Claim.person.in_(house)) if one.to.get("person") == str(person.id)]


def confirm(person, payment, *, satang, is_sure, by, at):
    """Say how much came of a payment to oneself; None: all of it. Raises NotFound, or Refusal at the field."""
    if not is_sure:
        raise Refusal(NOT_SURE)
    paid = payouts.named(payment)
    mine = next((one for one in of(person) if paid and one.voucher.id == paid.voucher_id), None)
    if mine is None:
        if paid is None or paid.voucher_id not in _said_by(by, paid):
            raise NotFound
        return
    if satang is not None and satang > mine.voucher.amount_satang:
        raise Refusal(MORE, field="amount")
    payouts.confirm(paid, satang=mine.voucher.amount_satang if satang is None else satang, by=by, at=at)


def _said_by(account, paid):
    """The vouchers of those named that this account said so of before: the same once more changes nothing."""
    words = payouts.words_of([paid.voucher])
    return {one for one, said in words.items() if any(word.account_id == account.id for word in said)}
