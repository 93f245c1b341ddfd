"""The front door answers everybody by what they are here for."""

import inspect

import pytest

from pwa import menu
from pwa.domain.custody import trouble
from pwa.domain.desk import tasks
from pwa.domain.operations import health, promises
from pwa.i18n import COOKIE
from tests.conftest import look_over

SHELL = {"Ombun-Shell": "1"}


def test_it_tells_a_stranger_what_this_is(client, page):
    tree = page("/", client)
    links = {link.get("href") for link in tree.iter("a")}
    assert {"/sign-in", "/dictionary"} <= links
    assert tree.find("body").find(".//nav") is None


def test_it_gives_a_volunteer_the_next_house(client_as, page):
    tree = page("/", client_as("volunteer"))
    buttons = [link.get("href") for link in tree.iter("a") if "button--big" in link.get("class", "")]
    assert buttons == ["/households/new"]
    assert [node for node in tree.iter() if node.get("data-field-work") is not None]


@pytest.mark.parametrize("handle", ["volunteer", "zone-leader", "registrar", "admin", "member"])
def test_its_shell_names_nobody(client_as, handle):
    client = client_as(handle)
    text = client.get("/", headers=SHELL).text
    for secret in (client.account.name, str(client.account.id), f'"{client.account.handle}"'):
        assert secret not in text


def test_its_shell_asks_for_the_counts_later(client_as, page):
    shell = client_as("zone-leader").get("/", headers=SHELL).text
    assert 'data-late="/"' in shell and 'class="count' not in shell
    fragment = client_as("zone-leader").get("/", headers={"HX-Request": "true"}).text.strip()
    assert fragment.startswith('<section class="section" id="tasks"') and "data-late" not in fragment


def test_a_shell_is_for_somebody_who_signed_in(client):
    assert client.get("/", headers=SHELL).status_code == 401


def test_it_sends_a_member_to_their_rights(client_as):
    response = client_as("member").get("/")
    assert (response.status_code, response.location) == (303, "/me")


@pytest.mark.parametrize(
    ("handle", "rooms"),
    [
        (
            "zone-leader",
            {
                "/collections",
                "/handovers",
                "/review",
                "/claims/unclaimed",
                "/board",
                "/quarantine",
                "/notices",
                "/second-looks",
            },
        ),
        (
            "registrar",
            {
                "/role-starts",
                "/review",
                "/admissions",
                "/meetings",
                "/claims/unclaimed",
                "/board",
                "/quarantine",
                "/notices",
                "/second-looks",
            },
        ),
        ("admin", {"/board", "/quarantine"}),
        ("volunteer", {"/notices"}),
        (
            "treasurer",
            {
                "/role-starts",
                "/collections",
                "/handovers",
                "/cash",
                "/vouchers",
                "/unbooked",
                "/ledger/closes",
                "/payments",
            },
        ),
    ],
)
def test_it_counts_what_needs_me(client_as, page, handle, rooms):
    tree = page("/", client_as(handle))
    counted = {
        row.get("href")
        for row in tree.iter("a")
        if any("count" in (s.get("class") or "").split() for s in row.iter("span"))
    }
    assert counted == rooms
    client = client_as(handle)
    assert [client.get(room).status_code for room in sorted(rooms)] == [200] * len(rooms)


def test_every_room_has_its_line_in_the_menu():
    rooms = {function for name, function in vars(tasks).items() if inspect.isfunction(function)}
    assert {line.count for line in menu.MENU if line.where == "waits"} == rooms


def test_whoever_sees_a_line_of_the_menu_may_enter(app):
    """The roles of a line are among those that its page lets in; an address without roles of its own is anybody's who signed in."""
    rooms = app.url_map.bind("localhost")
    for line in menu.MENU:
        view = app.view_functions[rooms.match(line.address)[0]]
        assert view.access in ((), "public") or {*line.roles} <= {*view.access}, line


@pytest.mark.parametrize("alarm", health.ALARMS)
def test_it_tells_the_administrator_of_every_alarm(client_as, page, monkeypatch, alarm):
    monkeypatch.setattr(health, "alarms", lambda **about: [alarm])
    client = client_as("admin")
    client.set_cookie(COOKIE, "en")
    assert health.ALARMS[alarm].words in "".join(page("/", client).itertext())


def test_the_administrator_reads_that_phones_are_being_sent_away(client_as, page, app):
    trouble.note(at=app.config["CLOCK"]())
    assert "ส่งข้อมูลไม่ได้" in "".join(page("/", client_as("admin")).itertext())
    trouble.is_over()


@pytest.mark.parametrize("headers", [{}, SHELL], ids=["page", "shell"])
def test_the_home_of_the_committee_opens_what_it_may_read(client_as, headers):
    client = client_as("committee")
    rows = {link.get("href") for link in look_over(client.get("/", headers=headers).text).iter("a")}
    sees = {"/claims", "/arrears", "/ledger", "/vouchers", "/rights", "/second-looks", "/accesses", "/dictionary"}
    assert sees <= rows
    assert [client.get(path).status_code for path in sees] == [200] * len(sees)


OFFICES = ["volunteer", "zone-leader", "registrar", "treasurer", "committee", "auditor", "admin", "network", "province"]


@pytest.mark.parametrize("handle", OFFICES)
def test_no_home_is_empty_or_promises_what_will_be_there(client_as, page, handle):
    tree = page("/", client_as(handle))
    assert not [node for node in tree.iter("section") if node.get("class") == "empty"]
    assert [link for link in tree.iter("a") if link.get("class") == "row"]


def test_a_broken_promise_stands_in_words_on_the_homes_of_who_answers_for_money(app, client_as):
    broken = [promises.Broken("F1: บุญมา", "closed_months_are_as_they_were_signed")]
    health.note_check(broken, at=app.config["CLOCK"]())
    words = "เดือนที่ปิดแล้วไม่ตรงกับที่เหรัญญิกและผู้ตรวจสอบลงชื่อ"
    told = {handle: client_as(handle).get("/").text for handle in ("treasurer", "auditor", "admin", "zone-leader")}
    assert {handle for handle, text in told.items() if words in text} == {"treasurer", "auditor", "admin"}
    assert not any("บุญมา" in text for text in told.values())
    health.note_check([], at=app.config["CLOCK"]())
    assert words not in client_as("treasurer").get("/").text
