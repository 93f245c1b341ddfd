"""What an entry changes, when what it began with was undone: whatever came before, undone and approved again gives the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pwa.domain.register import projection, three_way_merge
from tests.domain.test_projection import BUNMA, HOME, MALI, form, says

FORMS = st.builds(
    lambda number, phone, nickname, both: form(
        BUNMA | {"phone": phone, "nickname": nickname}, *([MALI] if both else []), number=number
    ),
    st.sampled_from(["1", "2"]),
    st.sampled_from(["081", "082", "083"]),
    st.sampled_from(["มา", "บุญ"]),
    st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(FORMS, st.integers(0, 4)), min_size=1, max_size=5), st.data())
def test_undone_and_approved_again_at_once_nothing_has_changed(visits, data):
    """Whatever came before: the last entry undone is as if it had never come, and approved again as if never undone."""
    steps = [(says(n, payload, base=min(base, n - 1)), n, {}) for n, (payload, base) in enumerate(visits, 1)]
    last, version, _ = steps[-1]
    without = projection.project({}, steps[:-1]).get(HOME, projection.Record())
    once = projection.project({}, steps)[HOME]
    undone = projection.project({}, [*steps, (projection.Undoing(HOME, last.entry), version + 1, {})])[HOME]
    assert (undone.values, undone.place, undone.named_at, undone.met) == (
        without.values,
        without.place,
        without.named_at,
        without.met,
    )
    chosen = {change.path: "register" for change in three_way_merge.changes(undone, last) if change.is_asked}
    again = [*steps, (projection.Undoing(HOME, last.entry), version + 1, {}), (last, version + 2, chosen)]
    assert projection.project({}, again)[HOME].values == once.values


def test_a_person_who_was_undone_is_said_anew_and_the_others_are_not():
    first = says(1, form(BUNMA))
    second = says(2, form(BUNMA, MALI), base=1)
    third = says(3, form(BUNMA, MALI | {"nickname": "ลี"}), base=2)
    steps = [(first, 1, {}), (second, 2, {}), (projection.Undoing(HOME, 2), 3, {})]
    record = projection.project({}, steps)[HOME]
    changed = {change.path for change in three_way_merge.changes(record, third)}
    assert changed == {"people.p2.first_name", "people.p2.living_here", "people.p2.nickname"}
