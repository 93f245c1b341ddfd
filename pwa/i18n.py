"""How numbers, money, dates and languages look to a person. Thai first; Buddhist-era years in Thai, Gregorian in English."""

from datetime import datetime
from functools import wraps
from pathlib import Path

from flask import request
from flask_babel import Babel, get_domain, get_locale
from jinja2 import pass_context

from pwa.domain import N_

LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGES = {"th": "ไทย", "en": "English"}
COOKIE = "ombun_language"
BE = 543
KEPT = "\N{NO-BREAK SPACE}"
"""Between the parts of a date or a time: Thai breaks a line anywhere else."""
MONTHS = {
    "th": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
LONG_MONTHS = {
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(),
    "en": "January February March April May June July August September October November December".split(),
}
ROLE_NAMES = {
    "member": N_("Member"),
    "volunteer": N_("Volunteer"),
    "zone_leader": N_("Zone leader"),
    "registrar": N_("Registrar"),
    "treasurer": N_("Treasurer"),
    "committee": N_("Committee member"),
    "auditor": N_("Auditor"),
    "network": N_("Network"),
    "province": N_("Provincial data centre"),
    "admin": N_("Administrator"),
}
LEADS = {"chair": N_("leads the meeting"), "minutes": N_("writes the minutes")}
"""What somebody is at one sitting alone."""


def in_their_language(function):
    """A filter that is asked at each page: that of a constant would be worked out once, in the language of whoever asked first."""

    @pass_context
    @wraps(function)
    def told(_context, *given, **more):
        return function(*given, **more)

    return told


def init_app(app):
    app.config.update(BABEL_DEFAULT_LOCALE="th", BABEL_TRANSLATION_DIRECTORIES=str(LOCALES))
    Babel(app, locale_selector=language)
    for function in (
        thai_date,
        thai_time,
        thai_datetime,
        thai_month,
        thai_month_short,
        in_words,
        partial_date,
        waiting,
        ago,
        duration,
        baht,
        id_tail,
        role_name,
        office_name,
    ):
        app.jinja_env.filters[function.__name__] = in_their_language(function)
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext, N_=N_, language=language, LANGUAGES=LANGUAGES)


def language():
    """`th` unless the reader chose English; a worker says for whom it keeps a page that is everybody's."""
    from pwa.access import current_account

    chosen = (
        request.headers.get("Ombun-Language")
        or request.cookies.get(COOKIE)
        or getattr(current_account(), "language", None)
    )
    return chosen if chosen in LANGUAGES else "th"


def gettext(msgid, **values):
    """A sentence in the reader's language."""
    said = _catalogue().ugettext(msgid)
    return said % values if values else said


def ngettext(one, many, num, **values):
    """The same where a number decides which of two sentences it is; `num` is among its values."""
    return _catalogue().ungettext(one, many, num) % {"num": num, **values}


def _catalogue():
    """That of the language. A page says two hundred sentences, and flask_babel looks for it anew each time, 20 µs long."""
    locale = get_locale()
    name = locale and locale.language
    if name not in _catalogues:
        _catalogues[name] = get_domain().get_translations()
    return _catalogues[name]


_catalogues = {}


def thai_date(value, long=False):
    """22 พ.ย. 2569 on one line, long: 22 พฤศจิกายน 2569. Takes a date or an aware instant (in Thai time); "" for None."""
    if value is None:
        return ""
    value = _local(value)
    months = (LONG_MONTHS if long else MONTHS)[_language()]
    return KEPT.join((str(value.day), months[value.month - 1], str(_year(value.year))))


def thai_time(value):
    """09:15 น."""
    return f"{_local(value):%H:%M}{KEPT}น." if _language() == "th" else f"{_local(value):%H:%M}"


def thai_datetime(value):
    return f"{thai_date(value)} {thai_time(value)}" if value else ""


def thai_month(day):
    """พฤศจิกายน 2569."""
    return KEPT.join((LONG_MONTHS[_language()][day.month - 1], str(_year(day.year))))


def thai_month_short(day):
    """พ.ย. 2569, for the labels of a chart."""
    return KEPT.join((MONTHS[_language()][day.month - 1], str(_year(day.year))))


def in_words(values):
    """The values of a sentence, its instants as people say them."""
    return {name: thai_datetime(value) if isinstance(value, datetime) else value for name, value in values.items()}


def partial_date(text):
    """A birth date as it is known: 12 ส.ค. 2501, ส.ค. 2501 or พ.ศ. 2501."""
    if not text:
        return ""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return gettext("year %(year)s", year=_year(year))
    month = MONTHS[_language()][rest[0] - 1]
    return KEPT.join([str(day) for day in rest[1:]] + [month, str(_year(year))])


def waiting(since, at):
    """How long something waits, as people say it: today, or days."""
    days = (_local(at).date() - _local(since).date()).days
    return gettext("today") if days <= 0 else ngettext("waits %(num)s day", "waits %(num)s days", days)


def ago(instant, at):
    days = (_local(at).date() - _local(instant).date()).days
    return gettext("today") if days <= 0 else ngettext("%(num)s day ago", "%(num)s days ago", days)


def duration(seconds):
    """How long some work took: 3 นาที."""
    minutes = round(seconds / 60)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes else gettext("less than a minute")


def baht(satang):
    """1,500 บาท; satang only where there are some."""
    whole, part = divmod(abs(satang), 100)
    amount = f"{'-' if satang < 0 else ''}{whole:,}{f'.{part:02d}' if part else ''}"
    return gettext("%(amount)s baht", amount=amount)


def id_tail(last4):
    """An ID number as others may see it: the last four only."""
    return f"x-xxxx-xxxx{last4[0]}-{last4[1:3]}-{last4[3]}" if last4 and len(last4) == 4 else ""


def role_name(role):
    return gettext(ROLE_NAMES[role])


def office_name(office):
    """As what somebody came to a sitting: what they do there, their role, or the words written for who has no account."""
    known = (ROLE_NAMES | LEADS).get(office)
    return gettext(known) if known else office


def _language():
    return get_locale().language


def _year(year):
    return year + BE if _language() == "th" else year


def _local(value):
    from pwa.web import BANGKOK

    return value.astimezone(BANGKOK) if getattr(value, "tzinfo", None) else value
