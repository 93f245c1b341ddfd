"""Claims at their pages: ten times as many of each state are asked for with the same number of questions."""

import pytest

from pwa.domain.fund import appeals
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions, sittings
from tests.claim_paying import rich
from tests.claiming import AT, birth, certified, death, decided, stay, typed, urgent
from tests.listing import dies, elder, granted, written
from tests.sittings import held
from tests.statements import listening

pytestmark = [pytest.mark.only("sqlite"), pytest.mark.slow]
FEW, MANY = 3, 30
BY = {
    "/meetings": ("registrar",),
    "/meetings/<id>": ("registrar", "committee"),
    "/meetings/<id>/minutes": ("auditor",),
    "/claims": ("committee", "zone-leader"),
    "/claims?state=certified": ("committee",),
    "/payments": ("treasurer",),
    "/batches": ("registrar",),
    "/batches/<list>": ("registrar", "committee", "treasurer"),
    "/batches/<list>/payments": ("treasurer",),
    "/batches/<list>/sheet": ("treasurer",),
}


def again(person):
    """A claim that was granted, appealed against, and waits for a meeting once more."""
    one = decided(birth(member=str(person.id), event_on="2026-09-20"))
    about = dict(reason="ไม่ครบคืน", how="own", by=accounts.named("member"), at=AT)
    appeals.file(one, clause=appeals.right(one).clauses[0], **about)
    claim_decisions.take_up(one.claim, by=accounts.named("registrar"), at=AT)


def told(numbers):
    """Claims of so many people in each state that a meeting looks at, a list that waits, and one on which so many have died; its address."""
    people, dead, buried = ([elder(f"{row}{number}") for number in numbers] for row in "123")
    for person in people:
        certified(stay(person.id))
        typed(birth(member=str(person.id)))
        again(person)
    for person in buried:
        urgent(death(member=str(person.id)))
    paid = granted(written())
    for person in dead:
        dies(person)
    return paid


def asked(client_as, batch):
    """{(page, who): statements} when it is opened again."""
    sitting, found = sittings.id_of(held()), {}
    for page, handles in BY.items():
        path = page.replace("<id>", str(sitting)).replace("<list>", str(batch.id))
        for handle in handles:
            client = client_as(handle)
            client.get(path)
            with listening() as statements:
                assert client.get(path).status_code == 200, path
            found[page, handle] = len(statements)
    return found


def test_ten_times_as_many_claims_ask_nothing_more(client_as):
    rich()
    few = asked(client_as, told(range(FEW)))
    assert asked(client_as, told(range(FEW, MANY))) == few
