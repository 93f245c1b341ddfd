"""Every route × every account × foreign unit × method, read off the URL map: who may not enter finds nothing there."""

import uuid
from datetime import timedelta

import pytest

from db.models import (
    Account,
    Assignment,
    AssignmentPlace,
    Device,
    Enrolment,
    EnrolmentUse,
    Entry,
    Household,
    Opening,
    Passkey,
    Person,
    QueueImport,
    Reissue,
    RoleGrant,
    Session,
    Unit,
)
from pwa import web
from pwa.domain.people import accounts, enrolments
from pwa.domain.review import samples
from tests.claiming import certified, stay
from tests.things import FIRST

pytestmark = pytest.mark.slow
only_here = pytest.mark.only("sqlite")
"""Refused before the database is asked: the other one would say the same."""

HANDLES = [
    "volunteer", "volunteer-2", "zone-leader", "other-zone-leader", "registrar", "treasurer", "committee", "auditor",
    "network", "province", "admin", "member", "member-2", "stranger",
]  # fmt: skip
ZONE_ONE = ["volunteer", "zone-leader", "member"]
FROM_ELSEWHERE = {"reports.receive"}
"""It reads no cookie (network.md §2): what a known key signed comes from any machine."""
OWN_DOOR = {"sync.receive", "sync.put_blob", "sync.register_device", "sync.status"}
NAMES = {
    "book": "M1", "no": 1, "payee": 0, "n": 1, "category": 2, "hand": "1000-volunteer-3", "code": "1000-volunteer-3",
    "form": "household@1", "version": "x", "name": "app.css", "part": "general", "run_id": 1, "place": "C05", "state": "not",
    "network": "X", "unit": "F2", "period": "2026-10",
    "founding_id": uuid.UUID(int=9), "step": "basics",
    "report_hash": "0" * 64,
    "payment_id": uuid.UUID(int=1),
    "sitting_id": uuid.UUID(int=7), "batch_id": uuid.UUID(int=8),
}  # fmt: skip
FORM = {"reason": "ทดสอบ", "how": "told", "role": "volunteer", "unit": "C01", "board": "1", "meeting": "1"}


@pytest.fixture
def foreign(app):
    """Parameter values that name things of zone 2, which nobody of zone 1 looks after."""
    household = Household.select().join(Unit).where(Unit.code == "C05").first()
    claimed = claim(household)
    entry = Entry.select().join(Opening).where(Opening.subject == household.id).first()
    device = Device.get(Device.id == entry.device)
    account = accounts.named("volunteer-3")
    at = web.system_clock()
    issued = enrolments.issue(account, by=None, at=at, reason="ทดสอบ")
    passkey = Passkey.create(account=account, credential_id="x", public_key=b"x", created_at=at, device=device)
    EnrolmentUse.create(enrolment=officers_link(account, at), passkey=passkey, at=at)
    session = Session.create(token_hash="x", account=account, device=device, started_at=at, seen_at=at, expires_at=at)
    return {
        "household_id": household.id,
        "entry_id": entry.entry_id,
        "person_id": Person.get(Person.household == household).id,
        "account_id": account.id,
        "device_id": device.id,
        "enrolment_id": Enrolment.get(Enrolment.token_hash == issued.enrolment.token_hash).id,
        "passkey_id": passkey.id,
        "session_id": session.id,
        "draw_id": second_look(at).id,
        "assignment_id": assignment(account, household.place, at).id,
        "reissue_id": reissue(account, at).id,
        "grant_id": waiting_role(account, at).id,
        "application_id": 1,
        "membership_id": uuid.uuid4(),
        **dict.fromkeys(FIRST, 1),
        "claim_id": claimed,
        "import_id": QueueImport.create(account=account.id, at=at, report="[]").id,
        "fund_code": "F2",
        "day": at.date().isoformat(),
        "sha256": "0" * 64,
        **NAMES,
    }


def claim(household):
    """A claim of zone 2."""
    payload = stay(Person.get(Person.household == household).id)
    return certified(payload, by="other-zone-leader", recorder="volunteer-3").claim.id


def assignment(account, place, at):
    """A round in zone 2."""
    about = dict(id=uuid.uuid4(), account=account, starts_on=at.date(), ends_on=at.date(), given_at=at)
    made = Assignment.create(**about, given_by=accounts.named("other-zone-leader"))
    AssignmentPlace.create(assignment=made, unit=place)
    return made


def second_look(at):
    """A draw of zone 2 in which everything of the last month lies."""
    unit = Unit.get(Unit.code == "Z2")
    return samples.draw(unit, by=accounts.named("other-zone-leader"), at=at)


def officers_link(account, at):
    """An access that an officer of zone 2 opened, so that it waits for a second one."""
    return enrolments.make(account, by=accounts.named("other-zone-leader"), at=at, reason="ทดสอบ").enrolment


def waiting_role(account, at):
    """A role in zone 2 that has not begun."""
    about = dict(unit=Unit.get(Unit.code == "Z2"), granted_by=accounts.named("admin"), granted_at=at, reason="ทดสอบ")
    return RoleGrant.create(account=account, role="committee", **about)


def reissue(account, at):
    """New access asked for an account of zone 2."""
    about = dict(id=uuid.uuid4(), account=account, asked_by=accounts.named("admin"), asked_at=at, reason="ทดสอบ")
    return Reissue.create(**about, expires_at=at + timedelta(days=1))


def routes(app):
    """(endpoint, access, method, rule) of every route but static files."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, view.access, method, rule


def address(app, rule, values):
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})


def knock(client, method, path):
    data = FORM if method == "POST" else None
    return client.open(path, method=method, data=data).status_code


@only_here
def test_a_stranger_is_asked_to_sign_in(app, client, foreign):
    for endpoint, access, method, rule in routes(app):
        if access == "public":
            continue
        status = knock(client, method, address(app, rule, foreign))
        assert status == (303 if method == "GET" else 401), (endpoint, method, status)


@only_here
@pytest.mark.parametrize("handle", HANDLES)
def test_without_the_role_there_is_nothing(app, client_as, foreign, handle):
    client = client_as(handle)
    roles = {
        grant.role for grant in RoleGrant.select().join(Account, on=RoleGrant.account).where(Account.handle == handle)
    }
    before = counts()
    for endpoint, access, method, rule in routes(app):
        if access == "public" or not access or roles & set(access):
            continue
        status = knock(client, method, address(app, rule, foreign))
        assert status == 404, (handle, endpoint, method, status)
    assert counts() == before


@pytest.mark.parametrize("handle", ZONE_ONE)
def test_things_of_another_zone_are_not_found(app, client_as, foreign, handle):
    client = client_as(handle)
    before = counts()
    for endpoint, access, method, rule in routes(app):
        if access == "public" or not rule.arguments & foreign.keys():
            continue
        status = knock(client, method, address(app, rule, foreign))
        assert status == 404, (handle, endpoint, method, status)
    assert counts() == before


@pytest.mark.parametrize("handle", HANDLES)
def test_an_id_that_does_not_exist_is_not_found(app, client_as, foreign, handle):
    client = client_as(handle)
    nothing = {name: uuid.uuid4() if isinstance(value, uuid.UUID) else 10**9 for name, value in foreign.items()}
    nothing |= {"sha256": "0" * 64, "form": "nothing@1", "version": "x", "name": "nothing.css"}
    for endpoint, _, method, rule in routes(app):
        if endpoint in OWN_DOOR or not rule.arguments:
            continue
        status = knock(client, method, address(app, rule, nothing))
        assert status == 404, (handle, endpoint, method, status)


@only_here
def test_other_methods_are_refused(app, client_as, foreign):
    client = client_as("admin")
    for endpoint, _, _, rule in routes(app):
        path = address(app, rule, foreign)
        known = set().union(*(r.methods for r in app.url_map.iter_rules() if r.rule == rule.rule))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
            assert knock(client, method, path) in (404, 405), (endpoint, method)


@only_here
def test_a_write_from_another_site_is_refused(app, client_as, foreign):
    client = client_as("admin")
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {},
    ):
        client.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
        for endpoint, _, method, rule in routes(app):
            if method in ("POST", "PUT") and endpoint not in FROM_ELSEWHERE:
                path = address(app, rule, foreign)
                assert client.open(path, method=method, headers=headers).status_code == 403, (endpoint, headers)


def counts():
    """How much there is of everything that a knock could have written by mistake."""
    from db.models import ALL, FailedTry, Viewing

    return {model: model.select().count() for model in ALL if model not in (FailedTry, Viewing, Session, Device)}
