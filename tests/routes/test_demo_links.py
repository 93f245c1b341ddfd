"""What `ombun serve` says when it starts: the address, the three windows to open, everybody else; and where it will not start."""

import re
from dataclasses import replace

import pytest

from pwa import web
from pwa.config import BadSetting, from_environment
from pwa.demo import links
from pwa.domain.people import accounts, enrolments
from tests.hamlets import open_access

LINK = re.compile(r"http://localhost/enrol#t=([\w-]{43})")


@pytest.fixture
def settings(app):
    return replace(app.config["OMBUN"], demo=True)


def said(settings):
    return links.greeting(settings, at=web.system_clock())


def holders(lines):
    """Whose link each line holds."""
    tokens = [found[1] for line in lines if (found := LINK.search(line))]
    return [enrolments.find(token, address="", at=web.system_clock()).account.handle for token in tokens]


def test_the_address_comes_first_and_then_three_windows(settings):
    lines = said(settings)
    assert lines[0] == "Ombun is at http://localhost"
    assert holders(lines)[:3] == ["volunteer", "zone-leader", "member"]
    text = "\n".join(lines)
    parts = [
        text.index(word)
        for word in ("window of its own", "register a household", "check what", "my rights", "Everybody else")
    ]
    assert parts == sorted(parts)
    assert sorted(holders(lines)) == sorted(account.handle for account in accounts.Account.select())


@pytest.mark.only("sqlite")
def test_it_says_whether_one_may_go_in_without_a_key(settings):
    assert "without one" in "\n".join(said(settings))
    open_access(accounts.named("admin"), by=None, at=web.system_clock())
    assert "without one" not in "\n".join(said(settings))


def test_without_the_village_it_says_the_address(settings):
    assert said(replace(settings, demo=False)) == ["Ombun is at http://localhost"]


@pytest.mark.parametrize("origin", ["https://ombun.example.org", "https://localhost", "https://localhost:8000"])
def test_the_village_is_served_nowhere_else(settings, origin):
    with pytest.raises(BadSetting, match=r"demo village.*OMBUN_DATA to an empty folder"):
        said(replace(settings, origin=origin))
    with pytest.raises(BadSetting):
        said(replace(settings, origin=origin, demo=False))


def test_no_village_is_built_where_it_would_not_be_served(tmp_path):
    origin, data = "https://ombun.example.org", tmp_path / "data"
    with pytest.raises(BadSetting, match="demo village"):
        links.must_be_local(from_environment({"OMBUN_ORIGIN": origin}, data=data))
    links.must_be_local(from_environment({}, data=data))


def test_a_fund_of_ones_own_is_served_where_it_likes(site):
    settings = replace(site.app.config["OMBUN"], origin="https://ombun.example.org")
    assert said(settings) == ["Ombun is at https://ombun.example.org"]
