"""What a run knows of its own stories: how many cases each has, which took long, and which a browser had to tell twice."""

import re
from collections import defaultdict

import pytest

CASES = pytest.StashKey[dict]()
"""{story, without its cases: how many it has on one database}."""
DATABASE = re.compile(r"\b(sqlite|postgres)\b-?")
MOST_TOLD_TWICE = 3
"""A loaded machine makes a story stumble now and then; more in one run are no bad luck."""


def cases(items):
    """How many cases each story has, whatever databases they are told on."""
    found = defaultdict(set)
    for item in items:
        story, _, case = item.nodeid.partition("[")
        found[story].add(DATABASE.sub("", case))
    return {story: len(told) for story, told in found.items()}


LONG_S = 60
"""What takes longer on a quiet machine is no part of `make test`, but of `make test-all` (marker fuzz) or `make faults`."""


def why(report):
    """Where a story failed and with what, in a line."""
    crash = getattr(getattr(report, "longrepr", None), "reprcrash", None)
    return f"({crash.path}:{crash.lineno} {crash.message.splitlines()[0]})" if crash else ""


class Listener:
    """Lists what took long and what was told twice, and fails a run in which the latter was too much."""

    def __init__(self):
        self.stories, self.long = {}, []

    def pytest_runtest_logreport(self, report):
        if report.outcome == "rerun":
            self.stories.setdefault(report.nodeid, why(report))
        if report.duration > LONG_S:
            self.long.append(f"{report.duration:.0f} s {report.when} {report.nodeid}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        if self.is_too_much() and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.long:
            terminalreporter.section(f"{len(self.long)} took more than {LONG_S} s")
            for line in sorted(self.long, reverse=True):
                terminalreporter.line(line)
        if not self.stories:
            return
        verdict = f", more than {MOST_TOLD_TWICE}: the run fails" if self.is_too_much() else ""
        terminalreporter.section(f"{len(self.stories)} told twice{verdict}")
        for story, reason in self.stories.items():
            terminalreporter.line(f"{story} {reason}".strip())

    def is_too_much(self):
        return len(self.stories) > MOST_TOLD_TWICE
