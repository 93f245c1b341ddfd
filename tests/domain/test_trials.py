"""Looking around the demo village without a key: who may begin, with what, for how long, and what ends it for good."""

from datetime import timedelta

import pytest
from peewee import IntegrityError, OperationalError

import db
from db.models import DemoWorld, EnrolmentUse, Session, Trial
from pwa import demo, open_data, web
from pwa.domain import NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.operations import backups, folders, officer_promises, promises, restores
from pwa.domain.people import accounts, enrolments, passkeys, sessions, trials
from pwa.domain.places import units
from tests import databases
from tests.conftest import settings_for
from tests.hamlets import open_access
from tests.people_fixtures import printed

SECRET = "a passphrase for tests alone"
AT = web.system_clock()
LATER = AT + timedelta(hours=1)
SQLITE = pytest.mark.only("sqlite")


def begin(token, at=AT, device_id=None):
    return trials.begin(token, device_id=device_id, address="127.0.0.1", at=at, agent="")


def is_shut(token, at=AT):
    with pytest.raises(NotFound):
        begin(token, at)
    assert Trial.select().count() == 0
    return True


def add_account(handle="somebody"):
    return accounts.add(handle, name="คนใหม่", unit=units.get("C01"), role="volunteer", at=AT)


def test_the_village_lists_its_own(app):
    assert {account.id for account in trials.listed()} == {account.id for account in accounts.Account.select()}
    for change in (DemoWorld.delete(), DemoWorld.update(at=AT)):
        with pytest.raises(IntegrityError), db.database.atomic():
            change.execute()


@SQLITE
@pytest.mark.slow
def test_there_is_no_village_without_its_list(engine, tmp_path):
    """Both are written by one transaction: where the list cannot be, nothing is."""
    open_data(settings_for(tmp_path / "data"))
    db.migrate()
    with db.database.connection_context():
        keyring.prepare(at=AT)
        db.database.execute_sql("DROP TABLE demo_world")
        with pytest.raises(OperationalError, match="demo_world"):
            demo.build(at=AT, visits=3)
        assert not accounts.exist()


@SQLITE
def test_it_begins_with_a_printed_link_that_stays_unused(app):
    link = printed(at=AT)
    begun = begin(link.token)
    session = sessions.find(begun.token, at=AT)
    assert (session.account, sessions.is_trial(session)) == (accounts.named("volunteer"), True)
    assert session.expires_at == AT + timedelta(hours=12)
    assert sessions.was_on(session.account_id, begun.device.id), "what is recorded here is proved to be theirs"
    assert not EnrolmentUse.select().exists()
    begin(link.token, LATER, begun.device.id)
    assert enrolments.find(link.token, address="", at=LATER) == link.enrolment, "a passkey can still be made with it"
    assert promises.check() == []


@SQLITE
def test_twelve_hours_and_not_longer(app):
    token = begin(printed(at=AT).token).token
    assert sessions.find(token, at=AT + timedelta(hours=12, seconds=-1))
    assert sessions.find(token, at=AT + timedelta(hours=12)) is None


@SQLITE
def test_an_ordinary_session_is_none(app):
    person = open_access(accounts.named("volunteer"), by=None, at=AT)
    token, _ = passkeys.begin(person, device_id=None, at=AT)
    session = sessions.find(token, at=AT)
    assert not sessions.is_trial(session)
    assert session.expires_at == AT + sessions.LIFETIME


@SQLITE
def test_a_link_lasts_a_day_however_often_it_was_used(app):
    link = printed(at=AT)
    begin(link.token, AT + timedelta(hours=23, minutes=59))
    with pytest.raises(Refusal, match="older than 24 hours"):
        begin(link.token, AT + timedelta(hours=24))


@SQLITE
@pytest.mark.parametrize("token", ["", "nonsense", "0" * 43, "ก" * 43])
def test_no_other_word_opens_it_and_guesses_are_counted(app, token):
    for _ in range(10):
        with pytest.raises(Refusal, match="not known here"):
            begin(token)
    with pytest.raises(Refusal, match="Too many tries"):
        begin(token)


@SQLITE
def test_the_digits_of_a_link_do_not_open_it(app):
    with pytest.raises(Refusal, match="not known here"):
        begin(printed(at=AT).digits)


@SQLITE
def test_an_officers_link_does_not_open_it(app):
    issued = enrolments.make(accounts.named("member"), by=accounts.named("admin"), at=AT, reason="First phone")
    assert is_shut(issued.token)


@SQLITE
def test_a_passkey_ends_it_for_good(app):
    link, before = printed(at=AT), begin(printed("member", at=AT).token)
    passkey = open_access(accounts.named("admin"), by=None, at=AT)
    with pytest.raises(NotFound):
        begin(link.token)
    passkeys.revoke(passkey, by=accounts.named("admin"), at=LATER, reason="ลองดู")
    with pytest.raises(NotFound):
        begin(link.token, LATER)
    session = sessions.find(before.token, at=AT + timedelta(hours=11))
    assert sessions.is_trial(session), "who came before lives out their hours"
    assert sessions.find(before.token, at=AT + timedelta(hours=12)) is None


@SQLITE
def test_an_account_from_elsewhere_ends_it_for_good(app):
    before, link = begin(printed("member", at=AT).token), printed(at=AT)
    somebody = add_account()
    [grant] = units.grants(somebody)
    accounts.end_role(grant, by=accounts.named("admin"), at=LATER, reason="ย้ายไปแล้ว")
    with pytest.raises(NotFound):
        begin(link.token, LATER)
    assert sessions.find(before.token, at=LATER)


@SQLITE
def test_an_account_from_elsewhere_never_enters(app):
    add_account()
    assert is_shut(printed("somebody", at=AT).token)


@SQLITE
def test_what_ends_it_while_somebody_enters_counts(app, monkeypatch):
    """Between the look at the link and the session, on another connection, a passkey is made."""
    find, link = enrolments.find_by_link, printed(at=AT)

    def meanwhile(*given, **about):
        found = find(*given, **about)
        open_access(accounts.named("admin"), by=None, at=AT)
        return found

    monkeypatch.setattr(enrolments, "find_by_link", meanwhile)
    assert is_shut(link.token)


@SQLITE
def test_a_revoked_phone_stays_out(app):
    begun = begin(printed(at=AT).token)
    passkeys.devices.revoke(begun.device.id, by=accounts.named("admin"), at=AT, reason="หาย")
    with pytest.raises(Refusal, match="revoked"):
        begin(printed(at=AT).token, device_id=begun.device.id)


@pytest.mark.only("postgres")
def test_it_is_never_open_on_a_server_of_databases(app):
    assert trials.is_demo()
    assert is_shut(printed(at=AT).token)


def test_a_fund_of_ones_own_has_none(kept_fund):
    assert not trials.is_demo()
    token = enrolments.issue(kept_fund.people["volunteer"], by=None, at=AT, reason=enrolments.KEEPER).token
    assert is_shut(token)


@pytest.mark.slow
@pytest.mark.parametrize("replaces", [False, True])
def test_a_village_out_of_a_backup_is_known_and_shut(app, tmp_path, quick_key, replaces):
    """The list comes along, so that it is never served to a network; nobody enters it without a key any more."""
    if databases.engine == "sqlite":
        begin(printed("member", at=AT).token)
    told = sorted(DemoWorld.select(DemoWorld.account, DemoWorld.at).tuples(), key=str)
    backups.write(tmp_path / "demo.backup", passphrase=SECRET, at=AT)
    into = tmp_path / "other"
    if replaces:
        into.mkdir()
        (into / "note").write_text("a real fund was here")
    restores.restore(tmp_path / "demo.backup", passphrase=SECRET, **databases.place(into), at=LATER, replace=replaces)
    databases.close()
    open_data(settings_for(into))
    db.database.connect(reuse_if_open=True)
    assert sorted(DemoWorld.select(DemoWorld.account, DemoWorld.at).tuples(), key=str) == told
    assert keyring.are_restored() and trials.is_demo() and not trials.may_begin()
    with pytest.raises(NotFound):
        begin(printed(at=LATER).token, LATER)
    assert promises.check() == []


@SQLITE
def test_a_real_fund_in_the_place_of_the_village_is_shut(bare_fund, template_data, tmp_path, quick_key):
    backups.write(tmp_path / "real.backup", passphrase=SECRET, at=AT)
    databases.copy(template_data, tmp_path / "demo")
    restores.restore(tmp_path / "real.backup", passphrase=SECRET, into=tmp_path / "demo", at=LATER, replace=True)
    with folders.opened(tmp_path / "demo"):
        assert not trials.is_demo() and not trials.may_begin()


@SQLITE
def test_check_names_a_session_without_a_key_that_should_not_be(app):
    session = sessions.find(begin(printed(at=AT).token).token, at=AT)
    assert list(officer_promises.trials_were_of_the_demo()) == []
    Session.update(expires_at=AT + timedelta(days=90)).where(Session.id == session.id).execute()
    assert len(list(officer_promises.trials_were_of_the_demo())) == 1
    Session.update(expires_at=session.expires_at, account=accounts.named("admin")).execute()
    assert len(list(officer_promises.trials_were_of_the_demo())) == 1
    Session.update(account=session.account).where(Session.id == session.id).execute()
