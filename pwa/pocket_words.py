"""A member's rights in words for their own phone: every sentence is made here in the reader's language, the phone only picks by date."""

from pwa import fund_words
from pwa.domain.fund import outlook, pockets, prices


def told(pocket):
    """One membership -> what JSON can hold. A row is [benefit, first day, satang, number of its sentence], as in the outlook."""
    held, stands = pocket.held, pocket.held.stands
    return {
        "fund": held.membership.fund.name,
        "number": held.membership.number,
        "standing": fund_words.standing_name(stands.standing) if stands else None,
        "paid_through": _day(stands.paid_through if stands else None),
        "benefits": [_benefit(pocket, one) for one in pocket.benefits],
        "rows": pocket.outlook.rows,
        "sentences": [
            {"state": outlook.STATES[one.msgid], "says": fund_words.said(one)} for one in pocket.outlook.sentences
        ],
    }


def _benefit(pocket, benefit):
    return {
        "code": benefit.code,
        "title": fund_words.benefit_title(benefit),
        "icon": fund_words.benefit_icon(benefit.category),
        "prices": [fund_words.said(price) for price in prices.of(benefit)],
        "counted": pockets.is_counted(benefit),
        "since": _day(pocket.since(benefit.code)),
    }


def _day(on):
    return on and on.isoformat()
