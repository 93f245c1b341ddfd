"""The month's sheet, who came and left, and who is behind, in the reader's words."""

from datetime import timedelta

from flask import url_for

from pwa.domain.fund import chart, figure_lists, member_moves
from pwa.i18n import gettext as _
from pwa.report_tables import Section, day, figure, money, people, words

DAY = timedelta(days=1)
NOW = figure_lists.NOW


def sheet(fund, period, found):
    """The sections of the month's sheet, in the order of the meeting."""
    return [
        members(fund, period, found.members),
        flow(fund, period, found.money),
        places(fund, period, found.money),
        behind_in_short(fund, period, found),
        benefits(fund, period, found.benefits),
    ]


def brief(fund, period, count, one, *, has_money):
    """The sections of a home page."""
    return [members(fund, period, count), *([flow(fund, period, one)] if has_money else [])]


def members(fund, period, count):
    here = dict(fund=fund.code, period=period.key)
    rows = [
        [words(_("Brought forward")), people(count.before, url_for("ledger_reports.members", kind="before", **here))]
    ]
    for kind, many in count.changes.items():
        if many or kind in ("joined", "deceased", "resigned", "lapsed"):
            at = url_for("ledger_reports.members", kind=kind, **here)
            rows.append([words(_(member_moves.KINDS[kind])), people(many, at)])
    total = [words(_("Members now")), people(count.after, url_for("ledger_reports.members", kind="after", **here))]
    note = _("By the day on which it was decided or written down; the true day stands in each list.")
    return Section(_("Members"), [_("What"), _("Persons")], rows, total, note)


def flow(fund, period, one):
    def at(word):
        return figure(fund, word, period.first, period.to, NOW)

    before = figure(fund, "money", None, period.first - DAY)
    rows = [
        [words(_("Brought forward")), money(one.before, before)],
        [words(_("Contributions of members")), money(one.contributed, at("4010"))],
        [words(_("Other income")), money(one.other, at("other-income"))],
        [words(_("Less benefits paid")), money(one.benefits, at("benefits"))],
        [words(_("Less expenses")), money(one.expenses, at("expenses"))],
    ]
    rows += [[words(_("From the old books")), money(one.old)]] if one.old else []
    if one.unsettled:
        at_all = figure(fund, "unsettled", period.first, period.to)
        rows.append(
            [
                words(_("Not settled yet: receipts to be checked, money to be given back, what is short")),
                money(one.unsettled, at_all),
            ]
        )
    total = [words(_("There at the end (baht)")), money(one.after, figure(fund, "money", None, period.to))]
    return Section(_("Money in and out"), [_("What"), _("Baht")], rows, total)


def places(fund, period, one):
    rows = [
        [words(_("Cash in hands")), money(one.cash, figure(fund, "1000", None, period.to))],
        [words(_("In the bank by the books")), money(one.bank, figure(fund, "1100", None, period.to))],
        [words(_("On the way to the bank")), money(one.on_the_way, figure(fund, "1150", None, period.to))],
    ]
    total = [words(_("Together (baht)")), money(one.after, figure(fund, "money", None, period.to))]
    return Section(_("Where it is"), [_("Kept where"), _("Baht")], rows, total)


def benefits(fund, period, report):
    rows = []
    for one in report.rows:
        if one.satang or one.people:
            at = url_for("ledger_reports.recipients", category=one.category, fund=fund.code, period=period.key)
            name = f"{one.category}. {_(chart.CATEGORIES[one.category])}"
            sums = money(one.satang, figure(fund, one.code, period.first, period.to, NOW))
            rows.append([words(name, at), people(one.people, at), sums])
    at = figure(fund, "benefits", period.first, period.to, NOW)
    total = [words(_("Together")), people(report.people), money(report.satang, at)]
    return Section(_("Benefits by category"), [_("Category"), _("Persons"), _("Baht")], rows, total if rows else [])


def behind_in_short(fund, period, found):
    at = url_for("ledger_reports.behind", fund=fund.code, period=period.key)
    rows = [
        [words(_("Members behind")), people(len(found.behind), at)],
        [words(_("They owe (baht)")), money(found.owed, at)],
    ]
    return Section(_("Behind with paying"), [_("What"), _("Persons or baht")], rows)


def moves(found, named, title):
    """Who a figure of members is: number, name, when it was decided and from when it holds."""
    rows = []
    for one in found:
        at = url_for("members.show", person_id=one.person)
        name = named.get(one.person) or _("no longer in the register")
        rows.append(
            [words(name, at if one.person in named else ""), words(one.number), day(one.decided_on), day(one.true_on)]
        )
    total = [words(_("Together")), people(sum(one.change for one in found) if found else 0), words(""), words("")]
    return [Section(title, [_("Member"), _("Member number"), _("Decided on"), _("Holds from")], rows, total)]


def behind(found):
    rows = []
    for one in found:
        at = url_for("members.show", person_id=one.membership.person)
        name = f"{one.person.title or ''}{one.person.first_name} {one.person.last_name}".strip()
        rows.append([words(name, at), words(one.membership.number), day(one.paid_through), money(one.satang)])
    total = [words(_("Together")), people(len(found)), words(""), money(sum(one.satang for one in found))]
    return [
        Section(_("Behind with paying"), [_("Member"), _("Member number"), _("Paid through"), _("Owes")], rows, total)
    ]
