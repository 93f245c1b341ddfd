"""The promises about a fund's own rules: each version is the document that two people put in force, one after the other."""

import hashlib

from peewee import JOIN

from db.models import Account, Fund, Regulation, Resolution
from pwa.domain.fund import documents, regulation, versions


def regulations_are_as_two_put_them_in_force():
    """The document has its hash, two persons answer for it, its own fund resolved it, and it replaces the version before it."""
    first, second = Account.alias(), Account.alias()
    query = Regulation.select(Regulation, Fund, Resolution, first, second)
    query = query.join(Fund).switch(Regulation).join(Resolution, JOIN.LEFT_OUTER).switch(Regulation)
    query = query.join(first, on=(Regulation.drafted_by == first.id), attr="first").switch(Regulation)
    query = query.join(second, on=(Regulation.enforced_by == second.id), attr="second")
    last = {}
    for one in query.order_by(Regulation.fund, Regulation.version).iterator():
        said = f"Version {one.version} of the regulation of {one.fund.code}"
        before = last.get(one.fund_id)
        last[one.fund_id] = one
        if hashlib.sha256(one.document).hexdigest() != one.sha256:
            yield f"{said} is not the document that was put in force."
        elif not _is_read(one.document):
            yield f"{said} cannot be read."
        if versions.are_one(one.first, one.second):
            yield f"{said} was drafted and put in force by one person."
        if one.resolution.fund_id != one.fund_id:
            yield f"{said} was resolved by another fund."
        if (one.version, one.replaces_id) != ((before.version + 1, before.id) if before else (1, None)):
            yield f"{said} does not replace the one before it."


def _is_read(document):
    try:
        return bool(regulation.load(bytes(document)).versions)
    except documents.Faulty:
        return False
