"""Numbers go on 1,000 higher after each restore since the last of their kind."""

import db
from db import ties
from db.models import Resolution
from pwa.domain.fund import after_restore
from tests.claiming import decided


def restored():
    with db.database.atomic():
        ties.go_on_after_a_restore(db.database.obj)


def test_only_restores_since_then_count(app):
    assert (after_restore.gap(None), after_restore.last()) == (0, 0)
    before = decided().decision.resolution
    restored()
    restored()
    assert after_restore.gap(Resolution.get_by_id(before.id)) == 2000 and after_restore.last() > 0
    assert after_restore.gap(None) == 2000
