"""Sentences of the rules in words: translated, with days in the Buddhist era, money in baht, and lengths of time as people say them.

Without a request, so that the command line speaks as the pages do. `speaker()` gives the function that an answer is told with.
"""

import gettext as catalogues
from collections.abc import Callable
from datetime import date
from functools import cache

from pwa import i18n
from pwa.domain import N_
from pwa.domain.fund.sentences import Partial, Said, Satang, Sentence, Span
from pwa.domain.text import dates

BAHT = N_("%(amount)s baht")
SPANS = {"day": N_("%(n)s days"), "month": N_("%(n)s months"), "year": N_("%(n)s years")}
YEAR = N_("year %(year)s")


@cache
def speaker(language="th"):
    """How a sentence is said in a language: a function of a `Said`. Texts that nobody translated stay as they are."""
    known = catalogues.translation("messages", i18n.LOCALES, [language], fallback=True)
    return lambda said: spoken(said, known.gettext, language)


def spoken(said: Said, translate: Callable[[str], str], language: str) -> str:
    """The words of a sentence."""
    if not isinstance(said, Sentence):
        return said
    words = translate(said.msgid) if said.msgid else ""
    return (
        words % {name: _value(one, translate, language) for name, one in said.values.items()} if said.values else words
    )


def _value(value, translate, language):
    if isinstance(value, Sentence):
        return spoken(value, translate, language)
    if isinstance(value, Satang):
        whole, part = divmod(value, 100)
        return translate(BAHT) % {"amount": f"{whole:,}.{part:02d}" if part else f"{whole:,}"}
    if isinstance(value, Span):
        return translate(SPANS[value.unit]) % {"n": value.n}
    if isinstance(value, Partial):
        return _partial(value, translate, language)
    if isinstance(value, date):
        return _day((value.day, value.month, value.year), language)
    if isinstance(value, list | tuple):
        return ", ".join(str(_value(one, translate, language)) for one in value)
    return value


def _partial(value, translate, language):
    found = dates.parts(value)
    if not found.month:
        year = found.year if language == "th" else found.year - dates.ERA
        return translate(YEAR) % {"year": year}
    return _day((found.day, found.month, found.year - dates.ERA), language)


def _day(parts, language):
    day, month, year = parts
    shown = [
        *([str(day)] if day else []),
        i18n.MONTHS[language][month - 1],
        str(year + (dates.ERA if language == "th" else 0)),
    ]
    return i18n.KEPT.join(shown)
