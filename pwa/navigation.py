"""The places at the bottom of the screen, by what the account may do."""

from flask_babel import gettext as _

from pwa.access import my_roles

MOST = 4


def nav_items():
    """(address, icon, word) for each place of this account, at most four; this phone is always the last."""
    roles = my_roles()
    places = [
        (roles - {"member"}, ("/", "home", _("Home"))),
        (roles & {"zone_leader", "registrar"}, ("/review", "review", _("To check"))),
        (roles & {"registrar"}, ("/admissions", "person", _("Applicants"))),
        (roles & {"zone_leader"}, ("/board", "board", _("Complete or missing"))),
        (roles & {"volunteer", "zone_leader", "registrar"}, ("/households", "household", _("Households"))),
        (roles & {"admin"}, ("/accounts", "person", _("People"))),
        (roles & {"admin"}, ("/devices", "board", _("Phones"))),
        (roles & {"member"}, ("/me", "rights", _("My rights"))),
        (roles == {"member"}, ("/dictionary", "board", _("My data"))),
    ]
    mine = [place for may, place in places if may]
    return [*mine[: MOST - 1], ("/phone", "phone", _("This phone"))]
