"""How a fund's benefits look to a person: sentences of its rules in the reader's language, the picture and the life event of each."""

from datetime import date

from flask import g

from pwa import spoken
from pwa.domain import N_
from pwa.domain.fund import membership, passbooks, pots, prices, silences, undecided, versions
from pwa.domain.fund.sentences import Sentence
from pwa.i18n import gettext, language, thai_date

LIFE = {1: N_("Birth"), 2: N_("Illness"), 3: N_("Old age"), 4: N_("Death"), 5: N_("Death")}
PICTURES = {1: "birth", 2: "illness", 3: "old-age", 4: "death", 5: "death", 8: "study"}
QUESTIONS = {
    "born": ("birth_date", N_("On which day was the birth?")),
    "sex": ("sex", N_("Which sex stands on the ID card?")),
    "joined": ("passbook.joined_on", N_("Since when a member, by the passbook?")),
    "paid_through": ("passbook.paid_through", N_("Through which day is it paid, by the passbook?")),
}
"""{a fact that the register may lack: (where it belongs in a person's record, what is asked)}."""


def init_app(app):
    for function in (
        said,
        benefit_icon,
        benefit_title,
        kind_of_help,
        unsaid,
        standing_name,
        question_about,
        missing_fact,
        passbook_field,
        told_plainly,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.tests["given"] = lambda price: price != prices.MISSING


def said(value):
    """A sentence of the rules, or one of its values, in words."""
    sentence = value if isinstance(value, Sentence | str) else Sentence("%(value)s", {"value": value})
    if "speaker" not in g:  # a page of rights says some four hundred sentences
        g.speaker = spoken.speaker(language())
    return g.speaker(sentence)


def tables(told):
    """The tables of kit_rights in words."""
    sentences = [said(one) for one in told["sentences"]]
    return told | {"sentences": sentences, "benefits": [titled(*one) for one in told["benefits"]]}


def benefit_icon(category):
    """The picture of a reporting category."""
    return PICTURES.get(category, "money")


def all_pictures():
    """Each of them once, for a page that is told later which ones it needs."""
    return sorted({*PICTURES.values(), benefit_icon(None)})


def benefit_title(benefit):
    """เจ็บ · นอนโรงพยาบาล: the life event before the fund's own name of it, where that does not say it already."""
    return titled(benefit.category, benefit.name)


def kind_of_help(benefit):
    """Birth, illness, …: what lists and vouchers call a benefit, never the illness; its own name where the category has no plain word."""
    return gettext(LIFE[benefit.category]) if benefit.category in LIFE else benefit.name


def titled(category, name):
    event = gettext(LIFE[category]) if category in LIFE else ""
    return f"{event} · {name}" if event and not name.startswith(event) else name


def unsaid(name):
    """What the regulation does not mention, in words."""
    return gettext(silences.SPOKEN.get(name, name))


def standing_name(standing):
    return gettext(membership.STANDINGS[standing])


def question_about(fact, person):
    """(path in the household's record, question, hint) of a fact that is missing of a person."""
    path, question = QUESTIONS.get(fact, ("membership", N_("What is right?")))
    return f"people.{person}.{path}", gettext(question), gettext("One question: its answer tells what the fund gives.")


def missing_fact(name):
    return gettext(undecided.WORDS[name])


def passbook_field(name):
    return gettext(passbooks.FIELDS[name])


def told_plainly(value):
    """A day or a number of the books; a dash where they know none."""
    return thai_date(value) if isinstance(value, date) else value or "—"


def pot_names(fund):
    """{pot: its name} by the fund's regulations; that of a fund without one is simply its money."""
    named = {pots.WHOLE: gettext(pots.WHOLE_NAME), pots.BEFORE: gettext(pots.BEFORE_NAME)}
    return named | pots.names(versions.effective(fund))
