"""Whose claim it is without a kit: oneself with the own house, or a member by number where one records."""

import pytest

from pwa.domain import NotFound
from pwa.domain.fieldwork import claim_finds
from pwa.domain.people import accounts
from pwa.domain.register import members, tables
from tests.claiming import TODAY, house_of, member


def test_a_number_finds_where_one_records(app):
    [found] = claim_finds.numbered(accounts.named("zone-leader"), " เดิม-๘๘ ")
    assert found.id == member().person
    assert claim_finds.numbered(accounts.named("treasurer-2"), "เดิม-88") == []
    assert claim_finds.numbered(accounts.named("zone-leader"), "") == []


def test_a_house_is_told_as_a_kit_tells_it(app):
    home = house_of(member().person)
    told = claim_finds.house_of(claim_finds.get(member().person, by=accounts.named("zone-leader")), on=TODAY)
    assert (told["member"], told["household"]["id"]) == (str(member().person), str(home.id))
    mine = next(one for one in told["people"] if tables.person_id(home.id, one["id"]) == member().person)
    assert told["told"]["rows"][mine["rights"]] and "birth_date" not in mine


def test_nobody_is_told_of_where_one_does_not_record(app):
    with pytest.raises(NotFound):
        claim_finds.get(member().person, by=accounts.named("other-zone-leader"))


def test_a_member_has_the_place_of_their_own_house(app):
    assert members.place_of(accounts.named("member")) == members.of_account(accounts.named("member")).household.place
    assert members.place_of(accounts.named("registrar")) is None
