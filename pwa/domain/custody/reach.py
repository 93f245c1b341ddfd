"""Where an account may record, as one short mark: a phone keeps its pages until the mark is another one."""

import hashlib
import json

from db.models import Fund
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.places import units


def mark(account):
    """Changes whenever the account's roles, the communities that it may record in, or the funds do."""
    held = sorted((grant.role, grant.unit.code) for grant in units.grants(account))
    places = [(unit.code, unit.name) for unit in units.communities(account, *FIELD_ROLES)]
    funds = sorted(Fund.select(Fund.code, Fund.name).tuples())
    return hashlib.sha256(json.dumps([held, places, funds]).encode()).hexdigest()[:16]
