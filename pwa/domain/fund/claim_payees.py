"""Who may be given the money of a payment: nobody who died, no minor alone; and what of it stays in the fund as arrears paid.

A payee who cannot be paid goes to a meeting, which names who is paid for them (claim_reviews, `redirect`).
"""

from datetime import date

from db.models import Person
from pwa.domain import N_, Refusal
from pwa.domain.fund import books, deaths, due_claims, ledger, rulings, settling
from pwa.domain.fund.membership import complete
from pwa.domain.fund.sentences import Span
from pwa.domain.text import dates

OF_AGE = Span(20, "year")
"""Whoever is younger receives no money alone (ป.พ.พ. มาตรา 19)."""
DEAD = N_("%(name)s has died and is paid nothing. A meeting names who is paid instead.")
MINOR = N_("%(name)s is under 20 years old. A meeting names who takes the money for them.")


def trouble(to, *, on):
    """The sentence why this payee (of a decision) is not paid on a day, or None."""
    person = Person.get_or_none(Person.id == to["person"]) if to.get("person") else None
    if person is None:
        return None
    if deaths.among([person.id]):
        return DEAD
    born = dates.day(person.birth_date or "")
    return MINOR if born and complete(born, OF_AGE) > on else None


def must_be_payable(payment, *, on):
    """Refuses to pay who has died or is no adult."""
    found = trouble_of(payment, on=on)
    if found:
        raise Refusal(found, name=payment.to["name"])


def trouble_of(payment, *, on):
    """The same of a payment; what falls due by the calendar is paid to nobody instead of who died."""
    found = trouble(payment.to, on=on)
    return due_claims.DEAD if found == DEAD and due_claims.line_of(payment.claim) else found


def arrears(known, satang):
    """How much of a sum stays in the fund as arrears: what was owed on the day of the event, where the benefit says so."""
    if not (known.benefit and known.benefit.deducts_arrears and known.membership):
        return 0
    page = books.of([known.membership.id])[known.membership.id]
    day: date = known.event_on
    return min(books.standing_of(page, rulings.of(known.fund, day), day).arrears_satang, satang)


def kept_back(payment, cost):
    """[Line] that turn what leaves the fund into the whole benefit: arrears are paid out of it, as contributions by the pots of the day."""
    satang = payment.to.get("deducted", 0)
    if not satang:
        return []
    fund = payment.claim.fund
    version = rulings.of(fund, payment.claim.event_on).version
    return [ledger.Line(cost.account, satang, cost.pot), *settling.income(fund, "4010", satang, version)]
