"""A link and eight digits: who may issue them, how long they work, and what is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

import db
from db.models import Account, Enrolment, FailedTry
from pwa.domain import NotFound, Refusal
from pwa.domain.people import accounts, ceremonies, enrolments, limits
from tests.people_fixtures import ORIGIN, invite
from tests.small_fund import MINUTE, NOW
from tests.soft_passkey import SoftPasskey

HOME = "203.0.113.7"
KNOWN = {"reason": "First phone", "identity_check": "known"}


def find(text, at=NOW):
    return enrolments.find(text, address=HOME, at=at)


def use_up(enrolment, at=NOW):
    options = ceremonies.registration_options(enrolment, origin=ORIGIN, at=at)
    return ceremonies.register(enrolment, SoftPasskey().make(options), origin=ORIGIN, address=HOME, at=at)


def to_bunma(settled_fund, handle, at=NOW, **said):
    return enrolments.issue_to_person(settled_fund.bunma.id, by=settled_fund.people[handle], at=at, **{**KNOWN, **said})


def test_the_link_and_the_digits_name_it(settled_fund):
    issued = invite(settled_fund)
    assert find(issued.token) == issued.enrolment
    for typed in (issued.digits, f"{issued.digits[:4]} {issued.digits[4:]}", to_thai(issued.digits)):
        assert find(typed) == issued.enrolment


def to_thai(digits):
    return digits.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def test_neither_is_kept_readable(settled_fund):
    issued = invite(settled_fund)
    [row] = Enrolment.select().dicts()
    assert issued.token not in str(row)
    assert issued.digits not in str(row)
    assert len(issued.token) >= 43


def test_the_link_works_for_a_day_and_once(settled_fund):
    issued = invite(settled_fund)
    find(issued.token, at=NOW + timedelta(hours=23))
    with pytest.raises(Refusal, match="24 hours"):
        find(issued.token, at=NOW + timedelta(hours=24))
    use_up(issued.enrolment)
    with pytest.raises(Refusal, match="used already"):
        find(issued.token)
    with pytest.raises(Refusal, match="digits"):
        find(issued.digits)


def test_the_digits_work_while_the_page_is_open(settled_fund):
    issued = invite(settled_fund)
    with pytest.raises(Refusal):
        find(issued.digits, at=NOW + MINUTE)
    for minute in range(1, 10):
        enrolments.keep_open(issued.enrolment, at=NOW + minute * MINUTE - MINUTE / 2)
        find(issued.digits, at=NOW + minute * MINUTE)
    enrolments.keep_open(issued.enrolment, at=NOW + 9 * MINUTE + MINUTE / 2)
    with pytest.raises(Refusal):
        find(issued.digits, at=NOW + 10 * MINUTE)
    find(issued.token, at=NOW + 10 * MINUTE)


def test_closing_the_page_ends_the_digits_and_leaves_the_link(settled_fund):
    issued = invite(settled_fund)
    enrolments.close(issued.enrolment, at=NOW)
    with pytest.raises(Refusal):
        find(issued.digits)
    find(issued.token)


def test_wrong_digits_are_counted_for_the_whole_server(settled_fund):
    issued = invite(settled_fund)
    wrong = f"{(int(issued.digits) + 1) % 10**8:08d}"
    for _ in range(20):
        with pytest.raises(Refusal):
            find(wrong)
    with pytest.raises(limits.TooMany):
        find(issued.digits)
    find(issued.token)


def test_no_more_than_twenty_digits_are_tried_however_many_at_once(settled_fund):
    issued = invite(settled_fund)
    wrong = f"{(int(issued.digits) + 1) % 10**8:08d}"

    def guess(_):
        with db.database.connection_context():
            try:
                find(wrong)
            except limits.TooMany:
                return "off"
            except Refusal:
                return "wrong"

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(guess, range(60)))
    assert told.count("wrong") == FailedTry.select().count() == limits.WRONG_DIGITS


def test_wrong_links_are_counted_each_for_itself(settled_fund):
    issued = invite(settled_fund)
    for _ in range(10):
        with pytest.raises(Refusal, match="not known"):
            find("somebody else's link")
    with pytest.raises(limits.TooMany):
        find("somebody else's link")
    find(issued.token)
    assert FailedTry.select().count() == 10


@pytest.mark.parametrize("text", ["", None, " ", "x" * 10_000, "1234567", "\0", "१२३४५६७८"])
def test_it_refuses_what_is_no_link(settled_fund, text):
    with pytest.raises(Refusal):
        find(text)


@pytest.mark.parametrize("handle", ["registrar", "zone-leader", "admin"])
def test_officers_of_the_unit_enrol_its_members(settled_fund, handle):
    issued = to_bunma(settled_fund, handle)
    account = Account.get(Account.person == settled_fund.bunma.id)
    assert issued.enrolment.account == account
    [kept] = enrolments.issued_to(account)
    assert (kept.issued_by.handle, kept.reason, kept.identity_check) == (handle, "First phone", "known")
    assert enrolments.check_words(kept) == ("I know them personally", "")


def test_it_asks_how_identity_was_checked(settled_fund):
    with pytest.raises(Refusal) as refused:
        to_bunma(settled_fund, "registrar", identity_check="")
    assert refused.value.field == "identity_check"
    with pytest.raises(Refusal) as refused:
        to_bunma(settled_fund, "registrar", identity_check="other")
    assert refused.value.field == "note"
    issued = to_bunma(settled_fund, "registrar", identity_check="other", note="ลูกสาวพามา")
    assert enrolments.check_words(issued.enrolment) == ("Another way", "ลูกสาวพามา")
    with pytest.raises(Refusal, match="why"):
        to_bunma(settled_fund, "registrar", reason=" ")


def test_a_volunteer_enrols_a_member_of_their_round_beside_them(settled_fund):
    with pytest.raises(Refusal) as refused:
        to_bunma(settled_fund, "volunteer")
    assert refused.value.field == "beside"
    assert not Account.select().where(Account.person == settled_fund.bunma.id).exists()
    to_bunma(settled_fund, "volunteer", beside=True)


def test_another_zone_does_not_find_the_member(settled_fund):
    with pytest.raises(NotFound):
        to_bunma(settled_fund, "other-zone-leader")
    far = accounts.add("far", name="far", unit=settled_fund.units["other-zone"], role="volunteer", at=NOW)
    with pytest.raises(NotFound):
        enrolments.candidate(person=settled_fund.bunma, by=far)


def test_only_an_administrator_enrols_who_works_here(settled_fund):
    volunteer = settled_fund.people["volunteer"]
    for handle in ("registrar", "zone-leader", "volunteer"):
        with pytest.raises(NotFound):
            enrolments.issue(volunteer, by=settled_fund.people[handle], at=NOW, reason="x")
    enrolments.issue(volunteer, by=settled_fund.people["admin"], at=NOW, reason="เครื่องใหม่")
    with pytest.raises(Refusal, match="why"):
        enrolments.issue(volunteer, by=settled_fund.people["admin"], at=NOW, reason="")


def test_a_member_who_also_works_here_is_enrolled_by_an_administrator_only(settled_fund):
    account = to_bunma(settled_fund, "registrar").enrolment.account
    accounts.grant(account, "treasurer", settled_fund.units["town"], at=NOW)
    with pytest.raises(NotFound):
        enrolments.issue(account, by=settled_fund.people["registrar"], at=NOW, **KNOWN)
    with pytest.raises(Refusal, match="second officer"):
        enrolments.issue(account, by=settled_fund.people["admin"], at=NOW, **KNOWN)


def test_a_new_link_leaves_the_old_one_and_the_passkeys(settled_fund):
    first, second = invite(settled_fund), invite(settled_fund)
    use_up(first.enrolment)
    use_up(find(second.token))


def test_its_page_is_for_the_issuer_and_the_administrator(settled_fund):
    issued = to_bunma(settled_fund, "registrar")
    for handle in ("registrar", "admin"):
        assert enrolments.get(issued.enrolment.id, seen_by=settled_fund.people[handle]) == issued.enrolment
    with pytest.raises(NotFound):
        enrolments.get(issued.enrolment.id, seen_by=settled_fund.people["zone-leader"])


def test_the_qr_code_is_a_picture_in_the_page():
    address = enrolments.link("https://fund.example", "token")
    assert address == "https://fund.example/enrol?openExternalBrowser=1#t=token"
    assert enrolments.qr(address).startswith("data:image/svg+xml")
