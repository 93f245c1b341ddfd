"""Where a fund has several plans, the phone asks of each member what theirs says, also without a signal."""

import json
from datetime import date

from db.models import Fund, Membership
from pwa import web
from pwa.domain.fund import documents, plan_choices, versions
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from tests.browser.collecting import known, opened, own, sent_to_collect, tap
from tests.browser.stories import no_signal, office

SINCE = date(2026, 10, 1)


def test_who_chose_another_plan_is_asked_for_theirs(village, phones):
    """The fund's first plan is 1 baht a day; these members pay 360 baht a year."""
    with office(village):
        fund, at, by = Fund.get(Fund.code == "F1"), web.system_clock(), accounts.named("registrar")
        told = json.loads((documents.FOLDER / "example-all-shapes.json").read_bytes()) | {"version": 3}
        told.pop("cut_over_on")
        sitting = resolutions.sitting("3", "9/2569", date(2026, 9, 1), at=at)
        about = dict(sitting=sitting, replaces=2, starts_on=SINCE, at=at, drafted_by=by)
        versions.enforce(fund, json.dumps(told).encode(), by=accounts.named("committee"), **about)
        for one in Membership.select().where(Membership.fund == fund):
            plan_choices.choose(one, "yearly", first=SINCE, by=by, at=at)
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        tap(known(opened(volunteer)))
        lines = own(volunteer)[0]["payload"]["lines"]
        assert lines and [line["amount_satang"] for line in lines] == [36000] * len(lines)
