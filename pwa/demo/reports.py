"""What the village's funds report to their network: one a report for each closed month, the other, whose books are not in the app, its
people alone; each signed by two, and all but the last accepted.
"""

from pwa.domain.fund import account_books, closed_days
from pwa.domain.network import keys, receiving, reports, signing
from pwa.domain.text.dates import BANGKOK

MONTHS = 12
OFFICERS = {"F1": ("treasurer", "auditor"), "F2": ("treasurer-2", "auditor-2")}


def send(world):
    """The closed months of the last year, the oldest first; of the fund without books those that nobody waits for any more."""
    fund, today = world.funds["F1"], world.at.astimezone(BANGKOK).date()
    through = closed_days.signed_through(fund)
    months = [month for month in account_books.months(fund, today) if through and month <= through][:MONTHS]
    periods = [f"{month:%Y-%m}" for month in reversed(months)]
    tell(world, fund, periods, today, keeps=1)
    tell(world, world.funds["F2"], [one for one in periods if world.at >= signing.waited_until(one)], today)


def tell(world, fund, periods, today, keeps=0):
    """Sign the months of a fund and take them in; the last `keeps` of them wait for the network."""
    at, (by, agreed) = world.at, (world.accounts[handle] for handle in OFFICERS[fund.code])
    keys.new(fund.code, last=None, at=at)
    for period in periods:
        draft = reports.make(fund, period, at=at, today=today)
        signed = signing.sign(draft.file, by=by, agreed=agreed, at=at, how="page")
        received, _ = receiving.take(signed.file, at=at)
        if period not in periods[len(periods) - keeps :]:
            receiving.accept(received, account=world.accounts["network"], how="page", at=at)
