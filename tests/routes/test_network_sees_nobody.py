"""No page, list or file of a network or a province shows a person or an entry, whatever other role the account holds beside it."""

import re
import uuid

import pytest

from db.models import Account, Entry, Household, Membership, Opening, Person
from pwa import web
from pwa.access import DEVICE, SESSION
from pwa.domain.people import accounts, devices, roles, sessions
from pwa.domain.places import units
from pwa.domain.text import national_ids
from tests.conftest import browser_of
from tests.routes.test_access_matrix import FORM, address, counts, routes
from tests.things import things

pytestmark = [pytest.mark.slow, pytest.mark.only("sqlite")]
ABOVE = {"network": "NET", "province": "52"}
BESIDE = [role for role in roles.MAY if role not in ABOVE]
SOMEWHERE_ELSE = "C09"
"""One place; the things that are asked for are of another one."""
DOWNLOADS = {"shell.worker", "static"}


@pytest.fixture
def hidden(app):
    """{what must not be found: how it stands alone}: names, ends of ID numbers, member numbers and ids of all, and ids of entries and houses."""
    officers = {account.name for account in Account.select()}
    names = {f"{one.first_name} {one.last_name}" for one in Person.select() if one.first_name and one.last_name}
    ids = {str(row.id) for model in (Person, Household, Membership) for row in model.select(model.id)}
    ids |= {str(one.entry_id) for one in Entry.select(Entry.entry_id)} | {str(one.subject) for one in Opening.select()}
    numbers = {one.number for one in Membership.select() if len(one.number) > 4}
    tails = {national_ids.masked(one.id_last4) for one in Person.select() if len(one.id_last4) == 4}
    assert len(names) > 20 and len(ids) > 50 and numbers and tails
    people = {name for name in names if not any(name in officer for officer in officers)}
    return {one: re.compile(rf"(?<![\w.-]){re.escape(one)}(?![\w-])") for one in people | ids | numbers | tails}


def found_in(text, hidden):
    """What of the hidden stands in a text: most of it nowhere, not even within a word, which is soon seen."""
    return {one for one, alone in hidden.items() if one in text and alone.search(text)}


def signed_in(app, *granted):
    """A browser of an account with these roles, each (role, code of its unit)."""
    at = web.system_clock()
    account = accounts.add(f"x-{uuid.uuid4().hex[:8]}", name="ผู้มีหลายหน้าที่", unit=units.get("NET"), at=at)
    for role, unit in granted:
        accounts.grant(account, role, units.get(unit), at=at, by=None, reason="ทดสอบ")
    device, client = devices.register(at=at), browser_of(app)
    client.account = account
    settings = app.config["OMBUN"]
    client.set_cookie(settings.cookie(SESSION), sessions.start(account, device=device, at=at))
    client.set_cookie(settings.cookie(DEVICE), devices.token(device.id, at=at))
    return client


def told(app, client, known, hidden):
    """{(endpoint, method): (status, what of the hidden it says)} of each page, asked for things of the village."""
    found = {}
    for endpoint, _, method, rule in routes(app):
        if method != "GET" or endpoint in DOWNLOADS:
            continue
        path = address(app, rule, known)
        answer = client.get(path)
        asked = {str(known[name]) for name in rule.arguments}
        text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
        found[endpoint] = answer.status_code, found_in(text, hidden) - asked
    return found


@pytest.mark.parametrize("role", ABOVE)
def test_alone_it_finds_nobody_anywhere(app, hidden, role):
    client, known = signed_in(app, (role, ABOVE[role])), things()
    found = told(app, client, known, hidden)
    assert {endpoint: what for endpoint, (_, what) in found.items() if what} == {}
    assert {name for name, (status, _) in found.items() if status == 200} >= {"network.index", "home.index"}


@pytest.mark.parametrize("role", BESIDE)
def test_beside_another_role_it_opens_nothing_more(app, hidden, role):
    """The other role is held in one place: with both offices above, each page answers as without them, and names nobody else."""
    known = things()
    alone = told(app, signed_in(app, (role, SOMEWHERE_ELSE)), known, hidden)
    both = told(app, signed_in(app, (role, SOMEWHERE_ELSE), *ABOVE.items()), known, hidden)
    assert {
        endpoint: what - alone[endpoint][1] for endpoint, (_, what) in both.items() if what - alone[endpoint][1]
    } == {}
    more = {name for name in both if both[name][0] != alone[name][0]}
    rooms = {name for name in more if name.partition(".")[0] in ("network", "sendings", "month_reports")}
    assert rooms >= {"network.index", "network.show"} and more - rooms <= {"home.index"}, more - rooms


@pytest.mark.parametrize("role", ABOVE)
def test_alone_it_writes_nothing_about_anybody(app, role):
    client, known = signed_in(app, (role, ABOVE[role])), things()
    before = counts()
    refused = 0
    for endpoint, access, method, rule in routes(app):
        if method == "POST" and access != "public" and access and not {role} & set(access):
            assert client.post(address(app, rule, known), data=FORM).status_code == 404, endpoint
            refused += 1
    assert refused > 80 and counts() == before
