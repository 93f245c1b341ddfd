"""What a look at decided claims found is kept until something happens to who is concerned."""

from db.models import ClaimLook
from pwa.domain.fund import claim_changes, claim_looks
from tests.claiming import AT, decided


def test_only_who_is_concerned_is_looked_at_again(app):
    one = decided()
    claim_changes.look(at=AT, before=AT)
    assert [row.is_due for row in ClaimLook.select()] == [False]
    claim_looks.stir([])
    assert ClaimLook.get().at == AT
    claim_looks.stir([one.claim.person])
    assert ClaimLook.get().at == claim_looks.LONG_AGO
    assert list(claim_looks.due()) == []
