"""Ten years of claims of one fund: copies of one that was told, certified and decided, each sealed for itself, in the states that lists show."""

import json
import uuid
from datetime import timedelta

from db.models import Claim, ClaimAct, ClaimStanding
from db.statements import insert
from pwa.domain.crypto import sealing
from pwa.domain.fund import claims
from pwa.domain.fund.freezing import frozen, thawed
from tests.claiming import decided

WAITING, DUE = 60, 40
DAYS = 3_650
PAYEE = {"type": "member", "person": None, "name": "ใจดี", "how": "cash", "satang": 60_000}


def grow(many):
    """So many over ten years: of the latest some wait and some are to be paid, then nine of ten are granted and count as paid."""
    like = decided(accepted=False, reason="ไม่ครบ")
    texts = [claims.said_of(act) for act in like.acts]
    texts[-1] = frozen(thawed(texts[-1]) | {"accepted": True, "payees": [PAYEE]})
    for number in range(many):
        state = "certified" if number < WAITING else "refused" if number % 10 == 9 else "granted"
        day = like.claim.event_on - timedelta(days=number * DAYS // many)
        _copy(like, texts, day, state, is_due=state == "granted" and number < WAITING + DUE)


def _copy(like, texts, day, state, is_due):
    one, known = like.claim, uuid.uuid4()
    said = sealing.seal_value(json.dumps(like.said), f"claim|{known}")
    insert(Claim, [dict(id=known, fund=one.fund_id, person=one.person, event_on=day, said=said, at=one.at)])
    for act, text in list(zip(like.acts, texts, strict=True))[: 1 if state == "certified" else None]:
        kind = "grant" if (act.kind, state) == ("refuse", "granted") else act.kind
        sealed = sealing.seal_value(text, f"claim|{known}|{act.n}") if text else None
        about = dict(claim=known, n=act.n, kind=kind, resolution=act.resolution_id, amount_satang=act.amount_satang)
        insert(ClaimAct, [about | dict(said=sealed, account=act.account_id, at=act.at)])
    insert(ClaimStanding, [dict(claim=known, fund=one.fund_id, state=state, event_on=day, is_due=is_due)])
