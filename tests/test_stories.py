"""No story that was ever told is lost: what version 248af98 proved is proved still, under its name or its successor's."""

from pathlib import Path

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
