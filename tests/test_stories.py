"""No story that was ever told is lost: what version 248af98 proved is proved still, under its name or its successor's."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import tellings
from tests.tellings import CASES

STORIES = Path(__file__).with_name("stories.txt")


def stories():
    """(story, cases, successor or "") of each that was told then."""
    for line in STORIES.read_text().splitlines():
        if not line.startswith("#"):
            before, _, successor = line.partition(" -> ")
            story, cases = before.rsplit(" ", 1)
            yield story, int(cases), successor


def test_every_story_is_told_still_or_names_its_successor(pytestconfig):
    """Of the files that this run collected; all of them in `make check`."""
    told = pytestconfig.stash[CASES]
    files = {story.partition("::")[0] for story in told}
    everything = pytestconfig.args == pytestconfig.getini("testpaths")
    lost = []
    for story, cases, successor in stories():
        collected = {name.partition("::")[0] for name in (story, successor or story)} <= files
        if (everything or collected) and told.get(story, 0) < cases and not told.get(successor):
            lost.append(f"{story}: {told.get(story, 0)} cases, {cases} before")
    assert not lost, "\n" + "\n".join(lost)


@pytest.mark.parametrize(("count", "code"), [(3, pytest.ExitCode.OK), (4, pytest.ExitCode.TESTS_FAILED)])
def test_more_than_three_stories_told_twice_fail_the_run(count, code):
    listener, session = tellings.Listener(), SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    for n in [*range(count), 0]:
        listener.pytest_runtest_logreport(
            SimpleNamespace(outcome="rerun", nodeid=f"story {n}", duration=1, when="call")
        )
    listener.pytest_sessionfinish(session, session.exitstatus)
    assert (len(listener.stories), session.exitstatus) == (count, code)
