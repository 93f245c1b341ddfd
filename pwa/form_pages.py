"""What the page of a field form has, whatever it asks (templates/forms/_page.html): its form's name and rules, the communities, and its words."""

from flask import g, make_response

from pwa.access import current_account
from pwa.domain.custody import reach
from pwa.domain.kinds import forms
from pwa.domain.places import units
from pwa.domain.text import dates
from pwa.web import render


def form_page(template, kind, *, communities=(), place=None, **words):
    """The form of a kind; of one community where `place` says which, else of those to choose from."""
    name = forms.newest(kind.name)
    g.form_kind = kind
    said = {"sentences": forms.sentences(name), "date_sentences": dates.SENTENCES, "later_year": dates.LATER}
    about = {"form_id": kind.name, "form_name": name, "form_rules": forms.rules_on_page(name)}
    is_open = bool(communities or place)
    return render(template, communities=communities, fixed_place=place, is_open=is_open, **said, **about, **words)


def kept_page(template, kind, words=lambda communities: {}, home=None):
    """The same as phones keep it: the header says which roles and places it was made for. `words` are asked for these communities.

    Who records nowhere, but of their own house, has the place of their `home`.
    """
    communities = units.communities(current_account(), *kind.recorders) or ([home] if home else [])
    page = make_response(form_page(template, kind, communities=communities, **words(communities)))
    page.headers["Ombun-Reach"] = reach.mark(current_account())
    return page
