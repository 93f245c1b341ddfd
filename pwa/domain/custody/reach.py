"""Where an account may record, as one short mark: a phone keeps its pages until the mark is another one."""

import hashlib
import json

from db.models import Fund, Regulation
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.places import units


def mark(account):
    """Changes whenever the account's roles, the communities that it may record in, the funds or their regulations do."""
    held = sorted((grant.role, grant.unit.code) for grant in units.grants(account))
    places = [(unit.code, unit.name) for unit in units.communities(account, *FIELD_ROLES)]
    funds = sorted(Fund.select(Fund.code, Fund.name).tuples())
    rules = sorted(Regulation.select(Regulation.fund, Regulation.version).tuples())
    return hashlib.sha256(json.dumps([held, places, funds, rules]).encode()).hexdigest()[:16]
