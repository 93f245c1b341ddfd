"""What a fund's books begin with, on one page that says what is missing until both sides meet."""

from datetime import date

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import account_books, banks, chart, openings, pots, rulings, undoings
from pwa.domain.people import roles
from pwa.domain.text import money
from pwa.domain.text.dates import SENTENCES, from_buddhist
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("openings", __name__, url_prefix="/ledger/opening")
KEEPERS = roles.may("keep-books")
HANDS = 3
"""So many lines for hands."""


@bp.get("")
@requires(*KEEPERS)
def show():
    return shown(account_books.kept_for(current_account(), request.args.get("fund", "")), {})


@bp.post("")
@requires(*KEEPERS)
@without_key
def write():
    """Adds up what was typed, and books it when its difference was seen; whatever was typed stays on the page."""
    fund = account_books.kept_for(current_account(), request.form.get("fund", ""))
    wrong = {}
    typed = read(fund, wrong)
    if wrong or "book" not in request.form:
        return shown(fund, wrong, typed), 422 if wrong else 200
    seen = request.form.get("remainder", type=int)
    openings.book(fund, typed, remainder=seen, by=current_account(), at=now(), on=today())
    return done(url_for("ledger.index", fund=fund.code))


@bp.post("/undoing")
@requires(*KEEPERS)
@without_key
def undo():
    """Ask the auditor to have the opening undone, to type it anew."""
    fund = account_books.kept_for(current_account(), request.args.get("fund", ""))
    standing = openings.opened(fund)
    if standing is None:
        raise NotFound
    undoings.ask(standing, request.form.get("reason", ""), by=current_account(), at=now())
    return done(url_for("openings.show", fund=fund.code))


def shown(fund, wrong, typed=None):
    version = rulings.of(fund, today()).version
    about = dict(
        day=openings.cut_over(fund, today()) or today(),
        names=names(),
        banks=[one.name for one in banks.of(fund)],
        hands=HANDS,
        wrong=wrong,
    )
    named = version.pots if version else {pots.WHOLE: _(pots.WHOLE_NAME)}
    opened = openings.opened(fund)
    about |= dict(undoing=opened and undoings.state(opened), may_ask=True)
    return render("openings/show.html", fund=fund, opened=opened, typed=typed, pots=named, **about)


def names():
    """[(title, [(code, name)])] of the sums since founding."""
    benefits = [(code, _("Benefits, category %(n)s", n=n)) for code, n in chart.BENEFITS.items()]
    return [
        (_("What came in since founding"), named(openings.INCOMES)),
        (_("What was paid as benefits since founding"), benefits),
        (_("What was spent since founding"), named(openings.EXPENSES)),
    ]


def named(codes):
    return [(code, _(chart.heading(code).name)) for code in codes]


def read(fund, wrong):
    """What the form says; `wrong` gets {field: sentence} of whatever is no sum or no day."""
    version = rulings.of(fund, today()).version
    named = version.pots if version else (pots.WHOLE,)
    return openings.Typed(
        day(wrong),
        banks=pairs("bank", len(banks.of(fund)), wrong),
        hands=pairs("hand", HANDS, wrong),
        sums=sums("sum", openings.CODES, wrong),
        pots=sums("pot", named, wrong),
    )


def sums(prefix, keys, wrong):
    found = {key: satang(f"{prefix}.{key}", wrong) for key in keys}
    return {key: one for key, one in found.items() if one}


def pairs(prefix, count, wrong):
    """{name: satang} of numbered lines with a name and a sum."""
    found = {}
    for n in range(count):
        name, one = request.form.get(f"{prefix}.{n}.name", "").strip(), satang(f"{prefix}.{n}", wrong)
        if one and not name:
            wrong[f"{prefix}.{n}"] = _("Write whose or where this is.")
        elif one:
            found[name] = found.get(name, 0) + one
    return found


def satang(name, wrong):
    """The sum of a field in satang, None where it is empty."""
    said = request.form.get(name, "")
    if not said.strip():
        return None
    reading = money.read(said)
    if reading.problem:
        message = money.SENTENCES[reading.problem]
        wrong[name] = _(message)
    return reading.satang


def day(wrong):
    reading = from_buddhist(*(request.form.get(f"on:{part}", "") for part in ("day", "month", "year")), today=today())
    if not reading.iso or len(reading.iso) < 10:
        message = reading.message or SENTENCES["unreadable"]
        wrong["on"] = _(message, **reading.values)
        return today()
    return date.fromisoformat(reading.iso)
