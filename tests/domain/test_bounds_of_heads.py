"""How many people stand behind memberships: bounds and a range that hold the truth, and a count that leaves numbers alone."""

import math
import random
from fractions import Fraction

import pytest

from db.models import Fund, HeadCount, Membership, Person, Viewing
from pwa.domain.network import head_counts, heads, keys, parent_reports, receiving, signing, told_months
from pwa.domain.network.heads import Found, Heads, Seen
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import members, register
from pwa.domain.text import national_ids
from tests import reporting
from tests.claiming import AT, TODAY, member
from tests.domain.test_certificates import OLD


def test_the_bounds_hold_without_any_number():
    assert heads.bounds(40, 100) == (40, 100) and heads.bounds(40, 100, declared=7) == (40, 96)
    assert heads.bounds(40, 45, declared=30) == (40, 40) and heads.bounds(0, 0) == (0, 0)
    assert heads.heads(40, 100, None, 7) == Heads(40, 96)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Found(1000, 699, 90), Heads(600, 1000, is_blind=True)), (Found(1000, 1000, 9), Heads(600, 1000, is_few=True)),
        (Found(1000, 1000, 90), Heads(600, 1000, 910, 910)), (Found(1000, 1000, 93), Heads(600, 1000, 900, 910)),
    ],
)  # fmt: skip
def test_few_doubles_and_few_usable_numbers_leave_the_bounds_alone(found, told):
    assert heads.heads(600, 1000, found) == told


def test_the_margin_is_that_of_the_contract_and_never_too_small():
    rand = random.Random(1)
    for _ in range(500):
        many = rand.randint(10, 10**6)
        usable, doubles = rand.randint(many * 7 // 10, many), rand.randint(0, many // 2)
        q2 = Fraction(usable, many) ** 2
        exact = float(doubles * (1 / q2 - 1)) + 2 * math.sqrt(doubles * (1 - q2)) / float(q2)
        unseen, chance = heads.doubts(many, usable, doubles)
        assert unseen + chance == heads.margin(many, usable, doubles) and unseen == math.ceil(doubles * (1 / q2 - 1))
        assert 0 <= heads.margin(many, usable, doubles) - exact < 1.001 + exact * 1e-9


def test_one_person_is_one_id_or_one_number_that_nothing_contradicts():
    told = [
        Seen("a", "", "f", 1960), Seen("a", "", "f", 1960), Seen("b", "1", "f", 1960), Seen("c", "1", "unknown", 1962), Seen("d", "2", "m", None),
        Seen("e", "2", "f", None), Seen("f", "3", "m", 1950), Seen("g", "3", "m", 1953), Seen("h", "", "m", 1950),
    ]  # fmt: skip
    assert heads.doubles(told) == 2 and heads.doubles([]) == 0
    assert heads.doubles([*told, Seen("i", "3", "m", 1952), Seen("b", "1", "f", 1960)]) == 4


def village(rand):
    """([the size of each fund], [Seen], how many people there truly are): overlap known, some numbers missing, some mistyped."""
    people, funds = rand.randint(600, 3000), rand.randint(2, 6)
    missing, wrong, overlap = rand.uniform(0, 0.12), rand.uniform(0, 0.02), rand.uniform(0.02, 0.2)
    sizes, seen = [0] * funds, []
    for n in range(people):
        number, sex, born = (
            national_ids.sample(rand.randrange(10**10) * 10 + n % 10),
            rand.choice("fm"),
            rand.randint(1930, 2010),
        )
        for fund in rand.sample(range(funds), 2 if rand.random() < overlap else 1):
            typed = number
            if rand.random() < wrong:
                place = rand.randrange(1, 13)
                typed = number[:place] + str((int(number[place]) + rand.randint(1, 9)) % 10) + number[place + 1 :]
            usable = rand.random() >= missing and national_ids.valid(typed)
            sizes[fund] += 1
            seen.append(Seen(f"{n}/{fund}", typed if usable else "", sex, born))
    return sizes, seen, people


def test_the_range_holds_the_truth_in_95_of_100():
    held = told = 0
    for n in range(100):
        sizes, seen, truth = village(random.Random(n))
        found = Found(len(seen), sum(bool(one.key) for one in seen), heads.doubles(seen))
        one = heads.heads(max(sizes), sum(sizes), found)
        assert one.least <= truth <= one.most
        if one.low is not None:
            told += 1
            held += one.low <= truth <= one.high
    assert told > 90 and held * 100 >= told * 95, (held, told)


@pytest.fixture
def network(app):
    keys.pin("F1", OLD[0].text, at=AT)
    keys.new("NET", last=None, at=AT)
    received, _ = receiving.take(reporting.signed(*OLD), at=AT)
    receiving.accept(received, account=None, how="terminal", at=AT)
    return accounts.named("network")


def test_it_is_counted_once_with_the_report_and_leaves_a_line(network):
    assert head_counts.of("NET", "2026-10") is None
    second = accounts.add("network-2", name="ผู้ประสานคนที่สอง", unit=units.get("NET"), role="network", at=AT)
    before = Viewing.select().count()
    draft = parent_reports.make("NET", "2026-10", at=AT, today=TODAY)
    for _ in range(2):
        signing.sign(draft.file, by=network, agreed=second, at=AT, how="terminal")
    [kept] = HeadCount.select()
    assert (kept.funds, kept.here, kept.largest, kept.total) == (
        1,
        1,
        42,
        42,
    ) and Viewing.select().count() == before + 1
    assert head_counts.count("NET", "2026-10", by=second, at=AT) == kept
    told, found, doubts = head_counts.of("NET", "2026-12")
    assert (
        told == kept
        and (found.least, found.most) == (42, 42)
        and doubts is None
        and head_counts.of("NET", "2026-09") is None
    )
    [line] = [one for one in members.viewings(Person.get_by_id(member().person)) if one.purpose == "count"]
    assert line.account == second


def test_it_counts_the_memberships_of_this_machine_and_the_numbers_that_are_usable(network):
    funds = list(Fund.select().order_by(Fund.id))
    found = head_counts.counted(funds, "2026-11")
    people = Person.select().join(Membership, on=(Membership.person == Person.id))
    said = [register.values(one.household_id).get(f"people.{one.local_id}.id_number") for one in people]
    numbers = [one.value if one else "" for one in said]
    valid = [one for one in numbers if national_ids.valid(national_ids.clean(one))]
    assert found == Found(len(numbers), len(valid), 0) and len(valid) > 0
    assert head_counts.counted([], "2026-11") == Found(0, 0, 0)
    assert told_months.numbers("NET", "2026-10", "members") == {"F1": 42}
