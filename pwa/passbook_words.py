"""A member's passbook in words, for its page and for the member's own phone, which only shows what is said here."""

from pwa.i18n import gettext, thai_date, thai_month
from pwa.values import field_value


def init_app(app):
    for function in (covered_months, until_when):
        app.jinja_env.filters[function.__name__] = function


def covered_months(page):
    """What the strip of months shows, for who does not see it."""
    paid = sum(month.state == "paid" for month in page.months)
    ends = {"first": thai_month(page.months[0].first), "last": thai_month(page.months[-1].first)}
    return gettext(
        "%(paid)s of %(all)s months are covered, %(first)s to %(last)s", paid=paid, all=len(page.months), **ends
    )


def until_when(line, state):
    """Through when a receipt says that it reaches, as a condition until it is in the books; nothing where it does not count."""
    day = thai_date(line.covers_to)
    if state == "approved":
        return gettext("the receipt says through %(day)s", day=day)
    return gettext("if it passes, through %(day)s", day=day) if state == "waiting" else ""


def told(page):
    """One fund of a passbook -> what JSON can hold; `satang` of each payment, and of what is behind."""
    stands = page.stands
    return {
        "fund": page.fund.name,
        "paid_through": stands.paid_through.isoformat() if stands and stands.paid_through else None,
        "behind": stands.arrears_satang if stands else 0,
        "months": [month.state for month in page.months],
        "covered": covered_months(page) if page.months else "",
        "span": [thai_month(page.months[at].first) for at in (0, -1)] if page.months else [],
        "lines": [_payment(receipt, line, state) for receipt, line, state in page.lines],
    }


def _payment(receipt, line, state):
    return {
        "on": receipt.paid_on.isoformat(),
        "receipt": f"{receipt.book}/{receipt.no}",
        "kind": field_value(line.kind, "lines.*.kind", "contribution"),
        "satang": line.amount_satang,
        "until": until_when(line, state) if line.covers_to else "",
        "state": state,
    }
