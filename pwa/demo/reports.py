"""What the village's fund reports to its network: a report for each closed month, signed by two; the network has accepted all but the last."""

from pwa.domain.fund import account_books, closed_days
from pwa.domain.network import keys, receiving, reports, signing
from pwa.domain.text.dates import BANGKOK

MONTHS = 12


def send(world):
    """The closed months of the last year, the oldest first."""
    fund, at = world.funds["F1"], world.at
    today = at.astimezone(BANGKOK).date()
    through = closed_days.signed_through(fund)
    months = [month for month in account_books.months(fund, today) if through and month <= through][:MONTHS]
    keys.new(fund.code, last=None, at=at)
    by, agreed = world.accounts["treasurer"], world.accounts["auditor"]
    for month in reversed(months):
        draft = reports.make(fund, f"{month:%Y-%m}", at=at, today=today)
        signed = signing.sign(draft.file, by=by, agreed=agreed, at=at, how="page")
        received, _ = receiving.take(signed.file, at=at)
        if month != months[0]:
            receiving.accept(received, account=world.accounts["network"], how="page", at=at)
