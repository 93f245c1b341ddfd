"""The four or five places at the bottom of the screen, by what the account may do."""

from flask_babel import gettext as _

from pwa.access import my_roles


def nav_items():
    """(address, icon, word) for each place of this account, most used first, at most five."""
    roles = my_roles()
    places = [
        (roles - {"member"}, ("/", "home", _("Home"))),
        (roles & {"zone_leader", "registrar"}, ("/review", "review", _("To check"))),
        (roles & {"registrar"}, ("/admissions", "person", _("Applicants"))),
        (roles & {"admin"}, ("/accounts", "person", _("People who work here"))),
        (roles & {"volunteer", "zone_leader", "registrar"}, ("/households", "household", _("Households"))),
        (roles & {"admin"}, ("/devices", "board", _("Phones"))),
        (roles & {"member"}, ("/me", "rights", _("My rights"))),
        (True, ("/phone", "phone", _("This phone"))),
    ]
    return [place for may, place in places if may][:5]
